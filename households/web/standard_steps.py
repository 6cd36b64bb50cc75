"""Steps of a standard that a second person decides: put in force, withdraw, record that it was compared with the text."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from households.access.standards import (
    Step,
    check_may_propose,
    place_of,
    propose_check,
    propose_step,
    standard_problems,
)
from households.criteria.models import LegalStandard, State
from households.criteria.publishing import PublishingRefusedError, withdraw_standard
from households.web.standards import row_asked
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import LONGEST_REASON, ProposalRefusedError


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": gettext_lazy("Hãy điền mục này: người duyệt và người đọc sau này cần biết."),
            "max_length": gettext_lazy("Dài quá 1.000 ký tự; hãy viết gọn lại."),
        },
    )

    def __init__(self, data: object, label: str | Promise, help_text: str | Promise) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # Django takes None and QueryDict alike
        self.label_suffix = ""
        self.fields["reason"].label, self.fields["reason"].help_text = str(label), str(help_text)


@dataclass(frozen=True, slots=True)
class Task:
    """``needs``: the states from which it can be asked."""

    slug: str
    title: str | Promise
    text: str | Promise
    label: str | Promise
    help: str | Promise
    button: str | Promise
    needs: frozenset[str]


TASKS = {
    task.slug: task
    for task in (
        Task(
            "publish",
            gettext_lazy("Đề nghị áp dụng"),
            gettext_lazy(
                "Khi người khác duyệt, chuẩn được áp dụng trong các năm đã ghi và không ai sửa được nội dung nữa."
            ),
            gettext_lazy("Lý do, lời nhắn cho người duyệt"),
            gettext_lazy("Ví dụ: số, ngày nghị quyết và nơi đọc được văn bản."),
            gettext_lazy("Gửi đề nghị"),
            frozenset({State.DRAFT}),
        ),
        Task(
            "withdraw",
            gettext_lazy("Đề nghị rút"),
            gettext_lazy("Khi người khác duyệt, chuẩn không còn áp dụng; kết quả đã phân loại theo nó vẫn giữ nguyên."),
            gettext_lazy("Vì sao rút"),
            "",
            gettext_lazy("Gửi đề nghị"),
            frozenset({State.IN_FORCE}),
        ),
        Task(
            "check",
            gettext_lazy("Ghi đã đối chiếu văn bản gốc"),
            gettext_lazy(
                "Bạn đã so từng giá trị trên trang chuẩn với văn bản chính thức và thấy khớp. Người thứ hai cũng tự so rồi "
                "duyệt; từ đó trang ghi “đã đối chiếu”. Nếu có chỗ khác, đừng ghi ở đây: hãy báo để lập phiên bản đúng."
            ),
            gettext_lazy("Đã so với bản nào, ở đâu"),
            gettext_lazy("Ví dụ: Công báo số 357+358 ngày 14/02/2021, toàn văn Nghị định và phụ lục."),
            gettext_lazy("Gửi người thứ hai"),
            frozenset({State.IN_FORCE}),
        ),
        Task(
            "discard",
            gettext_lazy("Bỏ bản thảo"),
            gettext_lazy("Bản thảo chưa từng áp dụng. Nội dung vẫn được giữ ở phần “Đã rút”."),
            gettext_lazy("Vì sao bỏ"),
            "",
            gettext_lazy("Bỏ bản thảo"),
            frozenset({State.DRAFT}),
        ),
    )
}


@require_http_methods(["GET", "POST"])
def step(request: HttpRequest, code: str, version: int, step: str) -> HttpResponse:
    row, task = row_asked(code, str(version)), TASKS.get(step)
    if task is None:
        raise Http404
    check_may_propose(place_of(row), account_of(request), day=today())
    problems = _problems(row, task)
    form = ReasonForm(request.POST or None, task.label, task.help)
    if request.method == "POST" and form.is_valid() and not problems:
        try:
            return _done(request, row, task, form.cleaned_data["reason"])
        except (ProposalRefusedError, PublishingRefusedError, PermissionDenied) as refused:
            form.add_error(None, str(refused))
    status = 400 if form.errors else 200
    context = {"row": row, "task": task, "form": form, "problems": problems}
    return render(request, "households/standard_step.html", context, status=status)


def _problems(row: LegalStandard, task: Task) -> list[str]:
    if row.state not in task.needs:
        return [_("Không làm được việc này: phiên bản %(version)s %(state)s.") % {
            "version": row.version, "state": row.get_state_display()}]  # fmt: skip
    return list(standard_problems(row, Step.PUBLISH)) if task.slug == "publish" else []


def _done(request: HttpRequest, row: LegalStandard, task: Task, reason: str) -> HttpResponse:
    user = account_of(request)
    if task.slug == "discard":
        withdraw_standard(row=row, by=user, at=now(), reason=reason)
        messages.success(request, _("Đã bỏ bản thảo."))
        return redirect("standards:list")
    proposal = _ASKS[task.slug](row, user, reason)
    messages.success(request, _("Đã gửi đề nghị. Chưa có gì thay đổi cho đến khi một người khác duyệt."))
    return redirect("approvals:detail", proposal.pk)


_ASKS: dict[str, Callable[[LegalStandard, User, str], Proposal]] = {
    "publish": lambda row, by, reason: propose_step(row=row, step=Step.PUBLISH, by=by, at=now(), reason=reason),
    "withdraw": lambda row, by, reason: propose_step(row=row, step=Step.WITHDRAW, by=by, at=now(), reason=reason),
    "check": lambda row, by, reason: propose_check(row=row, note=reason, by=by, at=now()),
}
