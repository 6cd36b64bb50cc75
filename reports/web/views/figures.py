"""Pages of published figures: list, one figure with its history, entry and correction."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from households.areas.models import Area
from povertyportal.core.clock import now
from povertyportal.core.paging import page_asked
from povertyportal.core.session_guard import account_of
from programs.catalogue import find_programme
from reports.reported.actions import FigureRefusedError, correct_figure, enter_figure, says_the_same
from reports.reported.areas import find_area_of, validity_text
from reports.reported.models import ReportedFigure
from reports.reported.queries import revisions
from reports.reported.vocabulary import find_measure, known_units, source_title
from reports.web.access import ENTER, FIGURES, scope_for, within
from reports.web.addresses import day
from reports.web.forms import AreaSearchForm, CorrectionForm, FigureForm
from reports.web.places import LIMIT, find_areas, told
from reports.web.rows import as_row

FILTERS = ("area", "year", "measure", "programme", "page")
NEW_FILTERS = ("area_code", "boundary_on", "q", "on")
PAGE_SIZE = 50
MOST_CHOICES = 80


@require_GET
def figure_list(request: HttpRequest) -> HttpResponse:
    year, year_problem = _year(request)
    scope = scope_for(request.user, FIGURES)
    found = (
        _filtered(request, within(scope), year)
        .select_related("area")
        .order_by("area_code", "programme", "measure", "period_from", "id")
    )
    page = page_asked(request, found.none() if year_problem else found, PAGE_SIZE)
    context = {
        "page": page,
        "rows": [as_row(figure) for figure in page],
        "chosen": {name: request.GET.get(name, "") for name in FILTERS},
        "year_problem": year_problem,
        "filtered": any(request.GET.get(name) for name in FILTERS if name != "page"),
        "may_enter": request.user.has_perm(ENTER),
        **_choices(within(scope)),
    }
    return render(request, "reports/figure_list.html", context, status=400 if year_problem else 200)


def _year(request: HttpRequest) -> tuple[int | None, str]:
    """The year asked for, or what is wrong with the text that should be one."""
    text = request.GET.get("year", "").strip()
    if text.isascii() and text.isdigit() and len(text) == 4 and int(text):
        return int(text), ""
    return None, _("“%(year)s” không phải là năm; hãy ghi bốn chữ số, ví dụ 2020.") % {"year": text} if text else ""


def _filtered(request: HttpRequest, found: QuerySet[ReportedFigure], year: int | None) -> QuerySet[ReportedFigure]:
    """A figure is of a year when its period touches it."""
    for name, field in (("area", "area_code"), ("measure", "measure"), ("programme", "programme")):
        if request.GET.get(name):
            found = found.filter(**{field: request.GET[name]})
    return found.filter(period_from__year__lte=year, period_to__year__gte=year) if year else found


def _choices(figures: QuerySet[ReportedFigure]) -> dict[str, Any]:
    """What the filters offer: the values that the reader's figures have, those with a name in the catalogue first."""
    rows = list(figures.values_list("area_code", "measure", "programme", "area__type", "area__name").distinct())
    areas = {code: f"{area_type} {name}" for code, _m, _p, area_type, name in rows}
    measures = {code: find_measure(code).name for _a, code, *_rest in rows}
    programmes = {code: find_programme(code).name for _a, _m, code, *_rest in rows if code}
    return {
        "areas": _offered(sorted(areas.items())),
        "measures": _by_name(measures),
        "programmes": _by_name(programmes),
    }


def _by_name(names: dict[str, str]) -> dict[str, Any]:
    return _offered(sorted(names.items(), key=lambda pair: (pair[0] == pair[1], pair[1])))


def _offered(choices: list[tuple[str, str]]) -> dict[str, Any]:
    """Too many for a light page: the filter is then a field for the code that proposes the first ones."""
    return {"choices": choices[:MOST_CHOICES], "too_many": len(choices) > MOST_CHOICES}


def _stored(request: HttpRequest, pk: int, action: str) -> ReportedFigure:
    """Any revision on a unit where the reader holds the right. Raises Http404: of other units not even the number is told."""
    figures = ReportedFigure.objects.select_related("area", "entered_by").filter(pk=pk)
    figure = within(scope_for(request.user, action), figures).first()
    if figure is None:
        message = _(
            "Trong địa bàn được giao cho bạn không có số liệu mang số thứ tự %(number)s; "
            "hãy tìm lại trong trang Số liệu đã công bố."
        )
        raise Http404(message % {"number": pk})
    return figure


def _newest(figure: ReportedFigure) -> ReportedFigure:
    return revisions(figure.key).select_related("area", "entered_by")[0]


