"""The panel of a household's page that tells what the review made of it: votes, postings, complaints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.access.scope import scope_of
from households.registry.places import named_places
from households.review.models import Complaint, Dossier, DossierPart, MeetingVote, Posting
from households.review.procedures.shelf import procedure, procedure_for
from households.review.rights import READ
from households.surveys.form_models import SurveyForm
from households.web.household_days import day_asked
from households.web.household_heads import head_of
from households.web.panels import in_page, panel_response
from households.web.review.village import words_of
from povertyportal.core.clock import today
from povertyportal.core.session_guard import account_of

TITLE = gettext_lazy("Rà soát")
NEWEST, NEWEST_IN_PAGE = 10, 2


@dataclass(frozen=True, slots=True)
class Told:
    """``form`` in its dossier, None where that is not opened; ``lines``: what happened, each with its day."""

    form: SurveyForm
    dossier: Dossier | None
    lines: Sequence[tuple[date, str]]

    @property
    def stage(self) -> str:
        return procedure(self.dossier.procedure).stage(self.dossier.state).title if self.dossier else ""


@require_safe
def household(request: HttpRequest, household: int) -> HttpResponse:
    user = account_of(request)
    head = head_of(household, day_asked(request), user)
    scope = scope_of(user, READ, day=today())
    rows = SurveyForm.objects.filter(household=household, round__withdrawn_at=None).exclude(state="dropped")
    forms = [
        one for one in rows.select_related("round").order_by("-round__days__startswith", "-pk")
        if scope.covers(one.area_code, on=one.round.area_on)
    ][: NEWEST_IN_PAGE if in_page(request) else NEWEST]  # fmt: skip
    context: dict[str, Any] = {"told": list(_told(forms))}
    return panel_response(request, head, TITLE, "review/panel.html", context)


def _told(forms: Sequence[SurveyForm]) -> Iterable[Told]:
    """5 queries."""
    keys = [one.pk for one in forms]
    votes = list(MeetingVote.objects.filter(form__in=keys).select_related("meeting"))
    complaints = list(Complaint.objects.filter(form__in=keys))
    dossiers = _dossiers(forms)
    shown = Q(pk__in=[])
    for key in keys:
        shown |= Q(shown__contains=[{"form": key}])
    parts = DossierPart.objects.filter(dossier__in=list(dossiers.values()))
    postings = list(Posting.objects.filter(shown, part__in=parts))
    for form in forms:
        lines = [
            *(_vote(one) for one in votes if one.form_id == form.pk),
            *(line for one in postings for line in _posting(one, form)),
            *(line for one in complaints if one.form_id == form.pk for line in _complaint(one)),
        ]
        yield Told(form, dossiers.get(form.pk), sorted(lines, key=lambda line: line[0]))


def _dossiers(forms: Sequence[SurveyForm]) -> dict[int, Dossier]:
    places = named_places((one.area_code, one.round.area_on) for one in forms)
    wanted = {}
    for one in forms:
        known = procedure_for(kind=one.round.kind, why=one.why, year=one.round.year)
        commune = places[one.area_code, one.round.area_on].commune
        if known and commune:
            wanted[one.pk] = (one.round_id, commune.code, known.code)
    rows = Dossier.objects.filter(round__in=[one.round_id for one in forms])
    by_key = {(one.round_id, one.area_code, one.procedure): one for one in rows}
    return {form: by_key[key] for form, key in wanted.items() if key in by_key}


def _vote(one: MeetingVote) -> tuple[date, str]:
    told = {"agree": one.agree, "present": one.meeting.present_count}
    said = _("họp dân thống nhất") if one.passed else _("họp dân không thống nhất, rà soát lại")
    return one.meeting.held_on, _("%(agree)s/%(present)s người đồng ý: ") % told + said


def _posting(one: Posting, form: SurveyForm) -> Iterable[tuple[date, str]]:
    line = next((line for line in one.shown if line["form"] == form.pk), None)
    if line:
        words = words_of(line["class"]) or line["class"]
        again = _("niêm yết kết quả phúc tra") if one.turn == 2 else _("niêm yết")
        yield one.starts_on, f"{again}: {words}"


def _complaint(one: Complaint) -> Iterable[tuple[date, str]]:
    yield one.received_on, _("có khiếu nại: %s") % one.matter
    if one.answered_on:
        yield one.answered_on, _("trả lời khiếu nại: %s") % one.get_outcome_display()
