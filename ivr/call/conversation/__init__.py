"""After the hold: a representative, a form to be filled in any order, and what comes when they have hung up.

VoiceXML's form interpretation, mixed initiative: the first item that is not known is asked for, and an answer may fill
any others as well.
"""

from ivr.call.conversation.afterwards import MOST_AFTERWARDS
from ivr.call.conversation.answering import MOST_TURNS, hang_up, hear, take_up

__all__ = ["MOST_AFTERWARDS", "MOST_TURNS", "hang_up", "hear", "take_up"]
