"""Loaded by applications in other processes before their own code; see `ivr twilio run`."""
