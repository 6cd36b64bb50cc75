"""Phân loại thử: a household's answers in, its class with every reason out. Nothing is stored."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from households.criteria.law.parts import AreaType
from households.criteria.questionnaire.blocks import sheet_of
from households.criteria.questionnaire.filling import carried, filled, rows_of
from households.criteria.questionnaire.outcomes import Outcome, Setting, outcomes_of
from households.criteria.questionnaire.sheet import MOST_ROWS, AppliedStandard, Sheet, Way
from households.criteria.questionnaire.typed import Typed
from households.papers.slip import Slip, slip_pdf
from households.web.trial_forms import SetupForm
from households.web.trial_standards import offered
from povertyportal.core.clock import today

PAGE = "households/trial.html"
ROWS_ADDED = 1
LONGEST_NAME = 100


@require_http_methods(["GET", "POST"])
def trial(request: HttpRequest) -> HttpResponse:
    """GET shows the questions; POST adds or removes a row, shows another sheet, or classifies."""
    form = _setup(request)
    typed = Typed(dict(request.POST.lists()))
    if not form.is_valid():
        return render(request, PAGE, _unsettled(form, typed))
    sheet = _sheet(form)
    asked = request.POST.get("do", "")
    outcomes = outcomes_of(form.trials, _setting(form), typed) if asked == "classify" else []
    return render(request, PAGE, _context(form, sheet, typed, outcomes, request))


def _setup(request: HttpRequest) -> SetupForm:
    data = request.POST if request.method == "POST" else request.GET
    return SetupForm(data, standards=offered(), today=today())


def _sheet(form: SetupForm) -> Sheet:
    setting = _setting(form)
    return sheet_of(setting.way, form.trials, setting.area_type, setting.variant)


def _setting(form: SetupForm) -> Setting:
    data = form.cleaned_data
    return Setting(data["on"], AreaType(data["area"]), data["variant"], Way(data["way"]))


def _unsettled(form: SetupForm, typed: Typed) -> dict[str, Any]:
    """The choice must be put right first; what was typed is kept."""
    return {"form": form, "carried": carried(typed, ())}


def _context(
    form: SetupForm, sheet: Sheet, typed: Typed, outcomes: list[Outcome], request: HttpRequest
) -> dict[str, Any]:
    gone = _row_removed(request)
    rows = rows_of(sheet, typed, add=ROWS_ADDED if request.POST.get("do") == "add" else 0, without=gone)
    shown = filled(sheet, typed)
    names = {one.name for one in shown.controls()} | {one.name for row in rows for one in row.controls}
    return {
        "form": form,
        "sheet": shown,
        "rows": rows,
        "most_rows": MOST_ROWS,
        "outcomes": outcomes,
        "told": [one for one in outcomes if one.told],
        "fault_total": len(typed.faults),
        "other_faults": [sentence for name, said in typed.faults.items() if name not in names for sentence in said],
        "carried": carried(typed, names, without=gone),
        "head": typed.text("head")[:LONGEST_NAME],
    }


def _row_removed(request: HttpRequest) -> int | None:
    index = request.POST.get("remove", "")
    return int(index[:10]) if index.isascii() and index.isdigit() else None


@require_POST
def slip(request: HttpRequest) -> HttpResponse:
    """The same answers once more, as a page to hand to the household."""
    form, typed = _setup(request), Typed(dict(request.POST.lists()))
    if form.is_valid():
        wanted = [one for one in form.trials if one.code == request.POST.get("slip")]
        outcome = next(iter(outcomes_of(wanted, _setting(form), typed)), None)
        if outcome and outcome.told:
            return _file(outcome.applied, slip_pdf(_slip(outcome, form, typed)))
        sheet = _sheet(form)
        return render(request, PAGE, _context(form, sheet, typed, [outcome] if outcome else [], request))
    return render(request, PAGE, _unsettled(form, typed))


def _slip(outcome: Outcome, form: SetupForm, typed: Typed) -> Slip:
    if outcome.told is None:
        raise TypeError(outcome.applied.code)
    first = next((typed.text(f"m{index}-name") for index in typed.filled_indexes()), "")
    head = typed.text("head")
    return Slip(
        told=outcome.told,
        head=head[:LONGEST_NAME],
        on=form.cleaned_data["on"],
        area_type=AreaType(form.cleaned_data["area"]),
        printed_on=today(),
        table=outcome.applied.table,
        first=first[:LONGEST_NAME],
    )


def _file(trial: AppliedStandard, content: bytes) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="phan-loai-thu-{trial.code}.pdf"'
    return response
