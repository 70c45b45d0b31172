"""What a phone tree is: values read from YAML, linked into trees, checked by rules over the whole graph."""
