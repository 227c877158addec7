"""Days as people read them, in their own language."""

from __future__ import annotations

from datetime import UTC, date, datetime

from flask_babel import format_date

from workshop.rules.promises import today
from workshop.web.house import house


def day(value: str | int | date | None, month: str = "MMMM", *, year: bool = False) -> str:
    """A day such as "16 January"; with its year where that is not this one.

    Args:
        value: a stored day ("2026-01-16"), a time in milliseconds since 1970, or a date.
        month: "MMMM" for the whole name of the month, "MMM" for a short one.
        year: whether the year is told in any case, as on paper that outlives it.
    """
    if value is None or value == "":
        return ""
    if isinstance(value, int):
        found = datetime.fromtimestamp(value / 1000, UTC).date()
    else:
        found = date.fromisoformat(value) if isinstance(value, str) else value
    told = year or found.year != today(house().now()).year
    return str(format_date(found, f"d {month} y" if told else f"d {month}"))
