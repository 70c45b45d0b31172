"""Twilio's side of the practice line: a Flask application."""
