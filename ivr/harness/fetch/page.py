"""The text of a page that is no TwiML, such as a framework's error page: what tells its developer what went wrong."""

from html.parser import HTMLParser

from ivr.harness.fetch.http import Response

__all__ = ["page_lines", "page_says"]

SILENT = frozenset({"script", "style"})
INSIDE_A_LINE = frozenset({"a", "abbr", "b", "code", "em", "i", "small", "span", "strong"})
LONGEST = 160  # characters of what `page_says` tells


def page_lines(response: Response) -> list[str]:
    """Its lines in order, without mark-up; what a line before has said is left out, as a heading repeats its title."""
    kind = (response.header("Content-Type") or "").partition(";")[0].strip().lower()
    text = _text_of(response.text) if kind == "text/html" else response.text
    lines: list[str] = []
    for each in text.splitlines():
        tidy = " ".join(each.split())
        if tidy and not any(tidy in line for line in lines):
            lines.append(tidy)
    return lines


def page_says(response: Response) -> str:
    """The beginning of it, on one line; nothing for an empty page."""
    text = " / ".join(page_lines(response)[:4])
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._silent = 0
        self._as_typed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in SILENT
        self._as_typed |= tag == "pre"
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in SILENT and self._silent > 0
        self._as_typed &= tag != "pre"
        self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(data if self._as_typed else data.replace("\n", " "))

    def _break(self, tag: str) -> None:
        if tag not in INSIDE_A_LINE:
            self.parts.append("\n")


def _text_of(html: str) -> str:
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)
