"""`ivr db`: the database of calls."""

import json
import os
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import click

from ivr.call import Switchboard
from ivr.cli.centres import centre_with, flows_of_the_server
from ivr.errors import NumberError, StoreError
from ivr.flow.directory import e164
from ivr.stores.callers import CallerKey
from ivr.stores.database import Engine, default_url, open_database
from ivr.stores.keeping import erase as erase_calls
from ivr.stores.keeping import export as export_calls
from ivr.stores.keeping import purge as purge_calls
from ivr.stores.keeping import unfinished
from ivr.stores.migrating import differences, migrate
from ivr.stores.schema import require_current, version, wanted
from ivr.stores.sql import SqlCalls
from webhooks.closing import LONGEST_CALL
from webhooks.closing import close as close_calls
from webhooks.settings import IN_MEMORY

__all__ = ["db"]


class _Age(click.ParamType[timedelta]):
    """An age such as 90d."""

    name = "AGE"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> timedelta:
        if isinstance(value, timedelta):
            return value
        days = str(value).removesuffix("d")
        if not days.isascii() or not days.isdigit() or not 0 < int(days) < 100_000:
            self.fail(f"'{value}' is no age, expected days such as 90d", param, ctx)
        return timedelta(days=int(days))


url_option = click.option("--url", help="Database URL: goes before IVR_DATABASE_URL.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print a JSON object.")


@click.group(
    epilog="""\b
Examples:
  ivr db upgrade
  ivr db close
  ivr db purge --older-than 90d
  ivr db erase --caller +12125550101"""
)
def db() -> None:
    """Care for the database of calls: IVR_DATABASE_URL, or a SQLite file in your data folder."""


@db.command(epilog="Example: ivr db upgrade --to 0001")
@url_option
@click.option("--to", default="head", show_default=True, help="Version to go to, forward or back; base removes all.")
@json_option
def upgrade(url: str | None, to: str, as_json: bool) -> None:
    """Bring the tables to the version this program needs. Make a copy of the database before."""
    engine = _engine(url)
    before = version(engine)
    if to not in ("head", "base") and not to.isdigit():
        raise click.UsageError(f"'{to}' is no version, expected head, base, or one such as {wanted()}")
    migrate(engine, to)
    _tell({"before": before, "now": version(engine)}, as_json, "version {before} -> {now}")


@db.command(epilog="Example: ivr db check --json")
@url_option
@json_option
def check(url: str | None, as_json: bool) -> None:
    """Say whether the database can be reached and its tables are right. Exit status 1 where they are not."""
    engine = _engine(url)
    present = version(engine)
    different = [] if present is None else differences(engine)
    right = present == wanted() and not different
    found = {"ok": right, "version": present, "wanted": wanted(), "differences": [str(each) for each in different]}
    _tell(found, as_json, "version {version}, expected {wanted}; differences: {differences}")
    if not right:
        raise click.exceptions.Exit(1)


@db.command(epilog="Example: ivr db purge --older-than 30d")
@url_option
@click.option("--older-than", type=_Age(), help="Age since the last event.  [default: IVR_RETENTION, or 90d]")
@json_option
def purge(url: str | None, older_than: timedelta | None, as_json: bool) -> None:
    """Delete calls that are older than they should be kept, with all that belongs to them."""
    age = older_than or _Age().convert(os.environ.get("IVR_RETENTION") or "90", None, None)
    gone = purge_calls(_ready(url), datetime.now(UTC) - age)
    _tell({"purged": gone, "days": age.days}, as_json, "{purged} calls of more than {days} days deleted")


@db.command(epilog="Example: ivr db close --json")
@url_option
@json_option
def close(url: str | None, as_json: bool) -> None:
    """End calls that nobody can be on any more: no news for 24 hours. Twilio's news of an end can be lost."""
    engine = _ready(url)
    board = Switchboard(centre_with(flows_of_the_server())[0])
    lost = unfinished(engine, datetime.now(UTC) - LONGEST_CALL)
    closed = close_calls(SqlCalls(engine), board, lost)
    _tell({"closed": closed}, as_json, "{closed} calls closed")


@db.command(epilog="Example: ivr db export --caller +12125550101 > calls.jsonl")
@url_option
@click.option("--caller", help="Only calls from this number.")
def export(url: str | None, caller: str | None) -> None:
    """Print every call with its events, a JSON object a line."""
    engine = _ready(url)
    number = None if caller is None else _number(caller)
    for call in export_calls(engine, None if number is None else _callers(), number):
        click.echo(json.dumps(call))


@db.command(epilog="Example: ivr db erase --caller +12125550101")
@url_option
@click.option("--caller", required=True, help="The number whose calls are deleted.")
@json_option
def erase(url: str | None, caller: str, as_json: bool) -> None:
    """Delete all calls from a number: the store knows it by its hash only."""
    gone = erase_calls(_ready(url), _callers(), _number(caller))
    _tell({"erased": gone}, as_json, "{erased} calls deleted")


def _engine(url: str | None) -> Engine:
    chosen = url or os.environ.get("IVR_DATABASE_URL", "").strip() or default_url()
    if chosen == IN_MEMORY:
        raise StoreError("IVR_DATABASE_URL is memory: there is no database to care for")
    return open_database(chosen)


def _ready(url: str | None) -> Engine:
    engine = _engine(url)
    require_current(engine)
    return engine


def _callers() -> CallerKey:
    secret = os.environ.get("IVR_HASH_KEY", "").strip() or os.environ.get("TWILIO_AUTH_TOKEN", "").strip()
    if not secret:
        raise click.UsageError("numbers are stored hashed: set IVR_HASH_KEY or TWILIO_AUTH_TOKEN as the server does")
    return CallerKey(secret)


def _number(text: str) -> str:
    try:
        return e164(text)
    except NumberError as error:
        raise click.UsageError(f"--caller: {error}") from None


def _tell(found: Mapping[str, object], as_json: bool, words: str) -> None:
    click.echo(json.dumps(found) if as_json else words.format(**found))
