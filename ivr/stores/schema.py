"""The version of a database's tables: what it is, what it should be, and the way there and back."""

from pathlib import Path

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreError
from ivr.stores.teaching_tables import metadata

__all__ = ["differences", "migrate", "require_current", "version", "wanted"]

_MIGRATIONS = Path(__file__).parent / "migrations"


def wanted() -> str:
    """The version this program works with."""
    return ScriptDirectory(str(_MIGRATIONS)).get_current_head() or ""


def version(engine: Engine) -> str | None:
    """The version a database has; None for an empty one. Raises StoreError where it cannot be reached."""
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except SQLAlchemyError as error:
        raise unusable(error) from None


def migrate(engine: Engine, to: str = "head") -> None:
    """Brings the tables to version `to`, forward or back; `base` is none at all. Raises StoreError."""
    present = version(engine)
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS))
    _known(config, present)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            back = to == "base" or _is_before(config, to, present)
            (command.downgrade if back else command.upgrade)(config, to)
    except SQLAlchemyError as error:
        raise unusable(error) from None


def require_current(engine: Engine) -> None:
    """Raises StoreError, which says what to do, where the tables are not those of this program."""
    present = version(engine)
    if present == wanted():
        return
    if present is None:
        raise StoreError("the database has no tables yet: run `ivr db upgrade`")
    raise StoreError(f"the database is at version {present}, this program needs {wanted()}: run `ivr db upgrade`")


def differences(engine: Engine) -> list[object]:
    """What the tables of a database lack, or have too much, beside those this program knows."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def unusable(error: SQLAlchemyError) -> StoreError:
    """Why a database cannot be used, in one line and without its URL, which may hold a password."""
    cause = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
    return StoreError(f"the database cannot be used: {cause}")


def _known(config: Config, present: str | None) -> None:
    revisions = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in revisions:
        raise StoreError(f"the database is at version {present}, which a newer program made; this one has {wanted()}")


def _is_before(config: Config, to: str, present: str | None) -> bool:
    if to == "head" or present is None:
        return False
    older = {script.revision for script in ScriptDirectory.from_config(config).iterate_revisions(present, "base")}
    return to in older
