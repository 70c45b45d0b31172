"""Side-by-side measurements. Each prints ratios of one run, because a machine's speed drifts and a ratio does not."""
