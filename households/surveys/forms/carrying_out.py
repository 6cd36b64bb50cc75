"""What a survey found out about a household's people, written into the registry by its own actions, each on its day."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from households.registry.actions.correcting import correct_person
from households.registry.actions.heads import change_head
from households.registry.actions.members import add_member, record_death, remove_member
from households.registry.codes import Relation
from households.registry.entries import KEEP, MemberData, PersonData
from households.registry.models import Person, SealedNumber
from households.registry.numbers.sealed import show
from households.registry.problems import Problem, RegistryRefusedError
from households.registry.state import state_on
from households.surveys.checks.seen import Row
from households.surveys.forms.differences import Difference, Way, What
from households.surveys.forms.numbers import key_in
from households.surveys.refusals import SurveyRefusedError
from povertyportal.core.models import User


@dataclass(frozen=True, slots=True)
class How:
    """What happened, and on which day."""

    kind: str
    on: date | None = None


@dataclass
class Carrying:
    """``twins``: number fields whose number stands with another person too, which somebody confirmed. ``made``: row → person
    who joined."""

    household: int
    rows: Sequence[Row]
    reason: str
    by: User
    at: datetime
    twins: Collection[str] = ()
    made: dict[int, int] = field(default_factory=dict)

    @property
    def told(self) -> dict[str, Any]:
        return {"reason": self.reason, "by": self.by, "at": self.at}

    def person_of(self, row: Row) -> int | None:
        return self.made.get(row.index, row.person)

    @property
    def head(self) -> int | None:
        return next((self.person_of(row) for row in self.rows if row.relation == Relation.HEAD), None)

    def relations(self, on: date) -> dict[int, str]:
        """As the form has them, of those who are members on the day."""
        here = {one.person for one in state_on(self.household, on).members}
        pairs = ((self.person_of(row), row.relation) for row in self.rows if row.relation)
        return {person: relation for person, relation in pairs if person in here and relation != Relation.HEAD}


def carry_out(work: Carrying, found: Sequence[Difference], told: Mapping[str, How]) -> None:
    """Slips first, then day by day, newcomers before those who went. Raises SurveyRefusedError, PermissionDenied."""
    for one in found:
        if one.what is What.CORRECTED and one.row and one.person:
            with _told_of(one):
                correct_person(person=one.person, data=_corrected(one.person, one.row, work), **work.told)
    order = {What.NEW: 0, What.GONE: 1, What.RELATIONS: 2}
    dated = [(how.on, order[one.what], one) for one in found if (how := told.get(one.key)) and how.on and one.needs_day]
    turn = _turn_of_head(work, found, told)
    for on, _place, one in sorted(dated, key=lambda entry: entry[:2]):
        with _told_of(one):
            _carry(one, told[one.key].kind, on, turn, work)


def _carry(one: Difference, kind: str, on: date, turn: date | None, work: Carrying) -> None:
    if one.what is What.NEW and one.row:
        work.made[one.row.index] = _join(one.row, kind, on, turn, work)
    elif one.what is What.GONE and one.person:
        _go(one.person, kind, on, work)
    elif one.what is What.RELATIONS:
        _change(on, work)


@contextmanager
def _told_of(one: Difference) -> Iterator[None]:
    """What the registry refuses, at the difference that it is about."""
    try:
        yield
    except RegistryRefusedError as refused:
        raise SurveyRefusedError(Problem(one.key, problem.message) for problem in refused.problems) from refused


def _turn_of_head(work: Carrying, found: Sequence[Difference], told: Mapping[str, How]) -> date | None:
    """The day from which relations are those of the form, where the head changes."""
    head = state_on(work.household, _any_day(work)).head
    gone = f"gone:{head.person}" if head else ""
    days = [told[one.key].on for one in found if one.key in (gone, "relations") and one.key in told]
    return max((day for day in days if day), default=None)


def _any_day(work: Carrying) -> date:
    return work.rows[0].on


def _join(row: Row, kind: str, on: date, turn: date | None, work: Carrying) -> int:
    """Who comes before the head changes is related to the old head in a way that the form does not tell."""
    relation = row.relation or Relation.UNKNOWN.value
    if relation == Relation.HEAD or (turn is not None and on <= turn):
        relation = Relation.UNKNOWN.value
    if row.person is not None:
        member = MemberData(person=row.person, relation=relation)
    else:
        born = row.born
        exact = born is not None and born[0] == born[1]
        member = MemberData(
            full_name=row.text("name"), relation=relation, sex=row.text("sex"), ethnicity=row.text("ethnicity"),
            birth_date=born[0] if born and exact else None, birth_year=born[0].year if born else None,
            identity=_digits(row), despite_twin=row.field("identity") in work.twins,
        )  # fmt: skip
    way = "born" if kind == Way.BORN else "joined"
    return add_member(household=work.household, member=member, kind=way, on=on, **work.told).pk  # type: ignore[arg-type]


def _go(person: int, kind: str, on: date, work: Carrying) -> None:
    state = state_on(work.household, on)
    more: dict[str, Any] = {}
    if state.head and state.head.person == person:
        more = {
            "new_head": work.head,
            "relations": {key: one for key, one in work.relations(on).items() if key != person},
        }
    act = record_death if kind == Way.DIED else remove_member
    act(person=person, on=on, **more, **work.told)


def _change(on: date, work: Carrying) -> None:
    state = state_on(work.household, on)
    before = {one.person: one.relation for one in state.members}
    head = work.head
    relations = work.relations(on)
    turned = head is not None and before.get(head) != Relation.HEAD
    if turned or any(before.get(person) != relation for person, relation in relations.items()):
        change_head(
            household=work.household, on=on, new_head=head if turned else None, relations=relations, **work.told
        )


def _corrected(person: int, row: Row, work: Carrying) -> PersonData:
    """As the form has it; what it leaves empty stays."""
    known = Person.objects.get(pk=person)
    birth_date, birth_year = known.birth_date, known.birth_year
    if row.born and row.born[0] == row.born[1]:
        birth_date, birth_year = row.born[0], row.born[0].year
    elif row.born and row.born[0].year != known.birth_year:
        birth_date, birth_year = None, row.born[0].year
    number = key_in([row.text("identity")])
    changed = number is not None and number != known.identity_id
    return PersonData(
        full_name=row.text("name") or known.full_name, sex=row.text("sex") or known.sex, birth_date=birth_date,
        birth_year=birth_year, ethnicity=row.text("ethnicity") or known.ethnicity,
        identity=_digits(row) if changed else KEEP,
        no_identity_reason="" if changed else known.no_identity_reason,
        despite_twin=row.field("identity") in work.twins,
    )  # fmt: skip


def _digits(row: Row) -> str:
    key = key_in([row.text("identity")])
    return show(SealedNumber.objects.get(pk=key)) if key else ""
