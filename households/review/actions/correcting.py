"""A recognised result was wrong: a decision of its own puts it right and names the wrong one. Nothing is overwritten.

It changes a household's class or the persons of a list of workers, writes a name anew that was put right in the registry, and
takes up who was forgotten.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from households.criteria.queries import standard_of
from households.registry.actions.working import locked
from households.registry.codes import RecognisedClass
from households.registry.problems import Problem
from households.review.actions.deciding import cleaned, numbered_once, problems_of_number, problems_of_signing
from households.review.actions.order import check_in_order, problems_of_texts
from households.review.actions.planning import Draft, DraftLine, kind_of
from households.review.actions.recording import Signed, hold_households, record
from households.review.actions.workers import Persons, problems_of_workers
from households.review.listed import Listed, listed
from households.review.moving import moving
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.superior_models import Decision, DecisionKind, DecisionLine
from povertyportal.core.models import User
from povertyportal.vietnamese import tidy

LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Correction:
    """``decision``: the wrong one; ``classes``: form → the class that is right; ``workers``: of a list of workers, form → the
    persons that are, nobody where the household does not belong there."""

    decision: int
    classes: Mapping[int, str]
    number: str
    signer: str
    position: str
    bases: Sequence[str]
    reason: str
    workers: Persons = field(default_factory=dict)

    @property
    def forms(self) -> set[int]:
        return {*self.classes, *self.workers}


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
        lines = {one.form_id: one for one in current_lines(wrong).filter(form__in=told.forms)}
        rows = {one.form: one for one in listed(work.dossier, day=on, purpose=wrong.purpose)}
        missed = {one.form: one for one in forgotten(wrong, rows.values()) if one.form in told.forms}
        names = renamed(listed(work.dossier, day=wrong.decided_on, purpose=wrong.purpose), lines.values())
        if problems := list(_problems(told, wrong, _Known(lines, missed, names), on)):
            raise ReviewRefusedError(problems)
        draft = _draft(wrong, [*_put_right(told, lines, rows), *_taken_up(told, missed)])
        locked([one.row.household for one in draft.lines])
        hold_households([replace(draft, lines=tuple(one for one in draft.lines if one.row.form in missed))])
        if problems := list(problems_of_workers(_persons(draft), on, none_is_right=True)):
            raise ReviewRefusedError(problems)
        signed = Signed(
            on, tidy(told.signer), tidy(told.position), cleaned(told.bases), "", by, at, wrong, told.reason.strip()
        )
        made = record(work.dossier, draft, tidy(told.number), signed)
        work.note, work.details = told.reason.strip(), {"decision": made.pk, "corrects": wrong.pk}
    return made


def current_lines(decision: Decision) -> QuerySet[DecisionLine]:
    """Lines that nothing has put right since."""
    newer = DecisionLine.objects.filter(decision__corrects=decision)
    rows = DecisionLine.objects.filter(decision=decision).exclude(form__in=newer.values("form"))
    held = rows.filter(Q(recognition=None) | Q(recognition__corrected_by=None))
    return held.select_related("recognition", "form").order_by("place")


def forgotten(decision: Decision, rows: Iterable[Listed]) -> list[Listed]:
    """Of the dossier's households those that were surveyed and stand in no decision by this standard; 1 query."""
    known = DecisionLine.objects.filter(decision__dossier=decision.dossier_id, decision__purpose=decision.purpose)
    forms = set(known.values_list("form", flat=True))
    return [one for one in rows if one.assessed and one.form not in forms]


def renamed(rows: Iterable[Listed], lines: Iterable[DecisionLine]) -> dict[int, str]:
    """Form → the head's name where the decision wrote it otherwise. ``rows``: as of the decision's day."""
    written = {one.form_id: one.head for one in lines}
    return {one.form: one.head for one in rows if one.head and one.head != written.get(one.form, one.head)}


