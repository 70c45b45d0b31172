"""The way from one version of a database's tables to another, by alembic."""

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from ivr.errors import StoreError
from ivr.stores.schema import MIGRATIONS, unusable, version, wanted
from ivr.stores.teaching_tables import metadata

__all__ = ["differences", "migrate"]


def migrate(engine: Engine, to: str = "head") -> None:
    """Brings the tables to version `to`, forward or back; `base` is none at all. Raises StoreError."""
    present = version(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    _known(config, present)
    try:
        with engine.execution_options(writes=True).begin() as connection:
            config.attributes["connection"] = connection
            back = to == "base" or _is_before(config, to, present)
            (command.downgrade if back else command.upgrade)(config, to)
    except SQLAlchemyError as error:
        raise unusable(error) from None


def differences(engine: Engine) -> list[object]:
    """What the tables of a database lack, or have too much, beside those this program knows."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), metadata))


def _known(config: Config, present: str | None) -> None:
    revisions = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in revisions:
        raise StoreError(f"the database is at version {present}, which a newer program made; this one has {wanted()}")


def _is_before(config: Config, to: str, present: str | None) -> bool:
    if to == "head" or present is None:
        return False
    older = {script.revision for script in ScriptDirectory.from_config(config).iterate_revisions(present, "base")}
    return to in older
