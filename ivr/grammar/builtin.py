"""The builtin grammars: what may be keyed or said where a value is asked for, and how a prompt says it back."""

from datetime import date
from enum import StrEnum

from ivr.grammar import answers, currency, dates, digits, spelled, times


class Grammar(StrEnum):
    """VoiceXML's builtin names, and two of our own: free words, and reservation codes."""

    DIGITS = "digits"
    DATE = "date"
    CURRENCY = "currency"
    TIME = "time"
    BOOLEAN = "boolean"
    PHONE = "phone"
    NUMBER = "number"
    TEXT = "text"
    ALPHANUMERIC = "alphanumeric"


def read_keys(grammar: Grammar, keys: str, today: date) -> str | None:
    """The canonical value of keys pressed, without the finish key; None if they make none."""
    match grammar:
        case Grammar.DIGITS | Grammar.ALPHANUMERIC:
            return digits.from_keys(keys)
        case Grammar.DATE:
            return dates.from_keys(keys, today)
        case Grammar.CURRENCY:
            return currency.from_keys(keys)
        case Grammar.TIME:
            return times.from_keys(keys)
        case Grammar.BOOLEAN:
            return answers.from_keys(keys)
        case Grammar.PHONE:
            return digits.phone(digits.from_keys(keys))
        case Grammar.NUMBER:
            return digits.number_from_keys(keys)
        case Grammar.TEXT:
            return None


def read_words(grammar: Grammar, words: str, today: date) -> str | None:
    """The canonical value of words spoken; None if they make none."""
    match grammar:
        case Grammar.DIGITS:
            return digits.from_words(words)
        case Grammar.DATE:
            return dates.from_words(words, today)
        case Grammar.CURRENCY:
            return currency.from_words(words)
        case Grammar.TIME:
            return times.from_words(words)
        case Grammar.BOOLEAN:
            return answers.from_words(words)
        case Grammar.PHONE:
            return digits.phone_from_words(words)
        case Grammar.NUMBER:
            return digits.number_from_words(words)
        case Grammar.ALPHANUMERIC:
            return spelled.from_words(words)
        case Grammar.TEXT:
            return words.strip() or None


def say_value(grammar: Grammar, value: str) -> str:
    """A canonical value as a prompt says it."""
    match grammar:
        case Grammar.DIGITS | Grammar.ALPHANUMERIC:
            return " ".join(value)
        case Grammar.DATE:
            return dates.said(value)
        case Grammar.CURRENCY:
            return currency.said(value)
        case Grammar.TIME:
            return times.said(value)
        case Grammar.PHONE:
            return digits.phone_said(value)
        case Grammar.BOOLEAN | Grammar.NUMBER | Grammar.TEXT:
            return value
