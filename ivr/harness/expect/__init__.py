"""What a test or a script expects of a call: as values, as text, and whether it came true."""
