"""What a form's answers come to, by each standard of its round: looked at while they are typed, kept when it is finished."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.criteria.engine.scoring import STOP
from households.criteria.questionnaire.answers import answers_of, field_of
from households.criteria.questionnaire.filling import worded
from households.criteria.questionnaire.outcomes import Outcome, Setting, outcomes_despite_faults
from households.criteria.questionnaire.sheet import MOST_ROWS, Sheet, Way
from households.criteria.questionnaire.typed import Typed
from households.surveys.form_models import SurveyForm, SurveyResult
from households.surveys.refusals import refuse_form
from households.surveys.sheets.asked import Names, survey_sheet
from households.surveys.sheets.bound import Bound, bound_standards, on_ground
from households.surveys.sheets.ground import Ground, ground_of
from households.surveys.sheets.own import check_own, day_typed
from povertyportal.core.models import User

Answers = Mapping[str, Sequence[str]]
MEMBERS = "members"
NOT_ASKED = gettext_lazy(
    "Câu trả lời của Phiếu B, phiếu này không hỏi: thu nhập từ chuẩn nghèo trở xuống thì rà soát hộ bằng Phiếu B."
)


@dataclass(frozen=True, slots=True)
class Unanswered:
    """``field``: where to answer, "" where this form does not ask it; ``decides``: a class still hangs on it."""

    field: str
    text: str
    decides: bool


@dataclass(frozen=True, slots=True)
class Look:
    """``on``: the day ages are counted to; ``typed`` holds only answers to questions of ``sheet``, and their faults as the
    engine words them; ``faults``: the same as they stand at a field. In ``outcomes`` and ``missing`` a field with a fault is
    not answered: what hangs on it is open, the rest is told, and nothing of it is kept until it is put right."""

    form: SurveyForm
    sheet: Sheet
    typed: Typed
    on: date
    ground: Ground
    bounds: tuple[Bound, ...]
    outcomes: tuple[tuple[str, Outcome], ...]
    missing: tuple[Unanswered, ...]
    faults: dict[str, list[str]]

    @property
    def stopped(self) -> bool:
        """Phiếu A says of every standard that the household is not surveyed further."""
        gates = [one.told.result.gate if one.told else None for _purpose, one in self.outcomes]
        return bool(gates) and set(gates) == {STOP}

    def outcome(self, purpose: str) -> Outcome | None:
        return dict(self.outcomes).get(purpose)


def look(form: SurveyForm, answers: Answers) -> Look:
    """Writes nothing; 2 queries, 1 more where the form's round is not at hand."""
    return look_at(form, answers, ground_of(form), bound_standards(form.round, survey_day(form, answers)))


def survey_day(form: SurveyForm, answers: Answers) -> date:
    """As written on the form, else the round's first day."""
    first_day: date = form.round.days.lower
    return day_typed(Typed(answers), form.round.year) or first_day


def look_at(form: SurveyForm, answers: Answers, ground: Ground, bounds: Sequence[Bound]) -> Look:
    """The same where area and standards are at hand; no query. ``bounds``: of the form's survey day."""
    on, fitted = survey_day(form, answers), on_ground(bounds, ground)
    sheet = survey_sheet(form, ground, fitted)
    typed = Typed(dict(Names(sheet).of(answers)))
    day_typed(typed, form.round.year)
    check_own(sheet.blocks, typed)
    outcomes = tuple(_outcomes(fitted, ground, on, typed))
    faults = {name: worded(sentences) for name, sentences in typed.faults.items()}
    return Look(form, sheet, typed, on, ground, fitted, outcomes, tuple(_missing(sheet, typed, outcomes)), faults)


def _outcomes(bounds: Sequence[Bound], ground: Ground, on: date, typed: Typed) -> Iterator[tuple[str, Outcome]]:
    problem = _problem(ground, typed)
    standards = [one.applied for one in bounds]
    setting = Setting(on, ground.area_type, ground.variant, Way.FULL)
    none = [Outcome(one, None, problem) for one in standards]
    found = none if problem else outcomes_despite_faults(standards, setting, typed)
    return zip((one.purpose for one in bounds), found, strict=True)


def _problem(ground: Ground, typed: Typed) -> str:
    """Why nothing can be worked out whatever the standard."""
    if not ground.known:
        return ground.told
    rows = len(typed.filled_indexes())
    if rows > MOST_ROWS:
        return _("Danh sách có %(rows)s người; một hộ nhiều nhất %(most)s.") % {"rows": rows, "most": MOST_ROWS}
    return "" if rows else _("Chưa có thành viên nào trong danh sách.")


def _missing(sheet: Sheet, typed: Typed, outcomes: Iterable[tuple[str, Outcome]]) -> Iterator[Unanswered]:
    """Each field once, in the order in which the standards ask; it decides if it does for one of them."""
    if not typed.filled_indexes():
        yield Unanswered(MEMBERS, _("Danh sách thành viên"), decides=True)
    names, found = Names(sheet), dict[str, Unanswered]()
    for _purpose, outcome in outcomes:
        if outcome.told is None:
            continue
        is_open = outcome.told.result.klass is None
        for one in outcome.told.missing:
            field = field_of(one.where, outcome.applied, typed)
            field = field if field in names else next((x for x in names.plain if x.startswith(f"{field}-")), "")
            known = found.get(field or one.text)
            decides = is_open or (known is not None and known.decides)
            found[field or one.text] = Unanswered(field, one.text, decides)
    asked = [one for one in found.values() if one.field]
    yield from asked
    if len(asked) < len(found) and any(one.decides for one in found.values() if not one.field):
        yield Unanswered("", str(NOT_ASKED), decides=True)


def engine_answers(form: SurveyForm, answers: Answers, bound: Bound) -> dict[str, Any]:
    """As docs/classify.schema.json has them; a field with a fault is left out."""
    return answers_seen(look(form, answers), bound)


def answers_seen(seen: Look, bound: Bound) -> dict[str, Any]:
    """What the engine was given of a form looked at."""
    return answers_of(Way.FULL, bound.applied, seen.typed.without(seen.faults))


def classify_form(*, form: SurveyForm, answers: Answers, version: int, by: User, at: datetime) -> list[SurveyResult]:
    """Keeps what each standard comes to, in the transaction of the caller. A standard that knows no line for the day gives
    nothing; a fault in the answers raises SurveyRefusedError."""
    seen = look(form, answers)
    if seen.faults:
        raise refuse_form("", _("Còn %s ô cần sửa, chưa phân loại được.") % len(seen.faults))
    return SurveyResult.objects.bulk_create(results_of(seen, version=version, by=by, at=at))


def results_of(seen: Look, *, version: int, by: User, at: datetime) -> list[SurveyResult]:
    """Unsaved."""
    told = [(purpose, one.applied, one.told.result) for purpose, one in seen.outcomes if one.told]
    return [
        SurveyResult(
            form=seen.form, purpose=purpose, standard=result.standard, digest=result.digest,
            table_digest=applied.table.digest if applied.table else "", area_type=seen.ground.area_type,
            variant=seen.ground.variant, on=seen.on, version=version, klass=result.klass or "",
            result=result.to_json(), by=by, at=at,
        )
        for purpose, applied, result in told
    ]  # fmt: skip
