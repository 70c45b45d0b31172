"""When a call is placed, as a command takes it."""

from datetime import UTC, datetime

import click

__all__ = ["OFFICE_HOURS", "Moment"]

OFFICE_HOURS = datetime(2026, 3, 3, 15, 0, tzinfo=UTC)
"""A Tuesday, ten in the morning in New York: when a call is placed unless --at says otherwise."""


class Moment(click.ParamType[datetime]):
    """A time as people write it: `now`, or ISO 8601."""

    name = "TIME"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        if isinstance(value, datetime):
            return value
        if value == "now":
            return datetime.now(UTC)
        try:
            moment = datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(f"'{value}' is no time, expected now, or one such as 2026-03-03T22:00-05:00", param, ctx)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
