"""A line with the shared flows it uses: the whole that one chart is made of.

A place is one string, `flow.node`, so that a call record goes through JSON; the five ends are places of the flow `end`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from ivr.flow.asking import DEFAULT_UNIVERSALS, Escape, Ladder, Manners, Recognition, Universal, UniversalBinding
from ivr.flow.closed import Prompt
from ivr.flow.flow import Flow, Link
from ivr.flow.nodes import Collect, Decide, Enter, Menu, Node, Say, Transfer
from ivr.grammar import Bands

Place = str

CONNECTED = "end.connected"
CALLBACK = "end.callback"
MESSAGE = "end.message"
DISCONNECTED = "end.disconnected"
ABANDONED = "end.abandoned"
DIALLED = "end.dialled"
"""Left for another line: the lobby's way out."""

ENDS = (CONNECTED, CALLBACK, MESSAGE, DISCONNECTED, ABANDONED, DIALLED)

DEFAULT_LANGUAGE = "en-US"
DEFAULT_SILENCE = 5.0


@dataclass(frozen=True, kw_only=True)
class LadderAt:
    """A ladder with its end as a place."""

    reprompts: tuple[Prompt, ...]
    then: Place


@dataclass(frozen=True, kw_only=True)
class EscapeAt:
    """An escape policy with its targets as places."""

    escape: Escape
    to: Place
    detour: Place | None


def place_of(flow: str, target: str) -> Place:
    """`target` as seen from `flow`."""
    return target if "." in target else f"{flow}.{target}"


@dataclass(frozen=True, kw_only=True)
class SpeechAt:
    """How words are said at a place."""

    language: str
    voice: str | None
    barge_in: bool


class Tree:
    """`line` and every shared flow that can be reached from it. Unknown targets are left to the rules."""

    def __init__(self, line: Flow, library: Mapping[str, Flow], doors: tuple[str, ...] = ()) -> None:
        self.line = line
        self.doors: tuple[Place, ...] = tuple(f"{line.flow}.{door}" for door in doors)
        """Where numbers of the directory come in, beside the start."""
        self.flows = _used(line, library)
        self.nodes: dict[Place, Node] = {
            f"{flow.flow}.{name}": node for flow in self.flows.values() for name, node in flow.nodes.items()
        }
        self._speeches: dict[Place, SpeechAt] = {}
        self._askers: dict[Place, tuple[tuple[str, Manners], ...]] = {}

    @cached_property
    def start(self) -> Place:
        """Where a call begins."""
        return f"{self.line.flow}.{self.line.start}"

    @cached_property
    def main_menu(self) -> Place:
        """Where "main menu" leads."""
        return place_of(self.line.flow, self.line.main_menu or self.line.start)

    @cached_property
    def entries(self) -> dict[str, tuple[Place, ...]]:
        """For each shared flow, the places that enter it."""
        found: dict[str, tuple[Place, ...]] = {}
        for place, node in self.nodes.items():
            if isinstance(node, Enter):
                found[node.flow] = (*found.get(node.flow, ()), place)
        return found

    def flow_at(self, place: Place) -> Flow:
        """The flow a place belongs to."""
        return self.flows[place.partition(".")[0]]

    def place(self, here: Place, target: str) -> Place:
        """A target named at `here`."""
        return place_of(here.partition(".")[0], target)

    def links(self, here: Place) -> tuple[tuple[Link, Place], ...]:
        """The links in force at `here`, with where they lead."""
        flow = self.flow_at(here)
        owner = flow if not isinstance(flow.links, str) else self.flows.get(flow.links, flow)
        links = owner.links if not isinstance(owner.links, str) else ()
        return tuple((link, place_of(owner.flow, link.to)) for link in links)

    def _asked(self, here: Place) -> tuple[tuple[str, Manners], ...]:
        """Who says how a question at `here` is put, nearest first, each with the flow its targets belong to."""
        known = self._askers.get(here)
        if known is None:
            flow, node = self.flow_at(here), self.nodes[here]
            own: tuple[tuple[str, Manners], ...] = ((flow.flow, node),) if isinstance(node, Manners) else ()
            known = self._askers[here] = (*own, (flow.flow, flow), (self.line.flow, self.line))
        return known

    def language(self, here: Place) -> str:
        """BCP 47."""
        return self.speech(here).language

    def voice(self, here: Place) -> str | None:
        """A voice of Twilio's, or None for its default."""
        return self.speech(here).voice

    def barge_in(self, here: Place) -> bool:
        """Whether a caller may cut a prompt short."""
        return self.speech(here).barge_in

    def speech(self, here: Place) -> SpeechAt:
        """How things are said at `here`. Kept, as it is asked for whatever is said."""
        known = self._speeches.get(here)
        if known is None:
            asked, node = [each for _, each in self._asked(here)], self.nodes[here]
            own = (node.barge_in,) if isinstance(node, Say) else ()
            known = self._speeches[here] = SpeechAt(
                language=next((each.language for each in asked if each.language), DEFAULT_LANGUAGE),
                voice=next((each.voice for each in asked if each.voice), None),
                barge_in=next((may for may in (*own, *(each.barge_in for each in asked)) if may is not None), True),
            )
        return known

    def silence(self, here: Place) -> float:
        """Seconds of silence that are a no-input."""
        return next((asked.silence for _, asked in self._asked(here) if asked.silence is not None), DEFAULT_SILENCE)

    def bands(self, here: Place) -> Bands:
        """The recognition bands in force."""
        found = next((asked.recognition for _, asked in self._asked(here) if asked.recognition), Recognition())
        return Bands(accept=found.accept, confirm=found.confirm)

    def help(self, here: Place) -> Prompt:
        """What "help" is answered with."""
        return next((asked.help for _, asked in self._asked(here) if asked.help), ())

    def ladder(self, here: Place, failure: str) -> LadderAt | None:
        """The `no_input` or `no_match` ladder in force; None where nobody gave one."""
        for flow, asked in self._asked(here):
            ladder: Ladder | None = getattr(asked, failure)
            if ladder is not None:
                return LadderAt(reprompts=ladder.reprompts, then=place_of(flow, ladder.then))
        return None

    def escape(self, here: Place) -> EscapeAt | None:
        """The escape policy in force."""
        for flow, asked in self._asked(here):
            if asked.escape is not None:
                detour = asked.escape.detour and place_of(flow, asked.escape.detour)
                return EscapeAt(escape=asked.escape, to=place_of(flow, asked.escape.to), detour=detour)
        return None

    def limit_end(self) -> Place | None:
        """Where a call goes that has failed too often."""
        return place_of(self.line.flow, self.line.limit.then) if self.line.limit else None

    def universals(self, here: Place) -> dict[Universal, UniversalBinding]:
        """The universals in force."""
        bindings: dict[Universal, UniversalBinding | None] = dict(DEFAULT_UNIVERSALS)
        for _, asked in reversed(self._asked(here)):
            bindings.update(asked.universals)
        return {universal: binding for universal, binding in bindings.items() if binding is not None}


