"""A form is finished: nothing stands open, the registry knows what the survey found, the class is worked out and kept.

All of it happens in one transaction or nothing of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may, may
from households.registry.actions.working import WRITE, problems_of_text
from households.registry.problems import Problem
from households.registry.state import state_on
from households.surveys.checks.seen import rows_of
from households.surveys.classification import classify_form
from households.surveys.form_models import State, SurveyForm, SurveySheet
from households.surveys.forms.carrying_out import Carrying, How, carry_out
from households.surveys.forms.differences import Difference, Way, differences
from households.surveys.forms.merging import Answers
from households.surveys.forms.persons import meant
from households.surveys.forms.refusing import check_open
from households.surveys.forms.saving import FILL, Change, held_sheet, save_answers
from households.surveys.forms.standing import Standing, standing_of
from households.surveys.forms.steps import LONGEST_REMARK
from households.surveys.refusals import SurveyRefusedError, refuse_form
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

__all__ = ["How", "finish_form", "hand_over", "may_write"]


@dataclass(frozen=True)
class Finished:
    form: SurveyForm
    differences: Sequence[Difference]


def finish_form(*, form: int, told: Mapping[str, How], by: User, at: datetime) -> Finished:
    """``told``: what happened in each difference, by its key.

    Raises SurveyRefusedError, RegistryRefusedError, PermissionDenied, SurveyForm.DoesNotExist.
    """
    with transaction.atomic(), acting(by=by, reason=_("Hoàn thành phiếu rà soát")):
        sheet = held_sheet(form)
        found = _held(form, by, at)
        stands = standing_of(found, timezone.localdate(at))
        if stands.obstacles:
            raise SurveyRefusedError(Problem(one.field, one.sentence) for one in stands.obstacles)
        changed = differences(found, sheet.answers, stands.look.on)
        told = {one.key: _settled(one, told.get(one.key)) for one in changed}
        if problems := list(_problems_of_told(changed, told, stands)):
            raise SurveyRefusedError(problems)
        _settle(found, changed, told, stands, (by, at))
        sheet = SurveySheet.objects.get(pk=form)
        classify_form(form=found, answers=sheet.answers, version=sheet.version, by=by, at=at)
        found.state, found.done_by, found.done_at = State.DONE, by, at
        found.save(update_fields=["state", "done_by", "done_at"])
    return Finished(found, changed)


def hand_over(*, form: int, remark: str, by: User, at: datetime) -> SurveyForm:
    """To whoever may write into the registry. Raises SurveyRefusedError, PermissionDenied, SurveyForm.DoesNotExist."""
    remark = remark.strip()
    if problems := list(problems_of_text("remark", remark, LONGEST_REMARK)):
        raise SurveyRefusedError(problems)
    with transaction.atomic(), acting(by=by, reason=remark or _("Chuyển phiếu cho công chức xã")):
        sheet = held_sheet(form)
        found = _held(form, by, at)
        if found.state == State.HANDED:
            raise refuse_form("", _("Phiếu này đã chuyển, đang chờ công chức xã."))
        if not sheet.version and not remark:
            message = _("Phiếu chưa nhập gì; hãy ghi vì sao chuyển, ví dụ “Cả hộ đã chuyển đi từ tháng 8”.")
            raise refuse_form("", message)
        found.state, found.remark = State.HANDED, remark
        found.save(update_fields=["state", "remark"])
    return found


def may_write(form: SurveyForm, by: User, on: date, day: date) -> bool:
    """Into the registry, where the household of the form lives."""
    return may(by, WRITE, code=form.area_code, on=form.round.area_on, day=day) or may(
        by, WRITE, code=form.area_code, on=on, day=day
    )


def _held(form: int, by: User, at: datetime) -> SurveyForm:
    rows = SurveyForm.objects.select_for_update(of=("self",)).select_related("round", "done_by")
    found = rows.get(pk=form)
    check_may(by, FILL, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
    check_open(found)
    return found


def _settled(one: Difference, how: How | None) -> How:
    """A slip is put right as of today's record, and a child is born on its day of birth: nothing is asked of these."""
    if not one.needs_day:
        return How(one.ways[0])
    return How(how.kind, one.likely_on) if how and how.kind == Way.BORN else how or How("")


def _problems_of_told(changed: Sequence[Difference], told: Mapping[str, How], stands: Standing) -> Iterator[Problem]:
    for one in changed:
        how = told[one.key]
        if how.kind not in one.ways:
            yield Problem(one.key, _("%s: hãy chọn việc đã xảy ra.") % _named(one))
        elif one.needs_day and how.on is None:
            yield Problem(one.key, _("%s: hãy ghi ngày xảy ra.") % _named(one))
        elif one.needs_day and how.on and how.on > stands.look.on:
            message = _("%(who)s: ngày %(day)s sau ngày điều tra %(on)s; phiếu ghi hộ như vào ngày điều tra.")
            told_of = {"who": _named(one), "day": format_date(how.on), "on": format_date(stands.look.on)}
            yield Problem(one.key, message % told_of)


def _named(one: Difference) -> str:
    return one.name or _("Chủ hộ, quan hệ")


def _settle(
    form: SurveyForm,
    changed: Sequence[Difference],
    told: Mapping[str, How],
    stands: Standing,
    who: tuple[User, datetime],
) -> None:
    """The registry becomes as the form is, and each row of the form names its person."""
    (by, at), on, said = who, stands.look.on, stands.content.answers
    known = meant(said, state_on(form.household_id, on).members, on)
    work = Carrying(form.household_id, rows_of(known, on), _reason(form, on), by, at, twins=stands.known.others)
    if changed:
        _check_may_write(form, changed, work, on)
        carry_out(work, changed, told)
    known |= {f"m{row}-person": [str(key)] for row, key in work.made.items()}
    _keep_persons(form, stands, known, by, at)
    if changed:
        _check_settled(form, on)


def _check_may_write(form: SurveyForm, changed: Sequence[Difference], work: Carrying, on: date) -> None:
    if not may_write(form, work.by, on, timezone.localdate(work.at)):
        message = _(
            "Phiếu khác sổ hộ ở %s điểm mà bạn không có quyền ghi biến động; hãy chuyển phiếu cho công chức xã."
        )
        raise refuse_form("", message % len(changed))


def _reason(form: SurveyForm, on: date) -> str:
    told_of = {"code": form.round.code, "household": form.household_id, "day": format_date(on)}
    return _("Kết quả rà soát %(code)s, phiếu của hộ H%(household)s, điều tra ngày %(day)s") % told_of


def _keep_persons(form: SurveyForm, stands: Standing, known: Answers, by: User, at: datetime) -> None:
    """Next year the rows are found again by the person in them."""
    said = stands.content.answers
    names = [name for name in known if name.endswith("-person") and known[name] != said.get(name)]
    changes = [Change(name, tuple(said.get(name, ())), tuple(known[name])) for name in names]
    if changes:
        save_answers(form=form.pk, key=uuid4(), base=stands.content.version, changes=changes, by=by, at=at)


def _check_settled(form: SurveyForm, on: date) -> None:
    """Something recorded for a later day, or days that do not fit each other, can leave the two apart."""
    answers = SurveySheet.objects.get(pk=form.pk).answers
    if left := differences(form, answers, on):
        told = "; ".join(f"{_named(one)}: {', '.join(one.told)}" for one in left)
        raise refuse_form("", _("Các ngày đã ghi chưa làm sổ hộ khớp với phiếu: %s.") % told)
