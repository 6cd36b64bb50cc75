"""What merging two records will do, computed once: the page tells it, the action does it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Q
from django.utils.translation import gettext as _

from households.registry.merging.recognitions import Carried, carried, problems_of_recognitions
from households.registry.merging.spans import FOR_EVER, Merged, Pairs, Stay, merge
from households.registry.models import Household, Membership, Person, Recognition, Residence
from households.registry.problems import Problem
from povertyportal.vietnamese import format_date

FILLED = ("sex", "ethnicity", "identity_id", "old_identity_id", "insurance_id")
TITLES = {"identity_id": "identity", "old_identity_id": "old_identity", "insurance_id": "insurance"}


@dataclass(frozen=True)
class MergePlan:
    """``merged``: memberships as they will be; ``rows``: as they are. ``filled``: by person who stays, fields taken from the
    other. ``ids``: households whose members change, or that are merged themselves."""

    pairs: Pairs
    persons: Mapping[int, Person]
    households: Mapping[int, Household]
    rows: tuple[Membership, ...]
    merged: Merged
    filled: Mapping[int, Mapping[str, object]]
    residences: tuple[Residence, ...]
    recognitions: tuple[Carried, ...]
    problems: tuple[Problem, ...] = ()
    lives: Mapping[int, DateRange] = field(default_factory=dict)

    @property
    def ids(self) -> set[int]:
        """Households whose rows change; those that go are left out."""
        before = {(one.person, one.household, one.relation, one.start, one.end) for one in map(stay_of, self.rows)}
        after = {(one.person, one.household, one.relation, one.start, one.end) for one in self.merged.stays}
        changed = {household for _person, household, *_rest in before ^ after}
        return (changed | set(self.pairs.households.values())) - set(self.pairs.households)


def stay_of(row: Membership) -> Stay:
    return Stay(row.person_id, row.household_id, row.relation, row.validity.lower, row.validity.upper or FOR_EVER)


def households_of(persons: Iterable[int]) -> set[int]:
    """All households to which any of them ever belonged."""
    return set(Membership.objects.filter(person__in=list(persons)).values_list("household_id", flat=True))


def make_plan(persons: Mapping[int, int], households: Mapping[int, int]) -> MergePlan:
    """``persons``, ``households``: records that go, with those that stay. Says everything that stands against it; the keys
    themselves have been checked."""
    pairs = Pairs(persons, households)
    who = Person.objects.in_bulk({*persons, *persons.values()})
    mine = Q(person__in=who) | Q(household__in={*households, *households.values()})
    rows = tuple(Membership.objects.filter(mine).select_related("person", "household").order_by("validity"))
    found = Household.objects.in_bulk({*households, *households.values()})
    died = {keep: day for drop, keep in persons.items() if (day := _died(who[keep], who[drop]))}
    merged = merge(map(stay_of, rows), pairs, died)
    recognised = list(Recognition.objects.filter(household__in=found, corrected_by=None).order_by("pk"))
    lives = {keep: _life(found[keep], found[drop]) for drop, keep in households.items()}
    filled = {keep: _filled(who[keep], who[drop], since_of(merged, keep)) for drop, keep in persons.items()}
    problems = [
        *_problems_of_persons(persons, who, rows),
        *(
            one
            for keep in persons.values()
            for one in _problems_of_birth(who[keep], filled[keep], since_of(merged, keep))
        ),
        *_problems_of_lives(households, found),
        *problems_of_recognitions(households, recognised),
        *_problems_of_heads(merged),
    ]
    return MergePlan(
        pairs, who, found, rows, merged,
        filled=filled,
        residences=tuple(one for drop, keep in households.items() for one in _residences(found[keep], found[drop])),
        recognitions=tuple(carried(households, recognised)),
        problems=tuple(problems), lives=lives,
    )  # fmt: skip


def _died(keep: Person, drop: Person) -> date | None:
    return keep.died_on or drop.died_on


def since_of(merged: Merged, person: int) -> date:
    """From when on he belongs to a household."""
    return min((one.start for one in merged.stays if one.person == person), default=FOR_EVER)


def _filled(keep: Person, drop: Person, since: date) -> dict[str, object]:
    """Only what is blank in the record that stays; no birth after the day ``since`` on which he belonged somewhere."""
    found = {name: getattr(drop, name) for name in FILLED if getattr(drop, name) and not getattr(keep, name)}
    born, year = drop.birth_date, drop.birth_year
    if born and not keep.birth_date and keep.birth_year in {None, year} and born <= since:
        found |= {"birth_date": born, "birth_year": year}
    elif year and not keep.birth_year and year <= since.year:
        found["birth_year"] = year
    if drop.died_on and not keep.died_on:
        found["died_on"] = drop.died_on
    if found.get("identity_id"):
        found["no_identity_reason"] = ""
    return found


def _problems_of_birth(keep: Person, filled: Mapping[str, object], since: date) -> Iterator[Problem]:
    """The birth that will stand, against the first day on which he belongs somewhere and the day of his death."""
    born = filled.get("birth_date") or keep.birth_date
    year = filled.get("birth_year") or keep.birth_year
    died = filled.get("died_on") or keep.died_on
    first = date(int(str(year)), 1, 1) if year and not born else born
    if isinstance(first, date) and (first > since or (isinstance(died, date) and first > died)):
        day = min(since, died) if isinstance(died, date) else since
        message = _(
            "%(name)s ghi sinh %(born)s, nhưng hồ sơ kia đã ghi về người này ngày %(day)s, trước khi sinh: hãy đính chính "
            "ngày sinh trước khi gộp."
        )
        told = {"name": keep.full_name, "born": format_date(born) if isinstance(born, date) else year}
        yield Problem("keep", message % {**told, "day": format_date(day)})


def _problems_of_persons(
    persons: Mapping[int, int], who: Mapping[int, Person], rows: Iterable[Membership]
) -> Iterator[Problem]:
    last = {row.person_id: row.validity.upper or FOR_EVER for row in rows}  # rows come in the order of their start
    for drop, keep in persons.items():
        one, other = who[keep], who[drop]
        if one.invented != other.invented:
            yield Problem("keep", _("Một hồ sơ là dữ liệu minh họa, hồ sơ kia là dữ liệu thật: không gộp."))
        if other.died_on and not one.died_on and last.get(keep, other.died_on) > other.died_on:
            message = _(
                "Hồ sơ bị gộp ghi %(name)s mất ngày %(day)s, còn hồ sơ giữ lại vẫn là thành viên hộ sau ngày đó. Nếu đúng là "
                "đã mất, hãy giữ hồ sơ đã ghi mất, hoặc ghi mất ở hồ sơ này trước."
            )
            yield Problem("keep", message % {"name": other.full_name, "day": format_date(other.died_on)})


def _problems_of_lives(households: Mapping[int, int], found: Mapping[int, Household]) -> Iterator[Problem]:
    for drop, keep in households.items():
        one, other = found[keep].validity, found[drop].validity
        if found[keep].invented != found[drop].invented:
            yield Problem("keep_household", _("Một hộ là dữ liệu minh họa, hộ kia là dữ liệu thật: không gộp."))
        if one.lower > (other.upper or FOR_EVER) or other.lower > (one.upper or FOR_EVER):
            message = _(
                "Hai hồ sơ hộ %(one)s và %(other)s không có ngày nào nối nhau, nên không thể là một hộ ghi hai lần."
            )
            yield Problem("keep_household", message % {"one": found[keep], "other": found[drop]})


def _problems_of_heads(merged: Merged) -> Iterator[Problem]:
    for lost in merged.lost_heads:
        message = _(
            "Từ ngày %(day)s hộ H%(household)s sẽ không còn chủ hộ. Nếu đó cũng là một hộ ghi trùng, hãy gộp cả hai hộ; nếu "
            "không, hãy đổi chủ hộ trước."
        )
        yield Problem("keep", message % {"household": lost.household, "day": format_date(lost.day)})


def _life(keep: Household, drop: Household) -> DateRange:
    ends = [keep.validity.upper, drop.validity.upper]
    return DateRange(min(keep.validity.lower, drop.validity.lower), None if None in ends else max(ends))


def _residences(keep: Household, drop: Household) -> Iterator[Residence]:
    """Where the other record lived on the days on which the one that stays did not exist."""
    start, end = keep.validity.lower, keep.validity.upper or FOR_EVER
    for row in Residence.objects.filter(household=drop).order_by("validity"):
        lower, upper = row.validity.lower, row.validity.upper or FOR_EVER
        for first, last in ((lower, min(upper, start)), (max(lower, end), upper)):
            if first < last:
                yield Residence(
                    household=keep, area_code=row.area_code, local_code=row.local_code, address=row.address,
                    unplaced=row.unplaced, validity=DateRange(first, None if last == FOR_EVER else last),
                )  # fmt: skip
