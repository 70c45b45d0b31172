"""The version of a database's tables: what it is, and what it should be. Read without alembic, which starts slowly."""

from pathlib import Path

from sqlalchemy import Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreError

__all__ = ["MIGRATIONS", "require_current", "unusable", "version", "wanted"]

MIGRATIONS = Path(__file__).parent / "migrations"


def wanted() -> str:
    """The version this program works with: that of the newest migration, whose files are named in their order."""
    return max(path.name for path in (MIGRATIONS / "versions").glob("[0-9]*.py")).partition("_")[0]


def version(engine: Engine) -> str | None:
    """The version a database has; None for an empty one. Raises StoreError where it cannot be reached."""
    try:
        with engine.connect() as connection:
            if not inspect(connection).has_table("alembic_version"):
                return None
            found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
            return found
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


def unusable(error: SQLAlchemyError) -> StoreError:
    """Why a database cannot be used, in one line and without its URL, which may hold a password."""
    cause = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()[0]
    return StoreError(f"the database cannot be used: {cause}")
