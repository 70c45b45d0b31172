"""A call typed at a terminal: words are said, digits are pressed, an empty line is silence."""

import re
from collections.abc import Iterator

import click

from ivr.call import CallSession, Holding, Listening
from ivr.call.handset import Handset, VirtualClock
from ivr.cli.transcript import Reporter

__all__ = ["converse", "keys_typed"]

_KEYS = re.compile(r"^[0-9*#\s().+-]*[0-9*#][0-9*#\s().+-]*$")
_AMOUNT = re.compile(r"^\$?\d{1,6}\.\d\d$")
_NUMBER_IN_LETTERS = re.compile(r"^(?=.*\d)[0-9A-Za-z\s().+-]+$")
_KEYPAD = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")

WELCOME = """\
Type words to say them, digits to press keys, Enter to stay silent.
? shows what may be pressed. Ctrl-C, or "hang up", hangs up.
"""
HINTS = "hint gives you a hint.\n"


def converse(session: CallSession, clock: VirtualClock, reporter: Reporter, *, hints: bool = False) -> None:
    """Carries a call on with whoever is at the terminal, and tells them where there are `hints`."""
    click.echo(WELCOME + (HINTS if hints else ""), err=True)
    handset = Handset(session, clock, lambda turn: reporter.turn(session, turn))
    try:
        while not handset.over:
            _act(handset, reporter)
    except (KeyboardInterrupt, EOFError, click.Abort):
        click.echo(err=True)
        handset.hang_up()
    reporter.close()


def _act(handset: Handset, reporter: Reporter) -> None:
    then = handset.turn.then
    if isinstance(then, Holding) and not then.callback:
        handset.wait()
        return
    typed = click.prompt("you", default="", show_default=False, prompt_suffix="> ", err=True).strip()
    if typed == "?":
        for line in _keypad(then):
            click.echo(line)
    elif not typed:
        handset.wait()
    elif typed.lower() in ("hang up", "hangup"):
        handset.hang_up()
    else:
        keys = keys_typed(typed, letters=isinstance(then, Listening) and then.letters)
        if keys:
            handset.press(keys)
        else:
            handset.say(typed)


def keys_typed(typed: str, *, letters: bool = False) -> str:
    """The keys that a typed line presses, or an empty text where it is words. `letters` are keys where asked for."""
    if _AMOUNT.match(typed):
        return ""  # on a telephone the point would be a star; whoever types it reads it out
    if letters and _NUMBER_IN_LETTERS.match(typed):
        typed = typed.upper().translate(_KEYPAD)
    return re.sub(r"[^0-9*#]", "", typed) if _KEYS.match(typed) else ""


def _keypad(then: object) -> Iterator[str]:
    """What may be pressed or said now."""
    match then:
        case Listening(offers=offers, most_keys=most, finish_key=finish):
            if most != 1:
                upto = f"up to {most} keys" if most else "keys"
                yield f"        {upto}{f', {finish} ends them' if finish else ''}; or words"
            for offer in offers:
                yield f"    {offer.keys or ' ':>3} {offer.words}"
        case Holding():
            yield "      1 be called back; Enter goes on waiting"
