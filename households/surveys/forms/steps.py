"""What is done with a form besides filling it: given to somebody, taken up, sent back, dropped."""

from collections.abc import Collection, Iterator
from datetime import date, datetime
from enum import Enum
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may, scope_of
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.surveys.form_models import OPEN_STATES, State, SurveyForm
from households.surveys.forms.listing import LIST, last_day
from households.surveys.forms.returning import check_may_go_back
from households.surveys.forms.saving import FILL, held_sheet
from households.surveys.refusals import SurveyRefusedError, refuse_form
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date

RETURN = "surveys.return"
LONGEST_REMARK = 400


class Keep(Enum):
    AS_IT_IS = "as it is"


KEEP: Final = Keep.AS_IT_IS


def assign(
    *, forms: Collection[int], to: User | Keep | None = KEEP, due: date | Keep | None = KEEP, by: User, at: datetime
) -> int:
    """How many changed; all or none. ``to`` None: whoever takes it up; ``due`` None: the round's last day.

    Raises SurveyRefusedError, PermissionDenied.
    """
    today = timezone.localdate(at)
    with transaction.atomic(), acting(by=by, reason=_("Giao phiếu rà soát")):
        found = _held(forms)
        if problems := list(_problems_of_assigning(found, to, due, by, today)):
            raise SurveyRefusedError(problems)
        changed = [form for form in found if _given(form, to, due)]
        SurveyForm.objects.bulk_update(changed, ["assigned_to", "due"], batch_size=1000)
    return len(changed)


