"""XML with line numbers, and nothing of XML that could hurt: no document type, no entities of its own, no depth."""

from dataclasses import dataclass
from xml.parsers import expat

from ivr.harness.errors import Refused

__all__ = ["Element", "read_xml"]

PARSE_FAILURE = 12100  # https://www.twilio.com/docs/api/errors/12100
DEEPEST = 50
AROUND = 25  # characters shown of what comes before a mistake, and after where it was noticed


@dataclass(slots=True)
class Element:
    """An element as written; `content` holds its texts and elements in order, `line` is where it begins."""

    name: str
    line: int
    attributes: dict[str, str]
    content: list["Element | str"]
    children: list["Element"]
    """The elements directly inside it."""

    @property
    def text(self) -> str:
        """Its own text, spaces tidied, without what its elements hold."""
        if len(self.content) == len(self.children):
            return ""
        return " ".join("".join([part for part in self.content if isinstance(part, str)]).split())


def read_xml(body: bytes | str) -> Element:
    """The root element; raises Refused (12100), with the line, for anything that is not plain well-formed XML."""
    tree = _Tree()
    try:
        tree.parser.Parse(body, True)
    except expat.ExpatError as problem:
        raise Refused(PARSE_FAILURE, _mistake(body, problem)) from problem
    except (LookupError, ValueError) as problem:  # an encoding nobody knows, or one that does not fit
        raise Refused(PARSE_FAILURE, f"line 1: not readable as XML: {problem}") from problem
    finally:
        del tree.parser  # its handlers are the tree's: together they would stay until the garbage collector comes
    return tree.top.children[0]


def _mistake(body: bytes | str, problem: expat.ExpatError) -> str:
    """Where it is, what it is and what stands there; and what it comes from, where that is known."""
    lines = (body if isinstance(body, str) else body.decode("utf-8", "replace")).split("\n")
    line = lines[problem.lineno - 1] if problem.lineno <= len(lines) else ""
    before = line.encode()[: problem.offset].decode("utf-8", "replace")  # expat counts bytes
    said = expat.ErrorString(problem.code).removeprefix("not well-formed ").strip("()")
    after = line[len(before) :]
    shown = (before[-AROUND:] + after[:AROUND]).strip()
    at = f', at "{shown}"' if shown and shown.isprintable() else ""
    begins = "".join(lines).lstrip("\ufeff \r\t")[:AROUND].lower()
    return f"line {problem.lineno}: not well-formed XML: {said}{at}{_cause(begins, before, after)}"


def _cause(begins: str, before: str, after: str) -> str:
    _, found, entity = before.rpartition("&")
    if begins.startswith(("<!doctype html", "<html")):
        return "; it is a page of HTML"
    if begins.startswith("&lt;"):
        return "; it has been escaped as a whole"
    if found and (not entity or entity.isalnum()):
        return "; & in a text or URL is written &amp;"
    if after.startswith("<?xml"):
        return "; nothing may stand before <?xml"
    return ""


class _Tree:
    """Builds the elements as the parser meets them; the root is the one inside `top`."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.top = Element("", 0, {}, [], [])
        self._open = [self.top]

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        opened = self._open
        outer, element = opened[-1], Element(name, self.parser.CurrentLineNumber, attributes, [], [])
        outer.content.append(element)
        outer.children.append(element)
        opened.append(element)
        if len(opened) > DEEPEST + 1:
            raise Refused(PARSE_FAILURE, f"line {element.line}: more than {DEEPEST} elements inside one another")

    def _end(self, name: str) -> None:
        self._open.pop()

    def _text(self, text: str) -> None:
        self._open[-1].content.append(text)

    def _doctype(self, name: str, system_id: str | None, public_id: str | None, internal: bool) -> None:
        # Without a document type there can be no entity bomb and no external entity.
        line = self.parser.CurrentLineNumber
        raise Refused(PARSE_FAILURE, f"line {line}: a document type declaration is not allowed in TwiML")
