"""How long things take on a telephone, in seconds: what a virtual clock adds for words, keys and answers."""

__all__ = ["keying_seconds", "speaking_seconds"]

WORDS_A_SECOND = 2.7
"""An unhurried recorded voice, about 160 words a minute."""
SENTENCE_PAUSE = 0.35
SECONDS_A_KEY = 0.5


def speaking_seconds(text: str) -> float:
    """How long a prompt, or a caller's answer, takes to say."""
    sentences = sum(text.count(mark) for mark in ".?!")
    return round(len(text.split()) / WORDS_A_SECOND + sentences * SENTENCE_PAUSE, 2)


def keying_seconds(keys: str) -> float:
    """How long keys take to press."""
    return len(keys) * SECONDS_A_KEY
