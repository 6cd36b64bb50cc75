"""A recognised result was wrong: a decision of its own puts it right and names the wrong one. Nothing is overwritten."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from households.criteria.queries import standard_of
from households.registry.actions.working import locked
from households.registry.codes import RecognisedClass
from households.registry.problems import Problem
from households.review.actions.deciding import cleaned, numbered_once, problems_of_number, problems_of_signing
from households.review.actions.order import check_in_order, problems_of_texts
from households.review.actions.planning import Draft, DraftLine, kind_of
from households.review.actions.recording import Signed, record
from households.review.listed import Listed, listed
from households.review.moving import moving
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.superior_models import Decision, DecisionKind, DecisionLine
from povertyportal.core.models import User
from povertyportal.vietnamese import tidy

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Correction:
    """``decision``: the wrong one; ``classes``: form → the class that is right."""

    decision: int
    classes: Mapping[int, str]
    number: str
    signer: str
    position: str
    bases: Sequence[str]
    reason: str


def correct(
    *, dossier: int, told: Correction, on: date, by: User, at: datetime, expected: int | None = None
) -> Decision:
    """What each line of the wrong decision said stays readable; from now on the new recognition counts in its place, for the
    same period. Raises ReviewRefusedError, PermissionDenied."""
    with numbered_once(), moving(dossier=dossier, move="correct", on=on, by=by, at=at, expected=expected) as work:
        check_in_order(work)
        wrong = Decision.objects.filter(pk=told.decision, dossier=work.dossier).select_related("dossier__round").first()
        if wrong is None:
            raise refuse_step("", _("Quyết định cần đính chính không thuộc hồ sơ này."))
        lines = {one.form_id: one for one in current_lines(wrong).filter(form__in=told.classes)}
        locked([one.household_id for one in lines.values()])
        rows = {one.form: one for one in listed(work.dossier, day=on, purpose=wrong.purpose)}
        if problems := list(_problems(told, wrong, lines, rows, on)):
            raise ReviewRefusedError(problems)
        draft = _draft(wrong, lines, rows, told)
        signed = Signed(
            on, tidy(told.signer), tidy(told.position), cleaned(told.bases), "", by, at, wrong, told.reason.strip()
        )
        made = record(work.dossier, draft, tidy(told.number), signed)
        work.note, work.details = told.reason.strip(), {"decision": made.pk, "corrects": wrong.pk}
    return made


def current_lines(decision: Decision) -> QuerySet[DecisionLine]:
    """Lines whose recognition nothing has put right since."""
    rows = DecisionLine.objects.filter(decision=decision, recognition__isnull=False, recognition__corrected_by=None)
    return rows.select_related("recognition", "form").order_by("place")


def _problems(
    told: Correction, wrong: Decision, lines: Mapping[int, DecisionLine], rows: Container[int], on: date
) -> Iterator[Problem]:
    if not told.classes:
        yield Problem("", _("Chưa chọn hộ nào cần đính chính."))
    for form, klass in told.classes.items():
        yield from _of_class(f"class-{form}", lines.get(form) if form in rows else None, klass)
    asked = _("Cần lý do đính chính: sai ở đâu, căn cứ nào.")
    yield from problems_of_texts({"reason": (told.reason, LONGEST_REASON)}, needed={"reason": asked})
    yield from problems_of_signing(told.signer, told.position, told.bases)
    yield from problems_of_number("number", tidy(told.number), wrong.area_code, on=on)


def _of_class(field: str, line: DecisionLine | None, klass: str) -> Iterator[Problem]:
    if line is None:
        yield Problem(field, _("Hộ này không có trong quyết định, hoặc đã được đính chính bằng quyết định sau."))
    elif klass not in RecognisedClass.values:
        yield Problem(field, _("Không có phân loại “%s”.") % klass)
    elif klass == line.klass:
        yield Problem(field, _("Hộ %s đã được công nhận như vậy, không có gì để đính chính.") % line.head)


def _draft(wrong: Decision, lines: Mapping[int, DecisionLine], rows: Mapping[int, Listed], told: Correction) -> Draft:
    """``wrong`` may be a correction itself: its purpose and period are those of the first."""
    ordered = sorted(lines.values(), key=lambda one: one.place)
    standard = standard_of(getattr(wrong.dossier.round, wrong.purpose))
    made = tuple(_line(one, rows[one.form_id], told, standard.kinds) for one in ordered)
    return Draft(DecisionKind.CORRECTION, wrong.purpose, standard.code, wrong.valid_from, wrong.valid_until, made)


def _line(line: DecisionLine, row: Listed, told: Correction, kinds: Iterable[str]) -> DraftLine:
    klass = told.classes[line.form_id]
    other = klass if klass != row.computed else ""
    right = replace(row, proposed=other, reason=told.reason.strip() if other else "")
    return DraftLine(right, klass, line.before, kind_of(right, kinds), corrects=line.recognition_id)
