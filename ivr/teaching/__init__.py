"""For whoever teaches: what trainees' calls come to, kept as results."""
