"""Recognitions of a record that goes: official and never rewritten. They are entered anew with the record that stays, each
as a correction of the old row, so that it counts once."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from households.registry.models import Recognition
from households.registry.problems import Problem
from povertyportal.core.models import User

SAME = ("klass", "kind", "year", "validity", "decision_number", "decision_date", "area_code", "standard", "origin")


@dataclass(frozen=True, slots=True)
class Carried:
    """A recognition of the record that goes, and the household with which it is entered anew."""

    row: Recognition
    household: int

    def stored(self, *, reason: str, by: User, at: datetime) -> Recognition:
        told = _("hồ sơ ghi trùng H%s") % self.row.household_id
        source = f"{self.row.source}; {told}" if self.row.source else told
        return Recognition.objects.create(
            **{name: getattr(self.row, name) for name in SAME},
            household_id=self.household, source=source[:400], corrects=self.row, reason=reason, by=by, at=at,
        )  # fmt: skip


def carried(households: Mapping[int, int], rows: Iterable[Recognition]) -> Iterator[Carried]:
    """``rows``: those that no other corrects. What the record that stays says itself of the same days stays alone."""
    known = list(rows)
    for row in known:
        keep = households.get(row.household_id)
        if keep is not None and not any(_about_the_same(row, other) for other in known if other.household_id == keep):
            yield Carried(row, keep)


def problems_of_recognitions(households: Mapping[int, int], rows: Iterable[Recognition]) -> Iterator[Problem]:
    known = list(rows)
    for row in known:
        for other in known:
            if other.household_id != households.get(row.household_id) or not _about_the_same(row, other):
                continue
            if (row.klass, row.kind) != (other.klass, other.kind):
                message = _(
                    "Năm %(year)s hộ H%(drop)s được công nhận là %(one)s, hộ H%(keep)s là %(other)s: hãy đính chính một trong "
                    "hai công nhận trước khi gộp."
                )
                told = {
                    "year": row.year, "drop": row.household_id, "one": row.get_klass_display(),
                    "keep": other.household_id, "other": other.get_klass_display(),
                }  # fmt: skip
                yield Problem("keep_household", message % told)


def _about_the_same(one: Recognition, other: Recognition) -> bool:
    """Of the same review year, on days of which some are the same."""
    starts = max(one.validity.lower, other.validity.lower)
    ends = [row.validity.upper for row in (one, other) if row.validity.upper]
    return one.year == other.year and (not ends or starts < min(ends))
