"""Reports of calls, in the formats `ivr report` writes."""
