"""The leader's page: the lists as they will be, what differs, numbers and day; one confirmation makes the decisions."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from households.papers.review.pdfs import pdf_of
from households.review.actions.deciding import Order, decide, with_workers
from households.review.actions.planning import Draft, DraftLine, Plan, planned
from households.review.actions.recording import Signed, lines_of, unsaved
from households.review.actions.registers import next_numbers
from households.review.models import Dossier
from households.review.rights import LEAD, READ
from households.review.superior_models import DecisionKind
from households.surveys.codes import OPENING
from households.web.review.common import dossier_asked
from households.web.review.listed_rows import Row, klass_words
from households.web.review.papers import as_pdf
from households.web.review.step_forms import DecideForm, first, number_field
from households.web.review.steps import A_PAGE, made, may_make, page_of
from households.web.review.workers import persons_asked, worker_choices
from povertyportal.core.clock import now, today
from povertyportal.core.fields import VietnameseDateField
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of
from povertyportal.vietnamese import format_date

ASKS = ("on", "list", "page")


@require_http_methods(["GET", "HEAD", "POST"])
def deciding(request: HttpRequest, pk: int) -> HttpResponse:
    posted = request.POST if request.method == "POST" else None
    dossier = dossier_asked(request, pk, LEAD if posted else READ)
    if posted is None and not may_make(dossier, "decide"):
        return render(request, "review/decide.html", page_of(request, dossier) | {"may_decide_now": False})
    on = _day(posted.get("on", "") if posted else request.GET.get("on", ""))
    plan = planned(dossier, on=on)
    suggested = next_numbers(dossier.area_code, on.year, len(plan.drafts))
    starts = first(
        dossier,
        on,
        seen=plan.fingerprint,
        bases="\n".join(plan.bases),
        signer=str(request.user),
        position=_("Chủ tịch"),
    )
    form = DecideForm(posted, plan=plan, numbers=suggested, initial=starts)
    if posted is not None and form.is_valid() and _decided(request, dossier, form):
        return redirect("review:decisions", pk)
    draft = _draft(plan, request.GET.get("list", ""))
    page = page_asked(request, draft.lines if draft else (), A_PAGE)
    context = page_of(request, dossier) | {
        "plan": plan, "form": form, "on": on, "draft": draft, "tabs": [_tab(one, form) for one in plan.drafts],
        "page": page, "lines": [_told(one) for one in page.object_list], "iso": on.isoformat(),
        "may_decide_now": may_make(dossier, "decide"), "differing": _differing(plan),
        "workers": worker_choices(_worker_lines(plan, posted), on),
    }  # fmt: skip
    return render(request, "review/decide.html", context)


def _worker_lines(plan: Plan, posted: QueryDict | None) -> list[DraftLine]:
    told = with_workers(plan, persons_asked(posted)) if posted is not None else plan
    return [line for one in told.drafts if one.kind == DecisionKind.WORKER for line in one.lines]


def _day(text: str) -> date:
    """Today where none is named, or none that can be read: the form says so."""
    try:
        return VietnameseDateField(required=False).clean(text) or today()
    except ValidationError:
        return today()


def _decided(request: HttpRequest, dossier: Dossier, form: DecideForm) -> bool:
    data = form.cleaned_data
    order = Order(
        form.numbers(), data["signer"], data["position"], form.basis_lines(), data["late"], persons_asked(request.POST)
    )
    who = {"dossier": dossier.pk, "by": account_of(request), "at": now(), **form.step()}
    return made(request, form, lambda: decide(order=order, seen=data["seen"], **who), _("Đã ra quyết định."))


def _draft(plan: Plan, text: str) -> Draft | None:
    kind, _dash, purpose = text.partition("-")
    found = plan.draft(kind, purpose) if text else next(iter(plan.drafts), None)
    if text and found is None:
        raise Http404
    return found


def _tab(one: Draft, form: DecideForm) -> dict[str, Any]:
    return {
        "draft": one,
        "name": f"{one.kind}-{one.purpose}",
        "field": form[number_field(one.key)],
        "title": title_of(one),
    }


def title_of(one: Any) -> str:
    """Of a draft or a decision: which list, and in a change-over year of which period."""
    title = str(one.title if isinstance(one, Draft) else one.get_kind_display())
    title = title[:1].upper() + title[1:]
    if one.purpose == OPENING:
        told = _("%(title)s theo chuẩn của giai đoạn sau, từ ngày %(day)s")
        return told % {"title": title, "day": format_date(one.valid_from)}
    return title


@dataclass(frozen=True, slots=True)
class Told:
    """A line of a list in words."""

    row: Row
    klass: str
    before: str


def _told(line: DraftLine) -> Told:
    return Told(Row(line.row), klass_words(line.klass or line.row.about), klass_words(line.before))


def _differing(plan: Plan) -> list[Told]:
    return [_told(line) for one in plan.drafts for line in one.differing]


@require_safe
def preview(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """The paper as it would be, marked by its missing number."""
    dossier = dossier_asked(request, pk, LEAD)
    if not may_make(dossier, "decide"):
        raise Http404
    on = _day(request.GET.get("on", ""))
    plan = planned(dossier, on=on)
    draft = _draft(plan, name)
    if draft is None:
        raise Http404
    signed = Signed(on, str(request.user), _("Chủ tịch"), plan.bases, "", account_of(request), now())
    decision = unsaved(dossier, draft, "……/QĐ-UBND", signed)
    return as_pdf(pdf_of("decision", decision=decision, lines=lines_of(decision, draft)), f"xem-truoc-{name}")
