"""The panel of a household's page that tells what the review made of it: votes, postings, complaints."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from django.db.models.functions import JSONObject
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from households.access.scope import scope_of
from households.review.models import Complaint, ComplaintOutcome, Dossier, DossierPart, MeetingVote, Posting
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
    """``form`` in its dossier, None where nothing was done in it yet; ``lines``: what happened, each with its day."""

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
    about = Complaint.objects.filter(form=OuterRef("pk")).order_by("pk")
    names = ("received_on", "matter", "answered_on", "outcome")
    told = ArraySubquery(about.values(told=JSONObject(**{name: name for name in names})))
    rows = SurveyForm.objects.filter(household=household, round__withdrawn_at=None).exclude(state="dropped")
    rows = rows.annotate(told=told)
    forms = [
        one for one in rows.select_related("round").order_by("-round__days__startswith", "-pk")
        if scope.covers(one.area_code, on=one.round.area_on)
    ][: NEWEST_IN_PAGE if in_page(request) else NEWEST]  # fmt: skip
    context: dict[str, Any] = {"told": list(_told(forms))}
    return panel_response(request, head, TITLE, "review/panel.html", context)


def _told(forms: Sequence[SurveyForm]) -> Iterable[Told]:
    """2 queries. A dossier is known by what was voted and posted in it of the household."""
    keys = [one.pk for one in forms]
    votes = list(MeetingVote.objects.filter(form__in=keys).select_related("meeting__part__dossier"))
    parts = DossierPart.objects.filter(dossier__round__in=[one.round_id for one in forms])
    shown = Q(pk__in=[])
    for key in keys:
        shown |= Q(shown__contains=[{"form": key}])
    postings = list(Posting.objects.filter(shown, part__in=parts).select_related("part__dossier"))
    known = [one.meeting.part.dossier for one in votes] + [one.part.dossier for one in postings]
    for form in forms:
        lines = [
            *(_vote(one) for one in votes if one.form_id == form.pk),
            *(line for one in postings for line in _posting(one, form)),
            *(line for told in getattr(form, "told", ()) for line in _complaint(told)),
        ]
        yield Told(form, _dossier(form, known), sorted(lines, key=lambda line: line[0]))


def _dossier(form: SurveyForm, known: Iterable[Dossier]) -> Dossier | None:
    way = procedure_for(kind=form.round.kind, why=form.why, year=form.round.year)
    code = way.code if way else ""
    return next((one for one in known if one.round_id == form.round_id and one.procedure == code), None)


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


def _complaint(told: dict[str, str | None]) -> Iterable[tuple[date, str]]:
    yield date.fromisoformat(told["received_on"] or ""), _("có khiếu nại: %s") % told["matter"]
    if told["answered_on"]:
        label = ComplaintOutcome(told["outcome"] or "").label
        yield date.fromisoformat(told["answered_on"]), _("trả lời khiếu nại: %s") % label
