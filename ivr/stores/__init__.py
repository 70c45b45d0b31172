"""What is kept of calls between requests."""
