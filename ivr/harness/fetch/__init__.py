"""Requests to an application and its answers, as Twilio makes them."""
