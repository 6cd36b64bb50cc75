"""What is done with a round after it was opened: the opening standard that came later, and the withdrawal of a mistake."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from households.access.scope import check_may
from households.criteria.models import LegalStandard, State
from households.surveys.binding import bind_opening_standard, bindable
from households.surveys.form_models import State as FormState
from households.surveys.form_models import SurveyForm
from households.surveys.models import SurveyRound
from households.surveys.queries import all_rounds
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import OPEN
from households.surveys.withdrawing import LONGEST_REASON, in_the_way, withdraw_round
from households.web.form_parts import ActionForm, text_field
from households.web.rounds import about, round_url
from povertyportal.core.clock import now, today
from povertyportal.core.session_guard import account_of


class WithdrawForm(ActionForm):
    reason = text_field(
        gettext_lazy("Vì sao rút"),
        gettext_lazy("Ví dụ: mở nhầm cho xã Trường Hà, đúng ra mở cho cả tỉnh. Được giữ cùng đợt và trong nhật ký."),
        most=LONGEST_REASON,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _round(request, pk)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            withdraw_round(round=found, reason=form.cleaned_data["reason"], by=account_of(request), at=now())
        except RoundRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã rút đợt %s.") % found.code)
            return redirect(round_url(found))
    context = {**about(found), "form": form, "in_the_way": in_the_way(found)}
    return render(request, "households/round_withdraw.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def bind(request: HttpRequest, pk: int) -> HttpResponse:
    found = _round(request, pk)
    problems: list[str] = []
    if request.method == "POST":
        code = request.POST.get("standard", "")[:60]
        standard = LegalStandard.objects.filter(code=code, state=State.IN_FORCE).first()
        problems = _bound(request, found, standard) if standard else [_no_standard(code)]
        if not problems:
            messages.success(request, _("Đã gắn chuẩn mở đầu %s vào đợt.") % code)
            return redirect(round_url(found))
    finished = SurveyForm.objects.filter(round=found, state=FormState.DONE).count()
    context = {**about(found), "bindable": bindable(found), "finished": finished, "problems": problems}
    return render(request, "households/round_bind.html", context)


def _bound(request: HttpRequest, found: SurveyRound, standard: LegalStandard) -> list[str]:
    """What stands in the way."""
    try:
        bind_opening_standard(round=found, standard=standard, by=account_of(request), at=now())
    except RoundRefusedError as refused:
        return [problem.message for problem in refused.problems]
    return []


def _no_standard(code: str) -> str:
    if not code:
        return _("Hãy chọn chuẩn cần gắn.")
    return _("Không có chuẩn “%s” đang áp dụng trên cổng; xem mục Chuẩn nghèo.") % code


def _round(request: HttpRequest, pk: int) -> SurveyRound:
    """One that counts. Raises PermissionDenied for who may not open one there."""
    found = get_object_or_404(all_rounds(), pk=pk)
    check_may(request.user, OPEN, code=found.area_code, on=found.area_on, day=today())
    return found
