"""The wrap-up of a period: which ones stored figures allow, the sheet on the screen, the files to take away."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from povertyportal.vietnamese import format_date, period_name
from reports.rendering import render_fragment, render_json, render_pdf
from reports.reported.queries import ReportOption, report_options
from reports.reported.vocabulary import source_title
from reports.tables import FigureKey, Finding
from reports.validator.prepared import Prepared, ReportRefusedError, prepare_report
from reports.web.access import ENTER, FIGURES, REPORTS, check_code, scope_for, within
from reports.web.addresses import Years, day
from reports.web.wording import figure_name


@dataclass(frozen=True, slots=True)
class Offer:
    """A wrap-up that can be opened."""

    option: ReportOption
    period: str
    boundary_on: str
    url: str
    pdf_url: str


def offers(user: object) -> list[Offer]:
    """Reports of the units in the user's scope."""
    return [_offer(option) for option in report_options(within(scope_for(user, REPORTS)))]


def _offer(option: ReportOption) -> Offer:
    years = Years(option.first_year, option.last_year)
    return Offer(
        option=option,
        period=period_name(years.first_day, years.last_day),
        boundary_on=format_date(option.boundary_on),
        url=address("wrap_up", option.area.code, years, option.boundary_on.isoformat()),
        pdf_url=address("wrap_up_pdf", option.area.code, years, option.boundary_on.isoformat()),
    )


def address(name: str, area: str, years: Years, map_on: str = "") -> str:
    query = f"?map={map_on}" if map_on else ""
    return reverse(f"reports:{name}", args=[area, years]) + query


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    return render(
        request, "reports/index.html", {"offers": offers(request.user), "may_enter": request.user.has_perm(ENTER)}
    )


@require_GET
def screen(request: HttpRequest, area: str, years: Years) -> HttpResponse:
    try:
        prepared = _prepared(request, area, years)
    except ReportRefusedError as refused:
        return _not_made(request, area, years, refused)
    return render(request, "reports/wrap_up.html", _context(request, prepared, years))


def _not_made(request: HttpRequest, area: str, years: Years, refused: ReportRefusedError) -> HttpResponse:
    """One answer for the page and the files of a report that cannot be made."""
    context = {"reason": str(refused), "period": period_name(years.first_day, years.last_day), "area": area}
    return render(request, "reports/wrap_up_empty.html", context, status=404)


def _prepared(request: HttpRequest, area: str, years: Years) -> Prepared:
    """Raises PermissionDenied before anything is said of a unit outside the reader's scope."""
    map_on, scope = day(request, "map"), scope_for(request.user, REPORTS)
    check_code(scope, area, on=map_on)
    prepared = prepare_report(
        name="tong-ket", area_code=area, first=years.first_day, last=years.last_day, map_on=map_on
    )
    check_code(scope, area, on=prepared.report.scope.boundary_on)
    return prepared


def _context(request: HttpRequest, prepared: Prepared, years: Years) -> dict[str, Any]:
    report, map_on = prepared.report, request.GET.get("map", "")
    fragment = render_fragment(report, figure_name, source_title)
    rows = _pages_of(request.user, report.scope.area)
    return {
        "scope": report.scope,
        "period": period_name(years.first_day, years.last_day),
        "boundary_on": format_date(report.scope.boundary_on),
        "fragment": fragment,
        "figures": [(row, rows.get(row.figure.key)) for row in fragment.figures],
        "documents": sorted({row.document for row in fragment.figures}),
        "findings_total": len(prepared.findings),
        "errors": _of(prepared, "error"),
        "notes": _of(prepared, "note"),
        "pdf_url": address("wrap_up_pdf", report.scope.area, years, map_on),
        "json_url": address("wrap_up_json", report.scope.area, years, map_on),
    }


def _of(prepared: Prepared, severity: str) -> list[Finding]:
    return [finding for finding in prepared.findings if finding.severity == severity]


def _pages_of(user: object, area: str) -> dict[FigureKey, int]:
    return {figure.key: figure.pk for figure in within(scope_for(user, FIGURES)).filter(area_code=area)}


@require_GET
def pdf(request: HttpRequest, area: str, years: Years) -> HttpResponse:
    return _file(request, area, years, "pdf")


@require_GET
def as_json(request: HttpRequest, area: str, years: Years) -> HttpResponse:
    return _file(request, area, years, "json")


def _file(request: HttpRequest, area: str, years: Years, form: str) -> HttpResponse:
    try:
        prepared = _prepared(request, area, years)
    except ReportRefusedError as refused:
        return _not_made(request, area, years, refused)
    if form == "pdf":
        response = HttpResponse(render_pdf(prepared.report), content_type="application/pdf")
    else:
        text = render_json(prepared.report, prepared.findings)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"tong-ket-{area}-{years.first}-{years.last}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
