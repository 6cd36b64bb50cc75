"""Where the roster of a form and the registry differ: what the survey found out about the people of a household."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.translation import gettext as _

from households.registry.codes import Relation, Sex
from households.registry.ethnicities import name_of
from households.registry.state import MemberState, members_on
from households.surveys.checks.seen import Row, rows_of
from households.surveys.form_models import SurveyForm
from households.surveys.forms.numbers import token_of
from households.surveys.forms.persons import meant
from povertyportal.vietnamese import format_date

Answers = Mapping[str, Sequence[str]]


class What(StrEnum):
    GONE = "gone"
    NEW = "new"
    CORRECTED = "corrected"
    RELATIONS = "relations"


class Way(StrEnum):
    DIED = "died"
    LEFT = "left"
    BORN = "born"
    JOINED = "joined"
    CORRECTED = "corrected"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Difference:
    """``key``: "gone:17" and "corrected:17" by person, "new:3" by row, "relations". ``ways``: of what may have happened,
    the likeliest first; ``likely_on``: a day that the form itself gives. ``field``: where on the form."""

    key: str
    what: What
    name: str
    told: tuple[str, ...]
    ways: tuple[Way, ...]
    field: str = ""
    person: int | None = None
    row: Row | None = None
    likely_on: date | None = None

    @property
    def needs_day(self) -> bool:
        return self.what is not What.CORRECTED


@dataclass(frozen=True, slots=True)
class _State:
    """Of the household in the registry on the day."""

    day: date
    started: date
    members: Sequence[MemberState]

    @property
    def head(self) -> MemberState | None:
        return next((one for one in self.members if one.relation == Relation.HEAD), None)


def differences(
    form: SurveyForm, answers: Answers, on: date, members: Sequence[MemberState] | None = None
) -> list[Difference]:
    """Between the roster and the registry on the day; ``members``: on that day, where they are at hand. 2 queries at most, 1
    more where a row names somebody who is no member."""
    own = members_on([form.household_id], on).get(form.household_id, ()) if members is None else members
    state = _State(on, form.household.validity.lower, own)
    rows = rows_of(meant(answers, own, on), on)
    return [*_gone(state, rows), *_new(state, rows), *_corrected(state, rows), *_relations(state, rows)]


def _gone(state: _State, rows: Sequence[Row]) -> Iterator[Difference]:
    here = {row.person for row in rows}
    for one in state.members:
        if one.person not in here:
            told_of = {"born": _birth_words(one) or _("chưa ghi"), "since": format_date(one.since)}
            since = _("Sổ có người này (sinh %(born)s) từ ngày %(since)s, phiếu không có.") % told_of
            ways = (Way.DIED, Way.LEFT)
            yield Difference(f"gone:{one.person}", What.GONE, one.full_name, (since,), ways, person=one.person)


def _new(state: _State, rows: Sequence[Row]) -> Iterator[Difference]:
    members = {one.person for one in state.members}
    for row in rows:
        if row.person is None or row.person not in members:
            told = (_("Phiếu có người này (%s), sổ chưa có.") % row.age_words,)
            ways, born = _ways_in(state, row)
            yield Difference(
                f"new:{row.index}", What.NEW, row.called, told, ways, row.field("name"), row.person, row, born
            )


def _ways_in(state: _State, row: Row) -> tuple[tuple[Way, ...], date | None]:
    """Born into it only who is new to the portal and whose day of birth is known, since there is a household."""
    if row.person is None and row.born and row.born[0] == row.born[1]:
        born = row.born[0]
        if state.started <= born <= state.day:
            return ((Way.BORN, Way.JOINED) if row.under(2) else (Way.JOINED, Way.BORN)), born
    return (Way.JOINED,), None


def _corrected(state: _State, rows: Sequence[Row]) -> Iterator[Difference]:
    members = {one.person: one for one in state.members}
    known = [row for row in rows if row.person in members]
    for row in known:
        one = members[row.person or 0]
        told = tuple(_told_of(one, row))
        if told:
            yield Difference(
                f"corrected:{one.person}", What.CORRECTED, one.full_name, told, (Way.CORRECTED,), row.field("name"),
                one.person, row,
            )  # fmt: skip


def _told_of(one: MemberState, row: Row) -> Iterator[str]:
    """What is left empty on the form corrects nothing."""
    if row.text("name") and row.text("name") != one.full_name:
        yield _arrow(_("Họ tên"), one.full_name, row.text("name"))
    if row.born and not _same_birth(one, row.born):
        yield _arrow(_("Ngày sinh"), _birth_words(one), row.text("birth"))
    if row.text("sex") and row.text("sex") != one.sex:
        yield _arrow(_("Giới tính"), _sex(one.sex), _sex(row.text("sex")))
    if row.text("ethnicity") and row.text("ethnicity") != one.ethnicity:
        yield _arrow(_("Dân tộc"), name_of(one.ethnicity), name_of(row.text("ethnicity")))
    if row.text("identity") and row.text("identity") != (token_of(one.number) if one.number else ""):
        yield _("Số định danh: sửa theo phiếu") if one.number else _("Số định danh: ghi thêm theo phiếu")


def _arrow(what: str, before: str, now: str) -> str:
    return f"{what}: {before or _('chưa ghi')} → {now}"


def _same_birth(one: MemberState, born: tuple[date, date]) -> bool:
    """A year alone does not correct the day of that year."""
    if born[0] == born[1]:
        return one.birth_date == born[0]
    return one.birth_year == born[0].year


def _birth_words(one: MemberState) -> str:
    return format_date(one.birth_date) if one.birth_date else str(one.birth_year or "")


def _sex(sex: str) -> str:
    return str(Sex(sex).label) if sex in Sex.values else sex


def _relations(state: _State, rows: Sequence[Row]) -> Iterator[Difference]:
    """Another head, or other relations to the same. Where the head is gone this goes with his death or leaving."""
    members = {one.person: one for one in state.members}
    here = {row.person for row in rows}
    if state.head is not None and state.head.person not in here:
        return
    told = [_relation_told(members[row.person], row) for row in rows if row.person in members]
    changed = [text for text in told if text]
    newcomers = [row for row in rows if row.relation == Relation.HEAD and row.person not in members]
    changed += [_("Chủ hộ mới: %s") % row.called for row in newcomers]
    if changed:
        yield Difference("relations", What.RELATIONS, "", tuple(changed), (Way.CHANGED,))


def _relation_told(one: MemberState, row: Row) -> str:
    if not row.relation or row.relation in (one.relation, Relation.UNKNOWN) or row.relation not in Relation.values:
        return ""
    return _arrow(one.full_name, str(Relation(one.relation).label), str(Relation(row.relation).label))
