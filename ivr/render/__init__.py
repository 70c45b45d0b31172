"""A turn said in the language of a medium: TwiML, text."""