def targets(node: Node) -> tuple[tuple[tuple[str | int, ...], str], ...]:
    """Every target a node names itself, with where in the node it stands."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    if isinstance(node, Manners):
        found += manners_targets(node)
    match node:
        case Menu():
            found += [(("options", index, "to"), option.to) for index, option in enumerate(node.options)]
        case Collect() | Say():
            found.append((("then",), node.then))
        case Transfer() if node.closed:
            found.append((("closed",), node.closed))
        case Decide():
            found += [(("cases", index, "to"), case.to) for index, case in enumerate(node.cases)]
            found.append((("otherwise",), node.otherwise))
        case Enter():
            found += [(("returns", outcome), target) for outcome, target in node.returns.items()]
    return tuple(found)


def manners_targets(manners: Manners) -> list[tuple[tuple[str | int, ...], str]]:
    """The targets of ladders and of the escape policy."""
    found: list[tuple[tuple[str | int, ...], str]] = []
    for failure in ("no_input", "no_match"):
        ladder: Ladder | None = getattr(manners, failure)
        if ladder is not None:
            found.append(((failure, "then"), ladder.then))
    if manners.escape is not None:
        found.append((("escape", "to"), manners.escape.to))
        if manners.escape.detour is not None:
            found.append((("escape", "detour"), manners.escape.detour))
    return found


def flow_targets(flow: Flow) -> list[tuple[tuple[str | int, ...], str]]:
    """The targets that a flow names outside its nodes."""
    found: list[tuple[tuple[str | int, ...], str]] = [(("start",), flow.start)]
    if flow.main_menu is not None:
        found.append((("main_menu",), flow.main_menu))
    if flow.limit is not None:
        found.append((("limit", "then"), flow.limit.then))
    if not isinstance(flow.links, str):
        found += [(("links", index, "to"), link.to) for index, link in enumerate(flow.links)]
    return found + manners_targets(flow)


def _used(line: Flow, library: Mapping[str, Flow]) -> dict[str, Flow]:
    used = {line.flow: line}
    waiting = [line]
    while waiting:
        for name in _names_of(waiting.pop()):
            flow = library.get(name)
            if flow is not None and flow.kind == "shared" and name not in used:
                used[name] = flow
                waiting.append(flow)
    return used


def _names_of(flow: Flow) -> list[str]:
    """The flows that a flow names."""
    named = [target for _, target in flow_targets(flow)]
    named += [target for node in flow.nodes.values() for _, target in targets(node)]
    names = [target.partition(".")[0] for target in named if "." in target]
    names += [node.flow for node in flow.nodes.values() if isinstance(node, Enter)]
    return [*names, flow.links] if isinstance(flow.links, str) else names
