"""A bad line: what becomes of words that come badly, and how likely that is. Keys always arrive."""

from datetime import datetime

from ivr.call.rehearsing import MUFFLED
from ivr.flow.asking import Universal
from ivr.flow.nodes import Collect, Mask, Menu
from ivr.flow.words import UNIVERSAL
from ivr.grammar import Band, Bands
from ivr.training.routes.choices import Action
from ivr.training.routes.consequences import Outcome, after
from ivr.training.routes.deeds import Asked, Chosen, Deed, Entered, Escaped, Failed, LeftMessage, Unsure
from ivr.training.routes.ground import Ground
from ivr.training.routes.point import Pending, Point

__all__ = ["MUFFLED", "done", "meant", "said"]

BADLY = Failed("no_match", "low-confidence")


def done(ground: Ground, point: Point, action: Action, deed: Deed, now: datetime) -> tuple[Outcome, ...]:
    """Everything that can come of a deed done in this way."""
    return said(ground, point, deed, action.what, now) if action.way == "words" else after(ground, point, deed, now)


def said(ground: Ground, point: Point, deed: Deed, words: str, now: datetime) -> tuple[Outcome, ...]:
    """Everything that can come of a deed done in words: as `after`, and on a bad line the same words come badly."""
    share = ground.twists.muffled
    if not share:
        return after(ground, point, deed, now)
    badly = _badly(ground, point, deed, words)
    found: list[Outcome] = []
    for chance, muffled, draws in ground.luck.honoured(share, point.draws):
        outcomes = after(ground, point._replace(draws=draws), badly if muffled else deed, now)
        found += (each._replace(share=chance * each.share, misheard=muffled) for each in outcomes)
    if badly == deed and len(found) > 1:  # badly heard, and understood all the same
        return after(ground, point, deed, now)
    return tuple(found)


def _badly(ground: Ground, point: Point, deed: Deed, words: str) -> Deed:
    """What a line makes of the words of a deed when they come badly: what the call engine makes of them."""
    tree = ground.terrain(point.line).tree
    node, bands = tree.nodes[point.place], tree.bands(point.place)
    if point.pending is not None and _is_yes(ground, bands, words):
        return deed
    if isinstance(node, Menu):
        heard = ground.board.centre.hearing(point.line, point.place).hear(words)
        match bands.band(heard.score, MUFFLED), deed:
            case Band.REJECT, _:
                return BADLY
            case Band.CONFIRM, Chosen(event=event):
                return Unsure(Pending("option", event))
        return deed
    if isinstance(node, Collect):
        return _entry_badly(node, bands.band(1.0, MUFFLED), deed)
    return LeftMessage()  # whatever was said, at a message


def _entry_badly(node: Collect, band: Band, deed: Deed) -> Deed:
    if band is Band.ACCEPT:
        return deed
    if band is Band.REJECT or node.masked is Mask.HIDDEN:
        return BADLY
    if not isinstance(deed, Entered):
        return Failed("no_match", "invalid")  # "skip", or a universal, is no entry
    return deed if node.confirm else Unsure(Pending("value", node.slot, deed.slot, deed.member))


def _is_yes(ground: Ground, bands: Bands, words: str) -> bool:
    heard = ground.board.centre.yes_no.hear(words)
    return heard.option == "yes" and bands.band(heard.score, MUFFLED) is not Band.REJECT


def meant(ground: Ground, point: Point, words: str) -> Deed | None:
    """What words at a menu would have done, well heard; None where they would not have been understood either."""
    tree = ground.terrain(point.line).tree
    if not isinstance(tree.nodes[point.place], Menu):
        return None
    heard = ground.board.centre.hearing(point.line, point.place).hear(words)
    if heard.option is None or tree.bands(point.place).band(heard.score, 1.0) is not Band.ACCEPT:
        return None
    if not heard.option.startswith(UNIVERSAL):
        return Chosen(heard.option)
    universal = Universal(heard.option.removeprefix(UNIVERSAL))
    return Escaped() if universal is Universal.REPRESENTATIVE else Asked(universal)