def take_up(*, form: int, by: User, at: datetime) -> SurveyForm:
    """A form that is nobody's becomes this person's. Raises SurveyRefusedError, PermissionDenied."""
    with transaction.atomic(), acting(by=by, reason=_("Nhận phiếu để nhập")):
        found = _one(form)
        check_may(by, FILL, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
        _check_open(found)
        if found.assigned_to_id == by.pk:
            return found
        if found.assigned_to is not None:
            message = _("Phiếu này đang giao cho %s; muốn nhận thì nhờ công chức xã giao lại.")
            raise refuse_form("", message % found.assigned_to)
        found.assigned_to = by
        found.save(update_fields=["assigned_to"])
    return found


def return_form(*, form: int, remark: str, by: User, at: datetime) -> SurveyForm:
    """A finished form, or one handed over, goes back to whoever filled it. Raises SurveyRefusedError, PermissionDenied."""
    _check_remark(
        remark, _("Cần nói vì sao trả lại và phải sửa gì, ví dụ “Bà Sầm Thị Nhình đã mất, còn ghi trong hộ”.")
    )
    with transaction.atomic(), acting(by=by, reason=_("Trả lại phiếu: %s") % remark.strip()):
        found = _alone_with(form)
        check_may(by, RETURN, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
        _check_not_withdrawn(found)
        if found.state not in (State.DONE, State.HANDED):
            message = _("Chỉ trả lại phiếu đã xong hoặc đang chờ công chức xã; phiếu này %s.")
            raise refuse_form("", message % found.get_state_display())
        check_may_go_back(found)
        found.state, found.remark, found.returned_by, found.returned_at = State.RETURNED, remark.strip(), by, at
        found.assigned_to = found.assigned_to or found.done_by
        found.done_by = found.done_at = None
        found.save()
    return found


def drop_form(*, form: int, remark: str, by: User, at: datetime) -> SurveyForm:
    """The household is not reviewed after all; the form and what was typed stay. Raises as ``return_form``."""
    _check_remark(remark, _("Cần nói vì sao không rà soát, ví dụ “Cả hộ đã chuyển vào Bình Dương từ tháng 8”."))
    with transaction.atomic(), acting(by=by, reason=_("Không rà soát: %s") % remark.strip()):
        found = _alone_with(form)
        check_may(by, LIST, code=found.area_code, on=found.round.area_on, day=timezone.localdate(at))
        _check_open(found)
        found.state, found.remark = State.DROPPED, remark.strip()
        found.save(update_fields=["state", "remark"])
    return found


def _held(keys: Collection[int]) -> list[SurveyForm]:
    """Of two who act at once the second waits here and sees what the first wrote. Raises SurveyRefusedError."""
    rows = SurveyForm.objects.select_for_update(of=("self",)).select_related("round").filter(pk__in=keys)
    found = list(rows.order_by("pk"))
    if not keys or len(found) != len(set(keys)):
        raise refuse_form("forms", _("Chưa chọn phiếu nào, hoặc có phiếu không còn."))
    return found


def _alone_with(key: int) -> SurveyForm:
    """Whoever saves meanwhile waits, and then sees the new state."""
    try:
        held_sheet(key)
    except SurveyForm.DoesNotExist as missing:
        raise refuse_form("", _("Không có phiếu này.")) from missing
    return _one(key)


def _one(key: int) -> SurveyForm:
    rows = SurveyForm.objects.select_for_update(of=("self",)).select_related("round", "assigned_to", "done_by")
    found = rows.filter(pk=key).first()
    if found is None:
        raise refuse_form("", _("Không có phiếu này."))
    return found


def _given(form: SurveyForm, to: User | Keep | None, due: date | Keep | None) -> bool:
    before = form.assigned_to_id, form.due
    if not isinstance(to, Keep):
        form.assigned_to = to
    if not isinstance(due, Keep):
        form.due = due
    return before != (form.assigned_to_id, form.due)


def _problems_of_assigning(
    forms: Collection[SurveyForm], to: User | Keep | None, due: date | Keep | None, by: User, today: date
) -> Iterator[Problem]:
    """Raises PermissionDenied."""
    allowed = scope_of(by, LIST, day=today)
    for form in forms:
        if not allowed.covers(form.area_code, on=form.round.area_on):
            check_may(by, LIST, code=form.area_code, on=form.round.area_on, day=today)
    if not isinstance(to, Keep) and to is not None:
        theirs = scope_of(to, FILL, day=today)
        if outside := [form for form in forms if not theirs.covers(form.area_code, on=form.round.area_on)]:
            told = {"who": to, "count": len(outside)}
            yield Problem("to", _("%(who)s không có quyền nhập phiếu ở địa bàn của %(count)s phiếu đã chọn.") % told)
    if isinstance(due, date) and due < today:
        yield Problem("due", _("Hạn %s đã qua; hãy chọn hôm nay hoặc ngày sau.") % format_date(due))
    for round in {form.round for form in forms}:
        if isinstance(due, date) and today <= last_day(round) < due:
            yield Problem("due", _("Hạn phải trước hoặc đúng ngày hết đợt, %s.") % format_date(last_day(round)))
        if round.withdrawn_at:
            yield Problem("forms", _("Đợt %s đã rút.") % round.code)
    if closed := [form for form in forms if form.state not in OPEN_STATES]:
        yield Problem("forms", _("%s phiếu đã chọn đã xong hoặc không rà soát: không giao lại được.") % len(closed))


def _check_open(form: SurveyForm) -> None:
    _check_not_withdrawn(form)
    if form.state == State.DONE:
        raise refuse_form("", _("Phiếu này đã xong; muốn làm lại thì phải được trả lại."))
    if form.state == State.DROPPED:
        raise refuse_form("", _("Hộ này đã ghi là không rà soát: %s") % form.remark)


def _check_not_withdrawn(form: SurveyForm) -> None:
    if form.round.withdrawn_at:
        raise refuse_form("", _("Đợt %s đã rút.") % form.round.code)


def _check_remark(remark: str, asked: str) -> None:
    problems = list(problems_of_text("remark", remark, LONGEST_REMARK))
    if not remark.strip():
        problems.append(Problem("remark", asked))
    if problems:
        raise SurveyRefusedError(problems)
