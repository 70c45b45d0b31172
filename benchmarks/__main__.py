"""`make bench`: every measurement, one after the other; or those named on the command line."""

import sys
from importlib import import_module
from pathlib import Path

__all__ = ["main"]


def main(names: list[str]) -> None:
    """Runs the measurements: every module of this folder that has a `run`."""
    folder = Path(__file__).parent
    known = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    for name in names or known:
        if name not in known:
            sys.exit(f"there is no measurement '{name}', expected some of {', '.join(known)}")
        module = import_module(f"benchmarks.{name}")
        if hasattr(module, "run"):
            print(f"== {name}")
            module.run()
            print()


if __name__ == "__main__":
    main(sys.argv[1:])
