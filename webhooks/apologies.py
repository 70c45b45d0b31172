"""What the line says when something is wrong on its own side: an error costs a caller a sentence, never the call.

And what it says to whoever calls too often, or does not stop.
"""

from ivr.call import Words

__all__ = ["GIVEN_UP", "LOST", "SORRY", "TOO_LONG", "TOO_OFTEN"]

SORRY = Words(text="Sorry, something went wrong on our side. Let's try that again.")
"""Before the same question."""

LOST = Words(text="Sorry, we lost track of your call. Let's start again.")
"""Before the first question, asked anew."""

GIVEN_UP = Words(text="Sorry, something is wrong on our side. Please call again later. Goodbye.")
"""Where there is no question to go back to, and trying again did not help."""

TOO_OFTEN = Words(text="This practice line has had many calls from you just now. Please call again later. Goodbye.")
"""Instead of a call."""

TOO_LONG = Words(text="This practice call has gone on for very long, so it ends here. Please call again. Goodbye.")
"""After the last turn that a call may have."""
