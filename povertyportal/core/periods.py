"""Half-open periods ``[start, end)``: the one way the portal says from when until when something holds.

An unknown start or an open end is None. The day of a change belongs to what comes after it.
"""

from datetime import date
from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def holds(start: date | None, end: date | None, day: date) -> bool:
    return (start is None or start <= day) and (end is None or day < end)


def on(rows: QuerySet[M], day: date, field: str = "validity") -> QuerySet[M]:
    """The rows whose range field holds on the day."""
    return rows.filter(**{f"{field}__contains": day})
