"""The contact centre: everything under `flows/`, read, checked and linked."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from ivr.errors import FlowError
from ivr.flow.departments import Department, Departments
from ivr.flow.directory import Directory
from ivr.flow.flow import Flow
from ivr.flow.folder import SCENARIO, Folder, shown
from ivr.flow.members import Member, Members
from ivr.flow.rehearsal import Representatives, Scenario
from ivr.flow.rules import Grounds, check_names, check_tree
from ivr.flow.rules.lists import repeated_numbers, shared_numbers, unlisted
from ivr.flow.rules.rehearsals import Stage, rehearsals
from ivr.flow.source import Problem, Source
from ivr.flow.tree import Place, Tree
from ivr.flow.words import recogniser, yes_no
from ivr.grammar import NONE, Evidence, EvidenceError, Recogniser, Vocabulary, read_evidence


@dataclass(frozen=True, kw_only=True, eq=False)
class ContactCentre:
    """Lines and shared flows, departments, directory, card members and vocabulary, all checked together.

    A centre need not be one to rehearse on: without `representatives` it has no scenarios either.
    """

    flows: dict[str, Flow]
    sources: dict[str, Source]
    departments: dict[str, Department]
    directory: Directory
    members: dict[str, Member]
    vocabulary: Vocabulary
    evidence_file: Path
    representatives: Representatives | None = None
    scenarios: Mapping[str, Scenario] = field(default_factory=dict)

    @cached_property
    def trees(self) -> dict[str, Tree]:
        """Each line, linked with the shared flows it uses."""
        return _trees(self.flows, self.directory)

    def tree(self, line: str) -> Tree:
        """One line. Raises KeyError."""
        return self.trees[line]

    @cached_property
    def versions(self) -> dict[str, str]:
        """A hash of every line's files, so that a call can tell whether its line has changed."""
        return {name: _version(tree, self.sources) for name, tree in self.trees.items()}

    @cached_property
    def hearing(self) -> Callable[[str, Place], Recogniser]:
        """The recogniser of a place on a line; made when first asked for, then kept."""

        @lru_cache(maxsize=4096)
        def made(line: str, place: Place) -> Recogniser:
            return recogniser(self.trees[line], place, self.vocabulary, self.evidence)

        return made

    @cached_property
    def evidence(self) -> Evidence | None:
        """What was learned of the vocabulary's topics, if anything; read when words are first heard, or checked.

        Raises FlowError.
        """
        try:
            return read_evidence(self.evidence_file)
        except EvidenceError as error:
            raise FlowError([Problem(file=shown(self.evidence_file), line=error.line, message=str(error))]) from error

    @cached_property
    def yes_no(self) -> Recogniser:
        """Tells yes from no."""
        return yes_no(self.vocabulary)


def shipped_flows() -> Path:
    """The folder of flows that comes with the package."""
    installed = Path(__file__).parent.parent / "_flows"
    return installed if installed.is_dir() else Path(__file__).parent.parent.parent / "flows"


def load_centre(folder: Path | None = None, extra: Iterable[Path] = (), *, rules: bool = True) -> ContactCentre:
    """The contact centre in `folder` (by default the shipped one), with the files `extra` of flows or scenarios beside
    its own.

    What is extra takes the place of what has the same name. Without `rules` the files are read, and not checked
    together: for flows that were checked before. Raises FlowError with every problem of every file.
    """
    root = folder or shipped_flows()
    reading = Folder(root)
    departments = reading.one(Departments, "departments.yaml")
    members = reading.one(Members, "members.yaml")
    directory = reading.one(Directory, "directory.yaml")
    vocabulary = reading.one(Vocabulary, "vocabulary.yaml")
    representatives = reading.perhaps(Representatives, "representatives.yaml")
    for path in sorted((root / "scenarios").glob("*.yaml")):
        reading.scenarios_of(path)
    for path in reading.flow_files():
        reading.flow(path)
    for path in extra:
        reading.beside(path)
    if reading.problems or not (departments and members and directory and vocabulary):
        raise FlowError(_sorted(reading.problems))
    centre = ContactCentre(
        flows=reading.flows,
        sources=reading.sources,
        departments=departments.departments,
        directory=directory,
        members=members.members,
        vocabulary=vocabulary,
        evidence_file=root / "evidence.tsv",
        representatives=representatives,
        scenarios=reading.scenarios,
    )
    problems = check_centre(centre) if rules else []
    if problems:
        raise FlowError(problems)
    return centre


def check_centre(centre: ContactCentre) -> list[Problem]:
    """Every problem that shows only when the files are seen together."""
    grounds = Grounds(
        flows=centre.flows,
        sources=centre.sources,
        departments=centre.departments,
        vocabulary=centre.vocabulary,
    )
    problems = [
        *_unlearned(centre),
        *check_names(grounds),
        *unlisted(centre.directory, centre.members, centre.flows, centre.sources),
        *repeated_numbers(centre.directory, centre.sources["directory.yaml"]),
        *shared_numbers(centre.members, centre.sources["members.yaml"]),
        *check_rehearsals(centre),
    ]
    if not problems:
        problems += [problem for tree in centre.trees.values() for problem in check_tree(grounds, tree)]
        problems += _unused(centre)
    return _sorted(problems)


def check_rehearsals(centre: ContactCentre) -> list[Problem]:
    """What is wrong with scenarios and representatives, beside the centre they belong to."""
    stage = Stage(
        scenarios=centre.scenarios,
        scenario_sources={name: centre.sources[SCENARIO + name] for name in centre.scenarios},
        representatives=centre.representatives,
        representatives_source=centre.sources.get("representatives.yaml"),
        flows=centre.flows,
        departments=centre.departments,
        directory=centre.directory,
        members=centre.members,
        vocabulary=centre.vocabulary,
    )
    return list(rehearsals(stage))


def _trees(flows: dict[str, Flow], directory: Directory) -> dict[str, Tree]:
    doors: dict[str, list[str]] = {}
    for listing in directory.numbers:
        if listing.node is not None:
            doors.setdefault(listing.line, []).append(listing.node)
    lines = (flow for flow in flows.values() if flow.kind == "line")
    return {line.flow: Tree(line, flows, tuple(doors.get(line.flow, ()))) for line in lines}


def _unused(centre: ContactCentre) -> list[Problem]:
    used = {name for tree in centre.trees.values() for name in tree.flows}
    return [
        centre.sources[name].problem(("flow",), f"no line uses the shared flow '{name}'")
        for name in centre.flows
        if name not in used
    ]


def _unlearned(centre: ContactCentre) -> list[Problem]:
    """What is wrong with the evidence."""
    try:
        learned = centre.evidence.topics if centre.evidence else frozenset[str]()
    except FlowError as error:
        return [problem for problem in error.problems if isinstance(problem, Problem)]
    strange = sorted(learned - set(centre.vocabulary.topics) - {NONE})
    message = f"'{NONE}' or a topic of the vocabulary is expected, not {', '.join(strange)}"
    return [Problem(file=shown(centre.evidence_file), line=1, message=message)] if strange else []


def _version(tree: Tree, sources: dict[str, Source]) -> str:
    digest = hashlib.sha256()
    for name in sorted(tree.flows):
        digest.update(sources[name].text.encode())
    return digest.hexdigest()[:12]


def _sorted(problems: Iterable[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line))
