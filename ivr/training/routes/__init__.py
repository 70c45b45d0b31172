"""Routes: the fastest way through a tree, in seconds, for a caller who knows it."""
