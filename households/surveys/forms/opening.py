"""What stands on a form before anybody types: the household as the registry has it; and what was said the year before."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from households.criteria.questionnaire.typed import CELL
from households.registry.codes import Relation
from households.registry.models import Person
from households.registry.state import MemberState, members_on
from households.surveys.codes import CLOSING
from households.surveys.form_models import State, SurveyForm, SurveyResult, SurveySheet
from households.surveys.forms.numbers import token_of
from povertyportal.vietnamese import format_date

Answers = dict[str, list[str]]
OWN_OF_A_YEAR = frozenset({"s-day", "s-reviewer", "s-respondent", "s-note"})


@dataclass(frozen=True, slots=True)
class Content:
    """``stored``: False while nobody has saved anything; ``contested``: fields in which two wrote otherwise."""

    answers: Answers
    version: int
    stored: bool
    contested: tuple[str, ...] = ()


def content_of(form: SurveyForm) -> Content:
    """What the page shows; reads only."""
    return content_in(form, SurveySheet.objects.filter(pk=form.pk).first())


def content_in(form: SurveyForm, sheet: SurveySheet | None) -> Content:
    """As ``content_of``, where the sheet was read with its form."""
    if sheet is None:
        return Content(prefilled(form), 0, stored=False)
    return Content(sheet.answers, sheet.version, stored=True, contested=tuple(sheet.conflicts))


def prefilled(form: SurveyForm) -> Answers:
    """The roster as the registry has it now, within the round: who was born or left since the day of listing is seen to. Of a
    household that has ended since, as it was on that day; 1 query, 1 more of one that has ended."""
    last: date = form.round.days.upper - timedelta(days=1)
    own = [form.household_id]
    found = members_on(own, last)
    if not found:
        found = members_on(own, min(max(form.round.days.lower, timezone.localdate(form.listed_at)), last))
    return roster_of(found.get(form.household_id, ()))


def roster_of(members: Iterable[MemberState]) -> Answers:
    found: Answers = {}
    for index, one in enumerate(members):
        for column, text in _cells(one).items():
            if text:
                found[f"m{index}-{column}"] = [text]
    return found


def _cells(one: MemberState) -> Mapping[str, str]:
    """A relation that nobody recorded is left for the survey to ask."""
    birth = format_date(one.birth_date) if one.birth_date else str(one.birth_year or "")
    return {
        "person": str(one.person),
        "name": one.full_name,
        "birth": birth,
        "relation": "" if one.relation == Relation.UNKNOWN else one.relation,
        "sex": one.sex,
        "ethnicity": one.ethnicity,
        "identity": token_of(one.number) if one.number else "",
    }


@dataclass(frozen=True, slots=True)
class Earlier:
    """``standard``, ``klass``, ``scores``: of the standard that closed that year, and what it made of the form."""

    form: SurveyForm
    standard: str
    klass: str
    scores: Mapping[str, int | None]


def previous_form(form: SurveyForm) -> Earlier | None:
    """The household's last finished one of an earlier round; 1 query."""
    results = SurveyResult.objects.filter(form=OuterRef("pk"), purpose=CLOSING).order_by("-pk")
    rows = SurveyForm.objects.filter(household=form.household_id, state=State.DONE, round__withdrawn_at=None)
    earlier = rows.filter(round__days__startswith__lt=form.round.days.lower).select_related("round", "sheet")
    told = ("standard", "klass", "result__scores")
    found = earlier.annotate(**{f"was_{name}": Subquery(results.values(name)[:1]) for name in told})
    one = found.order_by("-round__days", "-pk").first()
    if one is None:
        return None
    standard, klass, scores = (getattr(one, f"was_{name}") for name in told)
    return Earlier(one, standard or "", klass or "", scores or {})


def previous_answers(form: SurveyForm) -> Answers:
    """Under the names of this form: rows by the person in them; {} where the household has no earlier form."""
    earlier = previous_form(form)
    return previous_of(earlier.form, content_of(form).answers) if earlier else {}


def previous_of(
    earlier: SurveyForm, answers: Mapping[str, Collection[str]], became: Mapping[int, int] | None = None
) -> Answers:
    """``became``: whoever of those who are not here now was merged into another record; 1 query at most without it."""
    sheet = getattr(earlier, "sheet", None)
    if sheet is None:
        return {}
    places = _places(sheet.answers, answers, merged_of(not_here(earlier, answers)) if became is None else became)
    found: Answers = {}
    for name, values in sheet.answers.items():
        cell = CELL.fullmatch(name)
        if cell and cell[1] in places:
            found[f"m{places[cell[1]]}-{cell[2]}"] = list(values)
        elif not cell and name not in OWN_OF_A_YEAR:
            found[name] = list(values)
    return found


def not_here(earlier: SurveyForm, answers: Mapping[str, Collection[str]]) -> set[int]:
    """Who stood on that form and is in no row of this one."""
    sheet = getattr(earlier, "sheet", None)
    return _rows_by_person(sheet.answers).keys() - _rows_by_person(answers).keys() if sheet else set()


def merged_of(persons: Collection[int]) -> dict[int, int]:
    """Record → the one it was merged into; 1 query, none for nobody."""
    rows = Person.objects.filter(pk__in=persons).exclude(merged_into=None)
    return dict(rows.values_list("pk", "merged_into_id")) if persons else {}


def _places(
    before: Mapping[str, Collection[str]], now: Mapping[str, Collection[str]], became: Mapping[int, int]
) -> dict[str, str]:
    """Row of then → row of now, of the same person, also where two records of him were merged since."""
    then, here = _rows_by_person(before), _rows_by_person(now)
    pairs = {then[key]: here.get(became.get(key, key)) for key in then}
    return {old: new for old, new in pairs.items() if new is not None}


def _rows_by_person(answers: Mapping[str, Collection[str]]) -> dict[int, str]:
    found = {}
    for name, values in answers.items():
        cell = CELL.fullmatch(name)
        if cell and cell[2] == "person" and values:
            key = next(iter(values))
            if key.isascii() and key.isdigit():
                found[int(key)] = cell[1]
    return found