@require_GET
def figure_detail(request: HttpRequest, pk: int) -> HttpResponse:
    figure = _stored(request, pk, FIGURES)
    history = [as_row(one) for one in revisions(figure.key).select_related("area", "entered_by")]
    context = {"row": as_row(figure), "history": history, "newest": history[0], "may_edit": _may_edit(request, figure)}
    return render(request, "reports/figure_detail.html", context)


def _may_edit(request: HttpRequest, figure: ReportedFigure) -> bool:
    return scope_for(request.user, ENTER).holds(figure.area, on=figure.boundary_on)


@require_http_methods(["GET", "POST"])
def figure_new(request: HttpRequest) -> HttpResponse:
    given = _given(request)
    form = FigureForm(request.POST or None, initial=given)
    if request.method == "POST" and form.is_valid():
        try:
            figure = enter_figure(statement=form.statement(), origin="page", by=account_of(request), at=now())
        except FigureRefusedError as refused:
            form.refuse(refused.problems)
        else:
            messages.success(request, _("Đã lưu số liệu."))
            return redirect("reports:figure", figure.pk)
    context = {"form": form, "chosen": _chosen(given), **_found_areas(request), **_suggestions(request)}
    return render(request, "reports/figure_form.html", context)


def _given(request: HttpRequest) -> dict[str, Any]:
    """Fields that the page before already knows."""
    return {"area_code": request.GET.get("area_code", ""), "boundary_on": day(request, "boundary_on")}


def _chosen(given: dict[str, Any]) -> str:
    """The unit that was picked from the search, said in full."""
    code, on = given["area_code"], given["boundary_on"]
    area = find_area_of(code=code, on=on)[0] if code and on else Area.objects.filter(code=code).last()
    return told(area) if area else ""


def _found_areas(request: HttpRequest) -> dict[str, Any]:
    asked = AreaSearchForm(request.GET if "q" in request.GET else None, auto_id="find_%s")
    if not asked.is_valid():
        return {"asked": asked}
    text, on = asked.cleaned_data["q"], asked.cleaned_data["on"]
    found = find_areas(text, on=on, among=scope_for(request.user, ENTER).areas())
    return {
        "asked": asked,
        "sought": text,
        "sought_on": on,
        "places": [(area, validity_text(area)) for area in found[:LIMIT]],
        "more": len(found) > LIMIT,
    }


def _suggestions(request: HttpRequest) -> dict[str, Any]:
    """What the fields for unit and document propose: known units, documents that the reader's figures came from."""
    codes = within(scope_for(request.user, FIGURES)).order_by("report").values_list("report", flat=True).distinct()
    return {"units": sorted(known_units()), "sources": [(code, source_title(code)) for code in codes]}


@require_http_methods(["GET", "POST"])
def figure_correct(request: HttpRequest, pk: int) -> HttpResponse:
    figure = _stored(request, pk, ENTER)
    form = CorrectionForm(request.POST or None, figure=figure)
    if request.method == "POST" and form.is_valid():
        try:
            corrected = correct_figure(
                figure=figure,
                statement=form.statement(),
                reason=form.cleaned_data["reason"],
                origin="page",
                by=account_of(request),
                at=now(),
            )
        except FigureRefusedError as refused:
            if _newest(figure) == figure:
                form.refuse(refused.problems)
        else:
            messages.success(request, _("Đã lưu bản sửa; số cũ vẫn giữ trong lịch sử."))
            return redirect("reports:figure", corrected.pk)
    newest = _newest(figure)
    if newest != figure:
        return _overtaken(request, form, newest)
    return _correction_page(request, form, figure)


def _correction_page(request: HttpRequest, form: CorrectionForm, figure: ReportedFigure) -> HttpResponse:
    return render(
        request, "reports/figure_correct.html", {"form": form, "row": as_row(figure), **_suggestions(request)}
    )


def _overtaken(request: HttpRequest, form: CorrectionForm, newest: ReportedFigure) -> HttpResponse:
    """Somebody was faster, or pressed twice: the value in force is shown, and what was typed stays in the form unless
    it says that already."""
    row = as_row(newest)
    told = {
        "who": _("chính bạn") if newest.entered_by == request.user else newest.entered_by,
        "at": timezone.localtime(newest.entered_at).strftime("%H:%M %d/%m/%Y"),
        "value": row.said,
    }
    message = _("Số liệu này vừa được %(who)s sửa lúc %(at)s; số đang dùng là %(value)s.") % told
    if not form.is_bound or (form.is_valid() and says_the_same(newest, form.statement())):
        messages.warning(request, message)
        return redirect(row.url)
    form.add_error(None, message + " " + _("Chưa lưu gì thêm: nếu số đó chưa đúng, hãy bấm “Lưu bản sửa” lần nữa."))
    return _correction_page(request, form, newest)
