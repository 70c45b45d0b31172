"""A whole document: its verbs in order, and Twilio's warnings about the rest, each with its line."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from ivr.frozen import frozen
from ivr.harness.errors import Refused
from ivr.harness.twiml.attributes import SCHEMA_WARNING, attributes_of
from ivr.harness.twiml.media import Carried
from ivr.harness.twiml.prompts import Play, Say
from ivr.harness.twiml.spelling import owned, spelt
from ivr.harness.twiml.ssml import SPEECH
from ivr.harness.twiml.table import INVALID_TEXT, VERBS, Rule, Verb
from ivr.harness.twiml.xml import Element, read_xml

__all__ = ["Document", "Idle", "Notice", "read_document"]

V = TypeVar("V")

ROOT_NOT_RESPONSE = 12102  # https://www.twilio.com/docs/api/errors/12102
CONTENT_TYPE = 12300
EMPTY = 11770
OF_ANY_DOCUMENT = ("xmlns:", "xsi:")  # declarations and schema hints, which XML Schema allows anywhere

SMALL = 4096  # bytes: what may be kept, so that a flood of large documents fills no memory
XML_TYPES = frozenset({"text/xml", "application/xml", "text/html"})


@frozen
class Notice:
    """A warning about a document: Twilio's code, the line, and what is wrong in our words."""

    code: int
    line: int
    text: str


@frozen
class Idle:
    """Attributes of an element that change nothing in a virtual call; without any it is the element itself."""

    line: int
    element: str
    attributes: tuple[str, ...]


@frozen
class Document:
    """What to do, in order, what Twilio would warn of, and what has no effect here."""

    verbs: tuple[Verb, ...]
    notices: tuple[Notice, ...] = ()
    idle: tuple[Idle, ...] = ()


def read_document(body: bytes, content_type: str | None, *, url: str = "") -> Document:
    """The document of a response; raises Refused with Twilio's code when it is none.

    HTML is read as TwiML too, because web frameworks send `text/html` unasked; plain text is TwiML if it parses and
    is read aloud if not; sound is played from the `url` it came from. See https://www.twilio.com/docs/voice/twiml and
    error 12300.
    """
    read = _read_once if len(body) <= SMALL else _read
    document = read(body, content_type)
    return Document(verbs=(Play(line=1, text=url),)) if document is None else document


def _read(body: bytes, content_type: str | None) -> Document | None:
    """The document of a body, or None for a sound."""
    if not body.strip():
        return Document(verbs=(), notices=(Notice(code=EMPTY, line=1, text="the document is empty: the call ends"),))
    kind, charset = _media_type(content_type or "")
    if kind in XML_TYPES:
        return _read_twiml(_decoded(body, charset))
    if kind == "text/plain":
        return _read_plain(_decoded(body, charset))
    if kind.startswith("audio/"):
        return None
    raise Refused(CONTENT_TYPE, f"content of the type {kind or '(none given)'} is not TwiML; send text/xml")


_read_once = lru_cache(maxsize=64)(_read)
"""Call after call hears the same documents, and a document never changes."""


@lru_cache(maxsize=64)
def _media_type(content_type: str) -> tuple[str, str | None]:
    """`text/xml`, and its charset where one is named."""
    kind, _, options = content_type.partition(";")
    name, _, charset = options.strip().partition("=")
    return kind.strip().lower(), charset.strip().strip('"') if name.strip().lower() == "charset" else None


def _decoded(body: bytes, charset: str | None) -> bytes | str:
    """Text when the response names its encoding; what XML says of its own goes for bytes."""
    if charset is None:
        return body
    try:
        return body.decode(charset)
    except (LookupError, UnicodeDecodeError):
        return body


def _read_plain(body: bytes | str) -> Document:
    try:
        return _read_twiml(body)
    except Refused:
        text = body if isinstance(body, str) else body.decode("utf-8", "replace")
        return Document(verbs=(Say(line=1, text=" ".join(text.split())),))


