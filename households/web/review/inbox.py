"""The superior's inbox: what communes ask, due first, and several accepted at once."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from households.access.scope import scope_of
from households.registry.places import named_places
from households.registry.problems import RegistryRefusedError
from households.review.actions.answering import agree_many
from households.review.calendar.stored import calendar
from households.review.findings import Sent, sent_up
from households.review.procedures.parts import Procedure
from households.review.procedures.shelf import procedure
from households.review.rights import OPINE
from households.review.superior_models import Opinion
from households.review.within import within
from households.web.review.step_forms import AnswerForm
from povertyportal.core.clock import now, today
from povertyportal.core.fields import key_in
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

A_PAGE, SHOWS = 50, ("open", "answered")


@dataclass(frozen=True, slots=True)
class Asked:
    """``left``: working days until it is due, negative once it is over."""

    opinion: Opinion
    place: str
    procedure: Procedure
    sent: Sent
    left: int

    @property
    def value(self) -> str:
        """Dossier and version, as the tick sends them."""
        return f"{self.opinion.dossier_id}-{self.opinion.dossier.version}"

    @property
    def late(self) -> bool:
        return not self.opinion.answer and self.left < 0


@require_http_methods(["GET", "HEAD", "POST"])
def inbox(request: HttpRequest) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None, initial={"on": today(), "version": 0})
    if request.method == "POST" and form.is_valid() and _accepted(request, form):
        return redirect("review:inbox")
    show = request.GET.get("show", "") or "open"
    if show not in SHOWS:
        raise BadRequest(_("Không có cách lọc này."))
    scope = scope_of(request.user, OPINE, day=today())
    rows = Opinion.objects.filter(within(scope, "dossier__area_code", "dossier__round__area_on"))
    rows = (
        rows.filter(answer="").order_by("due_on", "pk") if show == "open" else rows.exclude(answer="").order_by("-pk")
    )
    wanted = rows.filter(dossier__round__withdrawn_at=None).select_related("dossier__round").defer("shown")
    page = page_asked(request, wanted, A_PAGE)
    context = {"page": page, "rows": _rows(list(page.object_list)), "form": form, "show": show, "day": today()}
    context["ticked"] = request.POST.getlist("dossier")
    return render(request, "review/inbox.html", context)


def _rows(opinions: list[Opinion]) -> list[Asked]:
    places = named_places({(one.dossier.area_code, one.dossier.round.area_on) for one in opinions})
    sent, known = sent_up([one.pk for one in opinions]), calendar()
    return [
        Asked(
            one, places[one.dossier.area_code, one.dossier.round.area_on].near, procedure(one.dossier.procedure),
            sent[one.pk], known.working_days_between(today(), one.due_on),
        )
        for one in opinions
    ]  # fmt: skip


def _accepted(request: HttpRequest, form: AnswerForm) -> bool:
    said: dict[str, Any] = {name: form.cleaned_data[name] for name in ("on", "number", "text", "late")}
    try:
        done = agree_many(dossiers=_ticked(request), by=account_of(request), at=now(), **said)
    except RegistryRefusedError as refused:
        form.refuse(refused)
        return False
    told = ngettext("Đã thống nhất %(count)s hồ sơ.", "Đã thống nhất %(count)s hồ sơ.", len(done))
    messages.success(request, told % {"count": len(done)})
    return True


def _ticked(request: HttpRequest) -> dict[int, int]:
    """ "17-4": the dossier and its version as the page showed it. Raises BadRequest."""
    found = {}
    for text in request.POST.getlist("dossier")[: A_PAGE + 1]:
        key, _dash, version = text.partition("-")
        dossier, seen = key_in(key), key_in(version)
        if dossier is None or seen is None:
            raise BadRequest(_("Danh sách hồ sơ không đọc được."))
        found[dossier] = seen
    return found
