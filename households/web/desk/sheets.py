"""Pre-filled sheets to go out with: which villages, the work in the background with its progress, the files."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from households.access.scope import scope_of
from households.papers.village_sheets import JOB, MOST_AT_ONCE, PURPOSE
from households.surveys.findings import Progress, progress
from households.surveys.forms.reach import READ
from households.surveys.models import SurveyRound
from households.surveys.sheets.bound import PURPOSES, why
from households.web.desk.rounds import Chosen, chosen
from households.web.desk.units import Ground, ground_asked
from households.web.form_parts import ActionForm
from households.web.made_files import handed_out, own_job, progress_answer, stop
from povertyportal.core.clock import now, today
from povertyportal.core.jobs import start_job
from povertyportal.core.kept_files import kept
from povertyportal.core.models import Job, JobState, User
from povertyportal.core.session_guard import account_of

SHOWN_FILES = 30


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str
    forms: int


class SheetsForm(ActionForm):
    areas = forms.MultipleChoiceField(widget=forms.CheckboxSelectMultiple)
    purpose = forms.ChoiceField(widget=forms.Select(attrs={"class": "form-select"}))

    def __init__(self, *args: Any, choices: list[Choice], purposes: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.numbers = {one.code: one.forms for one in choices}
        self.fields["areas"].choices = [(one.code, one.name) for one in choices]  # type: ignore[attr-defined]
        self.fields["areas"].error_messages["required"] = _("Hãy chọn ít nhất một thôn.")
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        self.fields["purpose"].label = _("Theo chuẩn")

    def clean_areas(self) -> list[str]:
        areas: list[str] = self.cleaned_data["areas"]
        if sum(self.numbers[one] for one in areas) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Nhiều quá %s hộ một lần; hãy chọn ít thôn hơn.") % MOST_AT_ONCE)
        return areas


@require_http_methods(["GET", "HEAD", "POST"])
def sheets(request: HttpRequest) -> HttpResponse:
    user, day = account_of(request), today()
    scope = scope_of(user, READ, day=day)
    seen = chosen(request.GET.get("round", "").strip(), scope, day)
    files = list(kept(purpose=PURPOSE, by=user, at=now())[:SHOWN_FILES])
    context: dict[str, Any] = {"chosen": seen, "files": files, "running": _running(user)}
    if seen.on is None or seen.first is None:
        return render(request, "desk/sheets.html", context)
    ground = ground_asked(request.GET.get("area", "").strip(), user, seen.on, day, nation=scope.nation)
    units = progress(seen.reach, on=seen.on, today=day, **ground.arguments())
    context |= {"ground": ground, "units": units}
    if not ground.near(units):
        return render(request, "desk/sheets.html", context)
    choices = [Choice(one.code, one.name, open_of(one)) for one in units if open_of(one)]
    form = SheetsForm(request.POST or None, choices=choices, purposes=_purposes(seen.first))
    if request.method == "POST" and form.is_valid():
        return _started(user, _round_of(seen, form.cleaned_data["areas"], ground), form)
    return render(request, "desk/sheets.html", context | {"form": form, "choices": choices})


def open_of(one: Progress) -> int:
    """Still to be filled."""
    return one.waiting + one.typing + one.returned


def _purposes(found: SurveyRound) -> list[tuple[str, str]]:
    words = why(found.year)
    return [(purpose, words[purpose]) for purpose in PURPOSES if getattr(found, f"{purpose}_id")]


def _round_of(seen: Chosen, areas: list[str], ground: Ground) -> SurveyRound:
    """The one of these villages: several rounds of a code lie in different communes."""
    keys = [key for key, codes in seen.reach.parts.items() if set(areas) & set(codes)]
    if len(seen.rounds) == 1 or not keys:
        return seen.rounds[0]
    return next(one for one in seen.rounds if one.pk == keys[0])


def _started(user: User, round: SurveyRound, form: SheetsForm) -> HttpResponse:
    areas, at = sorted(form.cleaned_data["areas"]), now()
    arguments = {"round": round.pk, "areas": areas, "purpose": form.cleaned_data["purpose"], "by": user.pk}
    key = f"{user.pk} {at:%Y-%m-%dT%H:%M} {round.pk} {form.cleaned_data['purpose']} {','.join(areas)}"[:200]
    job = start_job(kind=JOB, key=key, arguments=arguments, by=user, at=at)
    return redirect("surveys:sheets_job", job.pk)


def _running(user: User) -> list[Job]:
    rows = Job.objects.filter(kind=JOB, created_by=user, state__in=Job.UNFINISHED)
    return list(rows.order_by("created_at"))


@require_GET
def sheets_job(request: HttpRequest, key: UUID) -> HttpResponse:
    job = own_job(request, key, kind=JOB)
    if job.state == JobState.SUCCEEDED:
        return redirect("surveys:sheets")
    return render(request, "desk/sheets_job.html", {"job": job})


@require_GET
def sheets_state(request: HttpRequest, key: UUID) -> JsonResponse:
    return progress_answer(own_job(request, key, kind=JOB))


@require_POST
def sheets_cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    stop(request, own_job(request, key, kind=JOB))
    return redirect("surveys:sheets_job", key)


@require_GET
def sheets_file(request: HttpRequest, key: UUID) -> HttpResponse:
    return handed_out(request, key, purpose=PURPOSE, field="sheets", told=_("Tải phiếu rà soát điền sẵn: %s"))
