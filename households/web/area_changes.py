"""State a change of the map, see what it would do, and propose it to a second person."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from households.access.approvals import check_may_propose, paper_at_hand, propose_area_change
from households.areas import queries
from households.areas.changes import ChangePlan, ChangeRefusedError, Kind, Operation, plan_change
from households.areas.changes.followers import followers
from households.areas.days import DayRefusedError, read_day
from households.areas.tree import AreaTree
from households.areas.units import Level, Version
from households.web.change_forms import ChangeForm
from households.web.change_forms_many import FORMS
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of
from povertyportal.records.kinds import ProposalRefusedError

FOUND = 40


@dataclass(frozen=True, slots=True)
class Choice:
    kind: Kind
    title: str | Promise
    text: str | Promise
    icon: str

    @property
    def slug(self) -> str:
        return self.kind.value.replace("_", "-")


CHOICES = (
    Choice(
        Kind.MERGE,
        gettext_lazy("Sáp nhập"),
        gettext_lazy("Nhiều đơn vị hợp thành một; có thể nhận thêm một phần của đơn vị khác."),
        "plus",
    ),
    Choice(
        Kind.SPLIT,
        gettext_lazy("Chia, tách"),
        gettext_lazy("Một đơn vị thành nhiều đơn vị; mỗi thôn, xã bên dưới về đơn vị nào."),
        "table",
    ),
    Choice(Kind.RENAME, gettext_lazy("Đổi tên"), gettext_lazy("Đổi tên, giữ mã và địa giới."), "edit"),
    Choice(
        Kind.RECLASSIFY,
        gettext_lazy("Chuyển loại"),
        gettext_lazy("Xã thành phường, huyện thành thị xã, tỉnh thành thành phố."),
        "report",
    ),
    Choice(
        Kind.MOVE,
        gettext_lazy("Chuyển đơn vị cấp trên"),
        gettext_lazy("Về tỉnh hoặc huyện khác, giữ mã."),
        "arrow-right",
    ),
    Choice(Kind.RECODE, gettext_lazy("Đổi mã"), gettext_lazy("Cơ quan thống kê cấp mã khác cho cùng đơn vị."), "key"),
    Choice(
        Kind.DISSOLVE_DISTRICTS,
        gettext_lazy("Bỏ cấp huyện của một tỉnh"),
        gettext_lazy("Mọi huyện kết thúc, xã và phường về thẳng tỉnh."),
        "map",
    ),
    Choice(
        Kind.CREATE,
        gettext_lazy("Lập mới"),
        gettext_lazy("Đơn vị không lấy đất từ đơn vị nào có trong danh mục."),
        "plus",
    ),
    Choice(
        Kind.END, gettext_lazy("Kết thúc"), gettext_lazy("Đơn vị không còn và không đơn vị nào tiếp nhận."), "error"
    ),
)


@require_GET
def choose(request: HttpRequest) -> HttpResponse:
    """Which kind of change; with ``unit`` and ``on`` the choice is carried along."""
    unit, on = request.GET.get("unit", ""), request.GET.get("on", "")
    found = None
    if unit:
        found = _unit(unit, _day(on) or today())
    context = {"choices": CHOICES, "unit": found, "on": on}
    return render(request, "households/change_choose.html", context)


@require_http_methods(["GET", "POST"])
def change(request: HttpRequest, kind: str) -> HttpResponse:
    """Choose the unit, state the change, look at what it would do, propose: one address, nothing stored in between."""
    choice = next((one for one in CHOICES if one.slug == kind), None)
    if choice is None:
        raise Http404
    asked = request.POST if request.method == "POST" else request.GET
    text, typed = (asked.get(name, "").replace("\0", "").strip() for name in ("unit", "on"))
    on = _day(typed) or today()
    unit = _unit(text, on) or (_unit(text, today()) if request.method == "POST" else None)
    bad_day = bool(typed) and _day(typed) is None and request.method != "POST"
    if bad_day or (unit is None and choice.kind is not Kind.CREATE):
        return _pick(request, choice, text, typed)
    form = FORMS[choice.kind](
        request.POST if request.method == "POST" else None,
        unit=unit,
        around=_around(unit, on) if unit else None,
        day=today(),
        paper=_paper(request),
        initial={"on": on} if typed else {},
    )
    plan = _planned(form, request.user) if request.method == "POST" and form.is_valid() else None
    if plan is None or "edit" in request.POST:
        context = {"choice": choice, "unit": unit, "form": form, "on": on, "split": choice.kind is Kind.SPLIT}
        return render(request, "households/change_form.html", context)
    return _propose_or_show(request, choice, form, plan)


def _paper(request: HttpRequest) -> Operation | None:
    return paper_at_hand(account_of(request), day=today()) if request.method != "POST" else None


def _planned(form: ChangeForm, user: Any) -> ChangePlan | None:
    """None when it cannot be: the form then says why."""
    try:
        plan = plan_change(form.operation())
        check_may_propose(plan, user, day=form.day)
    except ChangeRefusedError as refused:
        form.refuse(refused)
    except PermissionDenied as refused:
        form.add_error(None, str(refused))
    else:
        return plan
    return None


def _propose_or_show(request: HttpRequest, choice: Choice, form: ChangeForm, plan: ChangePlan) -> HttpResponse:
    reason = request.POST.get("reason", "").replace("\0", "").strip()
    problem = ""
    if "propose" in request.POST and isinstance(request.user, User):
        try:
            proposal = propose_area_change(operation=plan.operation, by=request.user, at=now(), reason=reason)
        except ProposalRefusedError as refused:
            problem = str(refused)
        else:
            messages.success(request, _("Đã gửi đề nghị. Bản đồ chỉ thay đổi khi một người khác duyệt."))
            return redirect("approvals:detail", proposal.pk)
    context = {
        "choice": choice,
        "unit": form.unit,
        "form": form,
        "plan": plan,
        "following": [(one.title, one.preview(plan)) for one in followers()],
        "reason": reason if "propose" in request.POST else _("Thi hành %(act)s") % {"act": plan.operation.legal_basis},
        "problem": problem,
    }
    return render(request, "households/change_preview.html", context)


def _pick(request: HttpRequest, choice: Choice, text: str, typed: str) -> HttpResponse:
    """Units that may be meant, each a link to the form; a province for the end of its districts."""
    paper = _paper(request)
    problem, on = "", paper.on if paper else today()
    try:
        on = read_day(typed) if typed else on
    except DayRefusedError as refused:
        problem = str(refused)
    wanted = {Level.PROVINCE} if choice.kind is Kind.DISSOLVE_DISTRICTS else set(Level) - {Level.VILLAGE}
    found = [one for one in queries.search(text, on=on, limit=FOUND) if one.level in wanted] if text else []
    context = {
        "choice": choice,
        "text": text,
        "on": on,
        "typed": typed,
        "problem": problem,
        "found": found,
        "provinces": choice.kind is Kind.DISSOLVE_DISTRICTS,
    }
    return render(request, "households/change_pick.html", context, status=400 if problem else 200)


def _day(text: str) -> date | None:
    try:
        return read_day(text) if text else None
    except DayRefusedError:
        return None


def _unit(code: str, on: date) -> Version | None:
    """The unit meant by its code; villages are the commune's own and have pages of their own."""
    try:
        found = queries.find_area(code=code, on=on) if code else None
    except queries.UnknownAreaError:
        return None
    return found if found and found.level is not Level.VILLAGE else None


def _around(unit: Version, on: date) -> AreaTree:
    """The unit with its neighbours and what is below it."""
    day = on if unit.holds(on) else today()
    beside = queries.tree_around(unit.parent_code, on=day) if unit.parent_code else queries.provinces(on=day)
    nodes = {one.code: one for one in (*beside, *queries.tree_around(unit.code, on=day))}
    return AreaTree(day, nodes.values())
