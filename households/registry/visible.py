"""Which households an account sees, and of which days: those that live, or lived on a day, where its grants reach."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _
from psycopg2.extras import DateRange

from households.access.scope import Scope, scope_of
from households.registry.models import Residence
from povertyportal.vietnamese import format_date

READ, WRITE, FULL_NUMBERS = "households.read", "households.write", "identity.see"
SHORTEST_CODE = 5  # of a commune: nobody lives on the code of a district or province


def codes_in(scope: Scope, on: date) -> list[str] | None:
    """Codes of the villages and communes that the scope covers on the day, for SQL; None is the whole nation."""
    if scope.nation:
        return None
    return [
        code
        for code, units in scope.by_code.items()
        if len(code) >= SHORTEST_CODE and any(unit.on(on) for unit in units)
    ]


@dataclass(frozen=True, slots=True)
class Seen:
    """What of one household's life lies in a scope. ``whole``: everything, since it lives there now, or did last; else only
    the days of ``spans``, those on which it lived there."""

    whole: bool
    spans: tuple[DateRange, ...] = ()

    def __bool__(self) -> bool:
        return self.whole or bool(self.spans)

    def on(self, day: date) -> bool:
        return self.whole or any(day in span for span in self.spans)

    def touches(self, days: DateRange) -> bool:
        """Whether any of these days may be seen."""
        return self.whole or any(_common(days, span) for span in self.spans)

    def last_day(self, most: date) -> date | None:
        """The latest day that may be seen, not after ``most``."""
        if self.whole:
            return most
        started = [span for span in self.spans if span.lower is None or span.lower <= most]
        ends = [span.upper - timedelta(days=1) if span.upper else most for span in started]
        return min(most, max(ends)) if ends else None


NOTHING_SEEN = Seen(whole=False)


def seen_of(residences: Sequence[Residence], scope: Scope, *, day: date) -> Seen:
    """``residences``: all of one household; ``day``: today."""
    if scope.nation or not residences:
        return Seen(whole=scope.nation)
    last = max(residences, key=lambda one: one.validity.lower)
    until: date | None = last.validity.upper
    latest = min(until - timedelta(days=1), day) if until else day
    whole = scope.covers(last.area_code, on=latest)
    return Seen(whole, tuple(span for one in residences for span in _covered(one, scope)))


def seen_by(user: object, household: int, *, day: date, action: str = READ) -> Seen:
    """3 queries."""
    return seen_of(list(Residence.objects.filter(household=household)), scope_of(user, action, day=day), day=day)


def check_sees(seen: Seen, household: object, *, on: date) -> None:
    """Raises PermissionDenied; its sentence does not tell where the household lives."""
    if seen.on(on):
        return
    told = {"household": household, "day": format_date(on)}
    if not seen:
        raise PermissionDenied(_("Hộ %(household)s không thuộc địa bàn bạn được xem.") % told)
    raise PermissionDenied(_("Ngày %(day)s hộ %(household)s không ở trong địa bàn bạn được xem.") % told)


def _covered(residence: Residence, scope: Scope) -> Iterator[DateRange]:
    """The days of the residence on which its place is in the scope."""
    for unit in scope.by_code.get(residence.area_code, ()):
        for span in unit.spans:
            if part := _common(residence.validity, span):
                yield part


def _common(one: DateRange, other: DateRange) -> DateRange | None:
    starts = [day for day in (one.lower, other.lower) if day]
    ends = [day for day in (one.upper, other.upper) if day]
    start, end = max(starts, default=None), min(ends, default=None)
    return None if start and end and start >= end else DateRange(start, end)
