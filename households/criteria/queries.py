"""What is published: the standards in force and their versions, the table of points of a day."""

import json
from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from django.db.models import QuerySet

from households.criteria.b1.documents import read_table
from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import Standard
from households.criteria.law.shelf import UnknownStandardError, read_standard
from households.criteria.law.years import Applicable, applicable
from households.criteria.models import B1TableRow, LegalStandard, State
from povertyportal.core.periods import on as valid_on

READ_AT_ONCE = 256  # standards kept as read; a row in force never changes, so that nothing grows old


def rows() -> "QuerySet[LegalStandard]":
    """Each with what it inherits from, in 1 query."""
    return LegalStandard.objects.select_related("parent", "entered_by", "approved_by", "withdrawn_by")


def standard_of(row: LegalStandard) -> Standard:
    """As entered: with the very version of the parent that it was entered under."""
    parent = (row.parent.content, row.parent.code) if row.parent else None
    return _read(row.content, row.code, row.version, parent)


@lru_cache(READ_AT_ONCE)
def _read(content: str, code: str, version: int, parent: tuple[str, str] | None) -> Standard:
    shelf = {parent[1]: read_standard(parent[0], name=parent[1], shelf={})} if parent else {}
    return read_standard(content, name=f"{code}, phiên bản {version}", shelf=shelf)


def standards_in_force() -> tuple[Standard, ...]:
    """1 query. The nation's first, then the provinces', each in the order of their years."""
    found = [standard_of(row) for row in rows().filter(state=State.IN_FORCE)]
    return tuple(sorted(found, key=lambda one: (bool(one.scope), one.scope, first_year(one), one.code)))


def first_year(standard: Standard) -> int:
    return min(one.first for one in standard.applications)


def standard_in_force(code: str) -> Standard:
    """Raises UnknownStandardError, which lists the codes in force."""
    row = rows().filter(code=code, state=State.IN_FORCE).first()
    if row is None:
        known = LegalStandard.objects.filter(state=State.IN_FORCE).order_by("code").values_list("code", flat=True)
        raise UnknownStandardError(code, known)
    return standard_of(row)


def standards_on(year: int, province: str | None = None) -> Applicable:
    """What a review of the year applies: the nation's standards and, for a province, its own; 1 query."""
    return applicable(standards_in_force(), province=province, year=year)


def versions(code: str) -> Sequence[LegalStandard]:
    """All versions ever entered, newest first."""
    return list(rows().filter(code=code).order_by("-entered_at", "-pk"))


def b1_table_in_force(standard: str, on: date) -> B1Table | None:
    """None: B1 is entered as a total from the paper sheet."""
    row = valid_on(B1TableRow.objects.filter(code=standard, state=State.IN_FORCE), on).first()
    return table_of(row) if row else None


def table_of(row: B1TableRow) -> B1Table:
    return _table(row.content)


@lru_cache(READ_AT_ONCE)
def _table(content: str) -> B1Table:
    return read_table(json.loads(content))
