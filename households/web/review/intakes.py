"""Papers handed in at the commune: the register, a new one, what is done with each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from households.access.scope import Scope, check_may, scopes_of
from households.registry.places import PlaceName, named_place, named_places
from households.registry.problems import RegistryRefusedError
from households.registry.visible import READ as SEE_HOUSEHOLDS
from households.registry.visible import WRITE
from households.review.actions.intake import list_intake, take_in, withdraw_intake
from households.review.calendar.stored import calendar
from households.review.door import late_papers, others_of, rounds_for, with_others
from households.review.models import Intake, IntakeKind, IntakeState
from households.review.rights import INTAKE, LEAD, READ
from households.review.superior_models import DecisionLine, Refusal
from households.surveys.form_models import State
from households.surveys.forms.listing import LIST
from households.surveys.models import SurveyRound
from households.web.desk.rows import heads_of
from households.web.review.intake_forms import IntakeForm, ListForm, RemarkForm, first_values
from households.web.review.received import Candidate, candidates, communes_of
from households.web.review.registers import LATE, intakes_asked
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of

ASKS = ("state", "kind", "year", "q", "page")
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Row:
    paper: Intake
    commune: str
    days: int  # since it was received
    late: bool  # not answered by the day that was promised

    @property
    def waiting(self) -> bool:
        return self.paper.state == IntakeState.RECEIVED


@require_GET
def intakes(request: HttpRequest) -> HttpResponse:
    day, user = today(), account_of(request)
    scopes = scopes_of(user, [READ, INTAKE], day=day)
    asked = intakes_asked(request, scopes[READ], day)
    page = page_asked(request, asked.rows.annotate(overdue=Exists(late_papers(day).filter(pk=OuterRef("pk")))), A_PAGE)
    context = asked.chosen | {
        "page": page, "rows": _rows(page.object_list, day), "may_take": bool(scopes[INTAKE]), "filtered": asked.filtered,
        "states": [*IntakeState.choices, (LATE, _("quá ngày hẹn, chưa trả lời"))], "kinds": IntakeKind.choices,
    }  # fmt: skip
    return render(request, "review/intakes.html", context)


def _rows(papers: Iterable[Intake], day: date) -> list[Row]:
    ours = list(papers)
    places = named_places({(one.commune_code, one.received_on) for one in ours})
    return [
        Row(
            one,
            places[one.commune_code, one.received_on].near,
            (day - one.received_on).days,
            bool(getattr(one, "overdue", False)),
        )
        for one in ours
    ]


@require_http_methods(["GET", "HEAD", "POST"])
def intake_new(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    communes = communes_of(user, day)
    posted = request.POST if request.method == "POST" else None
    start = first_values(communes[0][0] if communes else "", day, request.GET.get("household", "")[:14])
    form = IntakeForm(posted, communes=communes, initial=start)
    if posted is not None and form.is_valid():
        try:
            commune = form.cleaned_data["commune"]
            made = take_in(paper=form.paper(), commune=commune, calendar=calendar(), by=user, at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            told = {"number": made.number, "year": made.year}
            messages.success(request, _("Đã vào sổ giấy đề nghị số %(number)s/%(year)s.") % told)
            return redirect("review:intake", made.pk)
    return render(request, "review/intake_new.html", {"form": form, "one_commune": len(communes) == 1})


@require_GET
def intake(request: HttpRequest, pk: int) -> HttpResponse:
    return render(request, "review/intake.html", _about(_paper(pk), account_of(request), READ))


@require_http_methods(["POST"])
def intake_list(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    context = _about(_paper(pk), user, INTAKE, request)
    form: ListForm | None = context["form"]
    if form is None:
        messages.error(request, _("Giấy này không còn chờ đưa vào danh sách."))
        return redirect("review:intake", pk)
    if form.is_valid():
        rounds = {str(one.pk): one for one, _area in context["rounds"]}
        try:
            made = list_intake(
                intake=pk, round=rounds[form.cleaned_data["round"]], household=form.chosen(), by=user, at=now()
            )
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            told = {"household": made.household_id, "round": made.round.code}
            messages.success(request, _("Hộ H%(household)s đã ở trong danh sách rà soát của đợt %(round)s.") % told)
            return redirect("review:intake", pk)
    return render(request, "review/intake.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def intake_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    found = paper_for(user, pk, INTAKE)
    posted = request.POST if request.method == "POST" else None
    form = RemarkForm(posted)
    if posted is not None and form.is_valid():
        try:
            withdraw_intake(intake=pk, remark=form.cleaned_data["remark"], by=user, at=now())
        except RegistryRefusedError as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Đã ghi người đề nghị rút đơn."))
            return redirect("review:intake", pk)
    return render(request, "review/intake_withdraw.html", {"paper": found, "form": form})


def paper_for(user: User, pk: int, action: str) -> Intake:
    """Raises Http404, PermissionDenied."""
    found = _paper(pk)
    check_may(user, action, code=found.commune_code, on=found.received_on, day=today())
    return found


def _paper(pk: int) -> Intake:
    """Raises Http404."""
    return get_object_or_404(with_others(Intake.objects.select_related("by", "form__round")), pk=pk)


def _about(found: Intake, user: User, action: str, request: HttpRequest | None = None) -> dict[str, Any]:
    """``request``: with the answers to the form of listing. Raises PermissionDenied for who may not do the action here."""
    day = today()
    scopes = scopes_of(user, [READ, INTAKE, LEAD, WRITE, LIST, SEE_HOUSEHOLDS], day=day)
    place: dict[str, Any] = {"code": found.commune_code, "on": found.received_on}
    if not scopes[action].covers(**place):
        check_may(user, action, **place, day=day)
    waits = found.state == IntakeState.RECEIVED
    commune = named_place(**place)
    context: dict[str, Any] = {
        "paper": found, "commune": commune, "form": None,
        "may_take": waits and scopes[INTAKE].covers(**place), "may_refuse": waits and scopes[LEAD].covers(**place),
        "may_end": found.state == IntakeState.LISTED and scopes[INTAKE].covers(**place),
        "may_register": bool(scopes[WRITE]), "head": _head(found.household_id, day), "days": (day - found.received_on).days,
        "others": others_of(found), **_answers(found, day),
    }  # fmt: skip
    if context["may_take"] and scopes[LIST]:
        rounds = _rounds(found, commune, day)
        posted = request.POST if request is not None else None
        known = _known(found, context["head"], scopes[SEE_HOUSEHOLDS], day) if rounds else []
        context |= {"rounds": rounds, "form": ListForm(posted, found=known, rounds=rounds) if rounds else None}
    return context


def _answers(found: Intake, day: date) -> dict[str, Any]:
    """Letters and decisions by which the paper was answered, and whether it waits longer than was promised; 0 to 2 queries."""
    overdue = found.due_on is not None and found.due_on < day
    if found.state == IntakeState.RECEIVED:
        return {"late": overdue}
    of = Q(intake=found) | Q(form=found.form_id) if found.form_id else Q(intake=found)
    lines = DecisionLine.objects.filter(form=found.form_id).select_related("decision").order_by("pk")
    letters, decided = list(Refusal.objects.filter(of).order_by("pk")), list(lines) if found.form_id else []
    waits = found.form is not None and found.form.state != State.DROPPED and not letters and not decided
    return {"letters": letters, "lines": decided, "late": overdue and waits}


def _head(household: int | None, day: date) -> str:
    return heads_of([household], day).get(household, ("", ""))[0] if household else ""


def _known(found: Intake, head: str, scope: Scope, day: date) -> list[Candidate]:
    """The household that was named when the paper came, else those in which somebody has the name."""
    if found.household_id:
        return [Candidate(found.household_id, head, found.address)]
    return candidates(found.applicant, found.commune_code, scope, day)


def _rounds(found: Intake, commune: PlaceName, day: date) -> list[tuple[SurveyRound, str]]:
    """Rounds in which a paper of this kind is dealt with, with the name of their area."""
    names = {unit.code: unit.name for unit in commune.chain}
    return [(one, names[one.area_code]) for one in rounds_for(found.kind, list(names), after=day)]
