"""Training: what the best call would have been, what a call cost above it, scores, and who practised what."""
