"""A practice range for phone trees."""
