"""The one door through which anything is written on a form: what was typed, taken over, decided.

A save carries a key of its own: sent again because its answer was lost, it is answered again and stored once. Of two who
save at the same moment the second waits for the first and is merged with it, field by field.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.criteria.models import LegalStandard
from households.registry.numbers.sealed import NotANumber
from households.surveys.form_models import State, SurveyForm, SurveySave, SurveySheet
from households.surveys.forms.conflicts import Conflict, conflicts_of
from households.surveys.forms.merging import Answers, Change, Merged, Sender, merge, plain
from households.surveys.forms.numbers import is_number_field, seal_typed
from households.surveys.forms.opening import prefilled
from households.surveys.forms.refusing import check_changes, check_open, check_rows
from households.surveys.refusals import refuse_form
from povertyportal.core.history import acting
from povertyportal.core.models import User

__all__ = ["Change", "Conflict", "Saved", "held_sheet", "save_answers", "since", "standards_of"]

FILL = "surveys.fill"
UNSEEN = -1  # as a base: of a page that may show anything
BOUND = ("closing_id", "opening_id", "local_closing_id", "local_opening_id")


@dataclass(frozen=True, slots=True)
class Saved:
    """``values``: fields in which the sender's page is not up to date: tokens in place of digits, what others changed since
    its base, what stands in spite of a value that was refused. ``answers``: everything as it stands now; ``form``: as it was
    read for the save."""

    version: int
    saved_at: datetime | None
    values: Answers
    conflicts: list[Conflict]
    repeated: bool = False
    answers: Answers = field(default_factory=dict)
    form: SurveyForm | None = None


def save_answers(*, form: int, key: UUID, base: int, changes: Sequence[Change], by: User, at: datetime) -> Saved:
    """``base``: version that the page last heard of. Raises SurveyRefusedError, PermissionDenied, SurveyForm.DoesNotExist."""
    with transaction.atomic():
        sheet, is_new = _held(form)
        found = SurveyForm.objects.select_related("round", "done_by").get(pk=form)
        check_may(by, FILL, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
        earlier = SurveySave.objects.filter(key=key).first()
        if earlier is None:
            check_open(found)
        check_changes(changes, standards_of(found))
        changes = _sealed(changes)
        if earlier is not None:
            _check_same(earlier, form, by)
            return _answer(sheet, base, changes, at=earlier.at, save=earlier, form=found)
        before = sheet.version
        _write(found, sheet, key, base, changes, by=by, at=at)
        known = UNSEEN if is_new else sheet.version if base == before else base
        return _answer(sheet, known, changes, at=at, form=found)


def held_sheet(form: int) -> SurveySheet:
    """The form's content, locked until the transaction ends: whoever saves, finishes or returns the form takes this lock
    first; made with what the registry knows where nobody has saved yet. Raises SurveyForm.DoesNotExist."""
    return _held(form)[0]


def _held(form: int) -> tuple[SurveySheet, bool]:
    """The second: whether this call made it, so that no page has seen just this content."""
    rows = SurveySheet.objects.select_for_update().filter(pk=form)
    if sheet := rows.first():
        return sheet, False
    answers = prefilled(SurveyForm.objects.select_related("round").get(pk=form))
    SurveySheet.objects.bulk_create([SurveySheet(form_id=form, answers=answers)], ignore_conflicts=True)
    sheet = rows.get()
    return sheet, not sheet.version


def since(*, form: int, base: int) -> Saved:
    """What a page that last heard of ``base`` has not seen yet; reads only. Raises SurveyForm.DoesNotExist."""
    sheet = SurveySheet.objects.filter(pk=form).first()
    if sheet is None:
        SurveyForm.objects.only("pk").get(pk=form)
        return Saved(0, None, {}, [])
    return _answer(sheet, base, (), at=sheet.saved_at)


def _sealed(changes: Sequence[Change]) -> list[Change]:
    try:
        return seal_typed(changes)
    except NotANumber as refused:
        names = [change.name for change in changes if is_number_field(change.name)]
        raise refuse_form(names[0], str(refused)) from None


def _write(
    form: SurveyForm, sheet: SurveySheet, key: UUID, base: int, changes: Sequence[Change], *, by: User, at: datetime
) -> None:
    merged = merge(sheet.answers, sheet.conflicts, changes, Sender(by.pk, at.isoformat(), str(key)))
    check_rows(sheet.answers, merged.answers)
    if merged.touched:
        _store(sheet, merged, by=by, at=at)
        _begin(form, by)
    SurveySave.objects.create(
        form=form,
        key=key,
        base=base,
        version=sheet.version,
        changes=merged.changes,
        refused=merged.refused,
        by=by,
        at=at,
    )


def _store(sheet: SurveySheet, merged: Merged, *, by: User, at: datetime) -> None:
    sheet.answers, sheet.conflicts = merged.answers, merged.conflicts
    sheet.version += 1
    sheet.saved_by, sheet.saved_at = by, at
    sheet.save(update_fields=["answers", "conflicts", "version", "saved_by", "saved_at"])


def _begin(form: SurveyForm, by: User) -> None:
    if form.state in (State.WAITING, State.RETURNED):
        with acting(by=by, reason=_("Nhập phiếu rà soát")):
            form.state = State.TYPING
            form.save(update_fields=["state"])


def _check_same(earlier: SurveySave, form: int, by: User) -> None:
    if (earlier.form_id, earlier.by_id) != (form, by.pk):
        raise refuse_form("", _("Lần lưu này mang khóa của một lần lưu khác; hãy tải lại trang."))


def _answer(
    sheet: SurveySheet,
    base: int,
    changes: Sequence[Change],
    *,
    at: datetime | None,
    save: SurveySave | None = None,
    form: SurveyForm | None = None,
) -> Saved:
    """``save``: an earlier one that came again."""
    sent = {change.name: plain(change.after) for change in changes}
    values = {name: _now(sheet, name) for name in _news(sheet, base, save)}
    values = {name: now for name, now in values.items() if sent.get(name) != now}
    values |= {name: now for name in sent if (now := _now(sheet, name)) != sent[name] or is_number_field(name)}
    return Saved(sheet.version, at, values, conflicts_of(sheet), save is not None, sheet.answers, form)


def _now(sheet: SurveySheet, name: str) -> list[str]:
    return plain(sheet.answers.get(name, ()))


def _news(sheet: SurveySheet, base: int, save: SurveySave | None) -> set[str]:
    """Names of what others wrote since. A base that was never reached is of a page from before the database was restored."""
    if base == UNSEEN or base > sheet.version:
        return set(sheet.answers)
    if base == sheet.version:
        return set()
    rows = SurveySave.objects.filter(form=sheet.pk, version__gt=base).exclude(pk=save.pk if save else 0)
    listed: list[list[dict[str, Any]]] = list(rows.values_list("changes", flat=True))
    return {str(change["name"]) for changes in listed for change in changes}


def standards_of(form: SurveyForm) -> list[str]:
    """Codes of those bound to its round."""
    return [_code(key) for name in BOUND if (key := getattr(form.round, name))]


@lru_cache(maxsize=256)
def _code(standard: int) -> str:
    return LegalStandard.objects.values_list("code", flat=True).get(pk=standard)
