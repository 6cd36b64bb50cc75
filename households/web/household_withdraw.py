"""The page on which a mistaken event of a household is withdrawn: what it was, what will be again, and why."""

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from households.registry.actions.taking_back import withdraw_event
from households.registry.models import HouseholdEvent
from households.registry.problems import RegistryRefusedError
from households.registry.state import state_on, version_of
from households.registry.visible import WRITE, Seen
from households.registry.withdrawing.acts import act_of
from households.web.household_again import again_url
from households.web.household_events import told, withdraw_url
from households.web.household_forms import Desk, HouseholdForm
from households.web.household_heads import head_of
from households.web.household_tasks import answer, check_counts, try_out
from households.web.household_tasks_known import Task
from povertyportal.core.clock import today
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of

TEMPLATE = "households/household_withdraw.html"


class WithdrawForm(HouseholdForm):
    def __init__(self, data: Any, *, event: HouseholdEvent, households: list[int], **options: Any) -> None:
        self.event, self._households = event, households
        super().__init__(data, **options)

    def prepare(self) -> None:
        del self.fields["on"]
        self.fields["reason"].label = gettext_lazy("Vì sao bỏ")
        self.fields["reason"].help_text = gettext_lazy(
            "Nhầm ở đâu, ai báo, ví dụ: ghi nhầm người, theo trích lục khai tử số 12/2026."
        )

    @property
    def touched(self) -> list[int]:
        return self._households

    @property
    def effective(self) -> date:
        return self.event.on

    def act(self, *, by: User, at: datetime) -> int:
        data = getattr(self, "cleaned_data", {"reason": _("xem trước"), "version": ""})
        row = withdraw_event(event=self.event.pk, reason=data["reason"], by=by, at=at, expected=data["version"])
        return row.pk


TASK = Task(
    gettext_lazy("Bỏ sự kiện ghi nhầm"),
    "",
    gettext_lazy(
        "Dùng khi việc này không xảy ra, ghi nhầm người hoặc sai ngày. Hồ sơ từ ngày ấy trở lại như các việc còn lại đã ghi; "
        "các ngày trước không đổi. Sự kiện vẫn còn trong biến động của hộ, gạch ngang, cùng tên bạn và lý do."
    ),
    gettext_lazy("Bỏ sự kiện này"),
    WithdrawForm,
    preview=False,
)


@require_http_methods(["GET", "POST"])
def event_withdraw(request: HttpRequest, household: int, event: int) -> HttpResponse:
    """An event that another one of the same act speaks for leads to that one's page."""
    head = head_of(household, None, account_of(request), also=[WRITE])
    check_counts(head)
    row = _event(household, event, head.seen_with[WRITE])
    done = getattr(row, "withdrawn_by", None)
    act = act_of(row)
    if act.main.pk != row.pk:
        return redirect(withdraw_url(act.main))
    context: dict[str, Any] = {
        "task": TASK,
        "head": head,
        "happened": told([row])[0],
        "done": done,
        "again": again_url(row),
    }
    if done is not None:
        return render(request, TEMPLATE, context)
    form = _form(request, row, [*act.households, *([act.founded] if act.founded else [])])
    try:
        context["outcome"] = try_out(form)
    except RegistryRefusedError as refused:
        context["refused"] = [problem.message for problem in refused.problems]
        return render(request, TEMPLATE, context)
    return answer(request, template=TEMPLATE, shown=withdraw_url(row), form=form, **context)


def _event(household: int, key: int, seen: Seen) -> HouseholdEvent:
    """Raises Http404, and PermissionDenied for whoever may not write where the household lived on the day or the day before."""
    rows = HouseholdEvent.objects.select_related("person", "by", "other", "part_of", "withdrawn_by__by")
    row = rows.filter(pk=key, household=household).first()
    if row is None:
        raise Http404(_("Hộ này không có sự kiện ấy."))
    if not (seen.on(row.on) or seen.on(row.on - timedelta(days=1))):
        raise PermissionDenied(_("Ngày của sự kiện này hộ không ở trong địa bàn bạn được ghi."))
    return row


def _form(request: HttpRequest, row: HouseholdEvent, households: list[int]) -> WithdrawForm:
    desk = Desk(account_of(request), today(), state_on(row.household_id, row.on), None)
    version = version_of(row.household_id)
    return WithdrawForm(request.POST or None, desk=desk, version=version, event=row, households=households)
