"""Reading TwiML: text becomes typed verbs and warnings here, and nothing is done yet."""
