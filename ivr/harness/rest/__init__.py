"""Twilio's REST API over one exchange: one implementation (`service`), in this process and over HTTP."""
