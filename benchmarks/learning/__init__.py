"""Learns `flows/evidence.tsv` from the utterances; a folder of its own, so that `make bench` needs nothing of it."""
