"""A YAML file as text values that remember their lines.

Every scalar stays the text that was typed, so YAML's traps cannot bite: `0012`, `no` and `1_000` reach pydantic as they
stand, and the field they belong to decides what they mean. Only an empty value is None.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.error import MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

Data = dict[str, "Data"] | list["Data"] | str | None
Loc = tuple[str | int, ...]

DEEPEST = 40
MOST_BYTES = 4_000_000
_FAST = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
MOST_VALUES = 500_000  # aliases of aliases grow without bound otherwise


@dataclass(frozen=True, kw_only=True, order=True)
class Problem:
    """One thing wrong with one file; prints as `flows/x.yaml:12: what, and what would be allowed`."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.message}"


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file's name, text and values, the line of every value and key, and what was wrong with it as YAML."""

    file: str
    text: str
    data: Data
    lines: dict[Loc, int]
    problems: tuple[Problem, ...] = ()

    def problem(self, loc: Sequence[str | int], message: str) -> Problem:
        """A problem at `loc`, or at its nearest parent that has a line."""
        where = tuple(loc)
        while where and where not in self.lines:
            where = where[:-1]
        return Problem(file=self.file, line=self.lines.get(where, 1), message=message)


def read_source(path: Path, shown_as: str | None = None) -> Source:
    """The YAML of `path`; what is not YAML, or repeats a key, is in the source's problems."""
    file = shown_as or str(path)
    try:
        return source_of(path.read_text(encoding="utf-8") if _fits(path) else "", file, too_large=not _fits(path))
    except UnicodeDecodeError as error:
        return _broken(file, "", 1, f"is not UTF-8 text: byte {error.start + 1} cannot be read")
    except OSError as error:
        return _broken(file, "", 1, f"cannot be read: {error.strerror}")


def source_of(text: str, file: str, *, too_large: bool = False) -> Source:
    """The same for a text at hand."""
    if too_large:
        return _broken(file, "", 1, f"is larger than {MOST_BYTES:,} bytes")
    try:
        root = _composed(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = " ".join(str(part) for part in (error.context, error.problem) if part)
        return _broken(file, text, mark.line + 1 if mark else 1, f"is not YAML: {what}")
    except ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        return _broken(file, text, line, "is not YAML: it has a character that is not allowed")
    except (YAMLError, RecursionError) as error:
        return _broken(file, text, 1, f"is not YAML: {str(error).splitlines()[0]}")
    reading = _Reading(file)
    data = reading.value(root, ()) if root is not None else None
    return Source(file=file, text=text, data=data, lines=reading.lines, problems=tuple(reading.problems))


def _composed(text: str) -> Node | None:
    """YAML's node graph. The C reader is twelve times as fast; what it refuses, the other explains alike everywhere."""
    try:
        return yaml.compose(text, Loader=_FAST)
    except YAMLError:
        return yaml.compose(text, Loader=yaml.SafeLoader)


def _fits(path: Path) -> bool:
    return path.stat().st_size <= MOST_BYTES


def _broken(file: str, text: str, line: int, message: str) -> Source:
    problem = Problem(file=file, line=line, message=message)
    return Source(file=file, text=text, data=None, lines={}, problems=(problem,))


class _Reading:
    """Turns YAML's node graph into plain values, noting lines."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self.count = 0
        self.overflowed = False

    def value(self, node: Node, loc: Loc) -> Data:
        self.lines.setdefault(loc, node.start_mark.line + 1)
        self.count += 1
        if len(loc) > DEEPEST or self.count > MOST_VALUES:
            self._too_large(node)
            return None
        if isinstance(node, MappingNode):
            return self._mapping(node, loc)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*loc, index)) for index, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return None if str(node.tag).endswith(":null") and node.style is None else str(node.value)

    def _mapping(self, node: MappingNode, loc: Loc) -> Data:
        data: dict[str, Data] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                self._wrong(key, "a key must be plain text")
                continue
            name = str(key.value)
            if name in data:
                first = self.lines[(*loc, name)]
                self._wrong(key, f"the key '{name}' stands here again, first on line {first}")
                continue
            self.lines[(*loc, name)] = key.start_mark.line + 1
            data[name] = self.value(value, (*loc, name))
        return data

    def _too_large(self, node: Node) -> None:
        if not self.overflowed:
            self._wrong(node, f"is nested more than {DEEPEST} deep, or holds more than {MOST_VALUES:,} values")
        self.overflowed = True

    def _wrong(self, node: Node, message: str) -> None:
        self.problems.append(Problem(file=self.file, line=node.start_mark.line + 1, message=message))