def first_of(decision: Decision) -> Decision:
    """Of a chain of corrections the decision that it begins with."""
    while decision.corrects is not None:
        decision = decision.corrects
    return decision


def of_workers(decision: Decision) -> bool:
    return first_of(decision).kind == DecisionKind.WORKER


class _Known(NamedTuple):
    """By form: lines of the wrong decision, households that it forgot, heads that it wrote wrongly."""

    lines: Mapping[int, DecisionLine]
    missed: Mapping[int, Listed]
    names: Mapping[int, str]


def _problems(told: Correction, wrong: Decision, known: _Known, on: date) -> Iterator[Problem]:
    if not told.forms:
        yield Problem("", _("Chưa chọn hộ nào cần đính chính."))
    if told.forms and (bool(told.workers), bool(told.classes)) != (of_workers(wrong), not of_workers(wrong)):
        yield Problem(
            "", _("Danh sách người lao động đính chính theo người, các danh sách khác theo phân loại của hộ.")
        )
    for form, klass in told.classes.items():
        yield from _of_class(form, klass, known)
    for form in told.workers.keys() - known.lines.keys() - known.missed.keys():
        yield Problem(f"worker-{form}", _("Hộ này không thuộc hồ sơ, hoặc đã được đính chính bằng quyết định sau."))
    asked = _("Cần lý do đính chính: sai ở đâu, căn cứ nào.")
    yield from problems_of_texts({"reason": (told.reason, LONGEST_REASON)}, needed={"reason": asked})
    yield from problems_of_signing(told.signer, told.position, told.bases)
    yield from problems_of_number("number", tidy(told.number), wrong.area_code, on=on)


def _of_class(form: int, klass: str, known: _Known) -> Iterator[Problem]:
    name, line = f"class-{form}", known.lines.get(form)
    if line is None and form not in known.missed:
        yield Problem(name, _("Hộ này không có trong quyết định, hoặc đã được đính chính bằng quyết định sau."))
    elif klass not in RecognisedClass.values:
        yield Problem(name, _("Không có phân loại “%s”.") % klass)
    elif line is not None and klass == line.klass and form not in known.names:
        yield Problem(name, _("Hộ %s đã được công nhận như vậy, không có gì để đính chính.") % line.head)


def _draft(wrong: Decision, lines: Iterable[DraftLine]) -> Draft:
    """``wrong`` may be a correction itself: its purpose and period are those of the first."""
    standard = standard_of(getattr(wrong.dossier.round, wrong.purpose))
    kinds = standard.kinds
    made = tuple(replace(one, kind=kind_of(one.row, kinds)) for one in lines)
    return Draft(DecisionKind.CORRECTION, wrong.purpose, standard.code, wrong.valid_from, wrong.valid_until, made)


def _persons(draft: Draft) -> list[DraftLine]:
    return [one for one in draft.lines if not one.klass]


def _put_right(told: Correction, lines: Mapping[int, DecisionLine], rows: Mapping[int, Listed]) -> Iterator[DraftLine]:
    """``before``: what the wrong one said, which the paper sets beside the right one."""
    for line in sorted(lines.values(), key=lambda one: one.place):
        form = line.form_id
        row, klass = _told(rows[form], told), told.classes.get(form, "")
        yield DraftLine(row, klass, line.klass, corrects=line.recognition_id, workers=_chosen(told, form))


def _taken_up(told: Correction, missed: Mapping[int, Listed]) -> Iterator[DraftLine]:
    for form, row in missed.items():
        yield DraftLine(_told(row, told), told.classes.get(form, ""), "", workers=_chosen(told, form))


def _chosen(told: Correction, form: int) -> tuple[int, ...]:
    return tuple(told.workers.get(form, ()))


def _told(row: Listed, told: Correction) -> Listed:
    """Where it is not the computed class the correction's reason is the reason."""
    klass = told.classes.get(row.form, "")
    other = klass if klass != row.computed else ""
    return replace(row, proposed=other, reason=told.reason.strip() if other else "")
