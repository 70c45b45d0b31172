"""Doing what a document says: one verb a file."""