def _read_twiml(body: bytes | str) -> Document:
    root = read_xml(body)
    if root.name != "Response":
        raise Refused(ROOT_NOT_RESPONSE, f"line {root.line}: the root element is <{root.name}>, not <Response>")
    reader = _Reader()
    for name in root.attributes:
        if not name.startswith(OF_ANY_DOCUMENT):
            reader.warn(root, f"<Response> has no attribute {name}")
    if root.text:
        reader.warn(root, "<Response> holds verbs, not text")
    verbs = reader.children(root, VERBS, SCHEMA_WARNING)
    return Document(verbs=verbs, notices=tuple(reader.notices), idle=tuple(reader.idle))


class _Reader:
    """Turns elements into values, and collects what is wrong with them on the way."""

    def __init__(self) -> None:
        self.notices: list[Notice] = []
        self.idle: list[Idle] = []

    def warn(self, element: Element, text: str, code: int = SCHEMA_WARNING) -> None:
        self.notices.append(Notice(code=code, line=element.line, text=text))

    def children(self, parent: Element, rules: Mapping[str, Rule[V]], code: int) -> tuple[V, ...]:
        """The values of the elements inside; one that may not be there is warned of and left out."""
        values: list[V] = []
        for element in parent.children:
            rule = rules.get(element.name)
            if rule is None:
                allowed = ", ".join(rules) or "no elements"
                text = f"<{element.name}> may not be in <{parent.name}>, which holds {allowed}"
                self.warn(element, text + spelt(element.name, rules), code)
            else:
                values.append(self._value(element, rule))
        return tuple(values)

    def _value(self, element: Element, rule: Rule[V]) -> V:
        values = {} if rule.reads is None else rule.reads(element)
        if element.attributes or rule.inert:
            self._take_attributes(element, rule, values)
        if rule.reads is None and element.text:
            self.warn(element, f"<{element.name}> holds no text")
        if rule.node is Say and not values["text"]:
            self.warn(element, "<Say> has nothing to say", INVALID_TEXT)
        if element.children:
            if rule.node is Say:
                self._check_speech(element)
            elif children := self.children(element, rule.children, rule.nesting_code):
                values["children"] = children
        return rule.builds(line=element.line, **values)

    def _check_speech(self, element: Element) -> None:
        """Mark-up may be inside mark-up; a voice's own (`amazon:effect`) is its affair."""
        for child in element.children:
            allowed = SPEECH.get(child.name)
            if allowed is not None:
                self._note_idle(child, allowed.idle, inert=False)
                self._check_names(child, allowed)
            elif ":" in child.name:
                self._note_idle(child, frozenset(), inert=True)
            else:
                self.warn(child, f"<{child.name}> may not be in <{element.name}>, which holds {', '.join(SPEECH)}")
            self._check_speech(child)

    def _check_names(self, element: Element, allowed: Carried) -> None:
        for name in sorted(element.attributes.keys() - allowed.names):
            self.warn(element, f"<{element.name}> has no attribute {name}{spelt(name, allowed.names)}")

    def _note_idle(self, element: Element, idle: frozenset[str], *, inert: bool) -> None:
        if inert or not idle.isdisjoint(element.attributes):
            names = tuple(name for name in element.attributes if name in idle)
            self.idle.append(Idle(line=element.line, element=element.name, attributes=names))

    def _take_attributes(self, element: Element, rule: Rule[V], values: dict[str, object]) -> None:
        """Add their values to those of the element; what is only passed on is in them already."""
        self._note_idle(element, rule.without_effect, inert=rule.inert)
        if rule.carries is not None:
            self._check_names(element, rule.carries)
            return
        known = attributes_of(rule.node)
        for name, text in element.attributes.items():
            attribute = known.get(name)
            if attribute is None:
                hint = spelt(name, known) or owned(
                    name, {each: attributes_of(r.node) for each, r in rule.children.items()}
                )
                self.warn(element, f"<{element.name}> has no attribute {name}{hint}")
                continue
            try:
                values[attribute.field] = attribute.read(text)
            except ValueError:
                self.warn(element, f"{name}={text!r} of <{element.name}> is not {attribute.allowed}", attribute.code)
