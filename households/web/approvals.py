"""Proposals that wait for a second person: what waits for me, what I proposed, and one of them to read and decide."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import BadRequest, PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from households.areas.models import Area
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.navigation import Link
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of
from povertyportal.records.kinds import kind_of
from povertyportal.records.models import Proposal, State
from povertyportal.records.proposals import (
    ProposalRefusedError,
    approve,
    can_decide,
    decline,
    readable_by,
    waiting_for,
    withdraw,
)

PAGE_SIZE = 20
ON_THE_CARD = 5
TABS = {
    "mine": gettext_lazy("Chờ bạn duyệt"),
    "own": gettext_lazy("Bạn đã đề nghị"),
    "waiting": gettext_lazy("Đang chờ"),
    "all": gettext_lazy("Tất cả"),
}
DECIDED = {
    "approve": gettext_lazy("Đã duyệt và thực hiện đề nghị."),
    "decline": gettext_lazy("Đã ghi là không duyệt; người đề nghị thấy ý kiến của bạn."),
    "withdraw": gettext_lazy("Đã rút đề nghị."),
}


@dataclass(frozen=True, slots=True)
class Row:
    proposal: Proposal
    kind: str
    place: str
    url: str


class DecisionForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("Ý kiến"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Không duyệt thì phải ghi lý do. Ý kiến được giữ cùng đề nghị và hiện cho người đề nghị."
        ),
        error_messages={"max_length": gettext_lazy("Ý kiến dài quá 1.000 ký tự; hãy viết gọn lại.")},
    )


@require_safe
def approval_list(request: HttpRequest) -> HttpResponse:
    user, show = account_of(request), request.GET.get("show", "mine")
    if show not in TABS:
        raise BadRequest(_("Không có danh sách “%(name)s”; hãy mở lại trang Chờ duyệt.") % {"name": show[:40]})
    page = page_asked(request, _listed(user, show), PAGE_SIZE)
    context = {
        "page": page,
        "rows": _rows(page),
        "tabs": [(code, title, code == show) for code, title in TABS.items()],
        "show": show,
    }
    return render(request, "households/approval_list.html", context)


def _listed(user: User, show: str) -> QuerySet[Proposal]:
    if show == "mine":
        return waiting_for(user, day=today())
    found = readable_by(user, day=today()).order_by("-proposed_at", "-pk")
    if show == "own":
        return found.filter(proposed_by=user)
    return found.filter(state=State.WAITING) if show == "waiting" else found


def _rows(proposals: Iterable[Proposal]) -> list[Row]:
    """1 query for the names of all units."""
    listed = list(proposals)
    named = Area.objects.filter(code__in={one.area_code for one in listed if one.area_code})
    units = [(area.code, area.validity, area.full_name) for area in named]
    return [Row(one, title_of(one), _place(one, units), reverse("approvals:detail", args=[one.pk])) for one in listed]


def _place(proposal: Proposal, units: list[tuple[str, Any, str]]) -> str:
    if not proposal.area_code:
        return _("toàn quốc")
    names = (name for code, span, name in units if code == proposal.area_code and proposal.area_on in span)
    return next(names, proposal.area_code)


def title_of(proposal: Proposal) -> str:
    """A kind that the portal no longer has stands for itself."""
    try:
        return str(kind_of(proposal.kind).title)
    except KeyError:
        return proposal.kind


@require_http_methods(["GET", "HEAD", "POST"])
def approval_detail(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    proposal = readable_by(user, day=today()).filter(pk=pk).first()
    if proposal is None:
        raise Http404(_("Không có đề nghị số %(number)s trong phạm vi bạn được xem.") % {"number": pk})
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _decided(request, proposal, form.cleaned_data["note"])
        except (ProposalRefusedError, PermissionDenied) as refused:
            form.add_error(None, str(refused))
            proposal = readable_by(user, day=today()).get(pk=pk)
    return _page(request, user, proposal, form)


def _decided(request: HttpRequest, proposal: Proposal, note: str) -> HttpResponse:
    user, decision = account_of(request), request.POST.get("decision", "")
    if decision == "approve":
        approve(proposal=proposal, by=user, at=now(), note=note)
    elif decision == "decline":
        decline(proposal=proposal, by=user, at=now(), note=note)
    elif decision == "withdraw":
        withdraw(proposal=proposal, by=user, at=now(), note=note)
    else:
        raise BadRequest(_("Chưa rõ bạn muốn duyệt hay không duyệt; hãy mở lại đề nghị và bấm một nút."))
    messages.success(request, DECIDED[decision])
    return redirect("approvals:detail", proposal.pk)


def _page(request: HttpRequest, user: User, proposal: Proposal, form: DecisionForm) -> HttpResponse:
    kind = kind_of(proposal.kind)
    preview = kind.describe(proposal)
    if proposal.proposed_by_id == user.pk:
        form.fields["note"].help_text = _("Không bắt buộc. Ý kiến được giữ cùng đề nghị.")
    context = {
        "proposal": proposal,
        "row": _rows([proposal])[0],
        "form": form,
        "preview": preview,
        "below": render_to_string(preview.template, dict(preview.context), request) if preview.template else "",
        "deciders": kind.deciders,
        "waits": proposal.state == State.WAITING,
        "next": waiting_for(user, day=today()).first() if proposal.state != State.WAITING else None,
        "own": proposal.proposed_by_id == user.pk,
        "may_decide": can_decide(proposal, user, day=today()),
    }
    return render(request, "households/approval_detail.html", context, status=400 if form.errors else 200)


def card_links(request: HttpRequest) -> Iterable[Link]:
    """What waits for this person, oldest first; with nothing waiting, the way to what he proposed."""
    waiting = waiting_for(account_of(request), day=today())
    total = waiting.count()
    for row in _rows(waiting[:ON_THE_CARD]):
        told = {"who": row.proposal.proposed_by, "kind": row.kind}
        yield Link(row.proposal.subject, row.url, _("%(who)s đề nghị · %(kind)s") % told)
    if total > ON_THE_CARD:
        yield Link(_("Tất cả %(count)s đề nghị chờ bạn duyệt") % {"count": total}, reverse("approvals:list"))
    elif not total:
        title = _("Không có đề nghị nào chờ bạn duyệt")
        yield Link(title, reverse("approvals:list") + "?show=own", _("xem đề nghị bạn đã lập và đề nghị khác"))
