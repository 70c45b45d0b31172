"""The files of a folder of flows, read one by one."""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from ivr.flow.flow import Flow
from ivr.flow.parsing import parse
from ivr.flow.rehearsal import Scenario, Scenarios
from ivr.flow.source import Problem, Source, read_source

__all__ = ["SCENARIO", "Folder", "shown"]

M = TypeVar("M", bound=BaseModel)

FOLDERS = ("lines", "shared")
SCENARIO = "scenario:"
"""Begins the key of a scenario's source; its file may hold several."""


class Folder:
    """Reads the files of one folder, and gathers what is wrong."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.flows: dict[str, Flow] = {}
        self.sources: dict[str, Source] = {}
        self.scenarios: dict[str, Scenario] = {}
        self.problems: list[Problem] = []
        self.files: set[Path] = set()

    def one(self, model: type[M], name: str) -> M | None:
        return self._parsed(model, self.root / name, name)

    def perhaps(self, model: type[M], name: str) -> M | None:
        """A file that need not be there."""
        return self.one(model, name) if (self.root / name).exists() else None

    def beside(self, path: Path) -> None:
        """A file from elsewhere, if it was not read already."""
        if path.resolve() in self.files:
            return
        data = read_source(path).data
        if isinstance(data, dict) and "scenarios" in data:
            self.scenarios_of(path, instead=True)
        else:
            self.flow(path)

    def scenarios_of(self, path: Path, *, instead: bool = False) -> None:
        """A file of scenarios, which may take the place of others."""
        file = self._parsed(Scenarios, path, None)
        source = self.sources[str(path)]
        for name, scenario in file.scenarios.items() if file else ():
            if name in self.scenarios and not instead:
                first = self.sources[SCENARIO + name]
                what = f"there is a scenario '{name}' already, in {first.file}"
                self.problems.append(source.problem(("scenarios", name), what))
                continue
            self.scenarios[name] = scenario
            self.sources[SCENARIO + name] = source

    def flow(self, path: Path) -> None:
        flow = self._parsed(Flow, path, None)
        if flow is not None:
            self.flows[flow.flow] = flow
            self.sources[flow.flow] = self.sources[str(path)]

    def flow_files(self) -> list[Path]:
        """Its flows."""
        return [path for folder in FOLDERS for path in sorted((self.root / folder).glob("*.yaml"))]

    def _parsed(self, model: type[M], path: Path, name: str | None) -> M | None:
        self.files.add(path.resolve())
        source = read_source(path, shown(path))
        self.sources[name or str(path)] = source
        value, problems = parse(model, source)
        self.problems += problems
        return value


def shown(path: Path) -> str:
    """A path as messages show it: from the working folder where it lies below it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
