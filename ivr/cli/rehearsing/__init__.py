"""What `ivr rehearse` shows before and after a call."""
