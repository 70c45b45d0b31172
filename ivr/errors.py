"""Every error this project raises on purpose.

IvrError
├── FlowError        a flow, directory, department or member file is wrong; carries every problem found
├── NumberError      a dialled number that cannot be read, or that nothing answers
├── ScriptError      a caller's script that cannot be read
├── SettingsError    settings missing or wrong; carries every problem found
├── CallOver         input for a call that has ended
├── RecordError      a stored call record that no flow can continue
├── StoreError       the database cannot be used as it is; says what to do
└── HarnessError     the virtual Twilio cannot go on; see `ivr.harness`
"""

from collections.abc import Sequence


class IvrError(Exception):
    """Whatever this project refuses; its text is one clear sentence for the person who caused it."""


class ProblemsError(IvrError):
    """Several problems at once, one a line."""

    def __init__(self, problems: Sequence[object]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class FlowError(ProblemsError):
    """A file under `flows/` is wrong."""


class SettingsError(ProblemsError):
    """The environment's settings are missing or wrong."""


class NumberError(IvrError):
    """A number nobody can dial here."""


class ScriptError(IvrError):
    """A caller's script is wrong."""


class CallOver(IvrError):
    """The call has ended; nothing more can be heard."""


class RecordError(IvrError):
    """A call record that no flow at hand can continue."""


class StoreError(IvrError):
    """The database is not there, not reachable, or of another version."""


class HarnessError(IvrError):
    """The virtual Twilio cannot go on."""
