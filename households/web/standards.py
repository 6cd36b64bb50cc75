"""The standards: what applies in which year, and one standard as a person reads it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.access.standards import may_propose
from households.access.standards import place_of as place_of_standard
from households.areas.models import Area
from households.criteria import queries
from households.criteria.models import LegalStandard, StandardApplication, State
from households.web.papers import offers
from households.web.standards_reading import (
    cited,
    dimensions,
    gaps,
    line_rows,
    rule_rows,
    sureness_counts,
    years_of,
)
from households.web.standards_timeline import Names, timeline
from povertyportal.core.clock import today
from povertyportal.core.session_guard import account_of

LIVE = (State.IN_FORCE, State.DRAFT)


@dataclass(frozen=True, slots=True)
class Listed:
    row: LegalStandard
    place: str
    years: str
    checks: int


@require_safe
def standard_list(request: HttpRequest) -> HttpResponse:
    rows = sorted(queries.rows().prefetch_related("checks"), key=_in_order)
    names = place_names(rows)
    shown = StandardApplication.objects.filter(standard__state__in=LIVE).select_related("standard")
    context = {
        "timeline": timeline(shown, names),
        "year": today().year,
        "live": [_listed(row, names) for row in rows if row.state in LIVE],
        "gone": [_listed(row, names) for row in rows if row.state == State.WITHDRAWN],
        "may_propose": request.user.has_perm("standards.propose"),
    }
    return render(request, "households/standard_list.html", context)


def _in_order(row: LegalStandard) -> tuple[bool, list[str], int, int]:
    """The nation's first, by their years; then by province."""
    return bool(row.scope), row.scope, queries.first_year(queries.standard_of(row)), -row.version


def _listed(row: LegalStandard, names: Names) -> Listed:
    return Listed(row, place_of(row, names), years_of(queries.standard_of(row)), len(row.checks.all()))


def place_names(rows: Iterable[LegalStandard]) -> Names:
    """(Row, code of a province) → the name it had when the standard last applied; of a unit that was gone by then, its last.
    1 query."""
    ends = {(row.pk, code): _last_day(row) for row in rows for code in row.scope}
    known = Area.objects.filter(code__in={code for _pk, code in ends}, level="province").order_by("validity")
    versions: dict[str, list[Area]] = {}
    for area in known:
        versions.setdefault(area.code, []).append(area)
    return {
        key: next((area for area in versions[key[1]] if _on(area, day)), versions[key[1]][-1]).full_name
        for key, day in ends.items()
        if key[1] in versions
    }


def _last_day(row: LegalStandard) -> date:
    return date(max(one.last for one in queries.standard_of(row).applications), 12, 31)


def _on(area: Area, day: date) -> bool:
    lower, upper = area.validity.lower, area.validity.upper
    return (lower is None or lower <= day) and (upper is None or day < upper)


def place_of(row: LegalStandard, names: Names) -> str:
    return ", ".join(names.get((row.pk, code), code) for code in row.scope) or _("Cả nước")


def row_asked(code: str, version: str = "") -> LegalStandard:
    """Without a version the one in force, else the last draft, else the last withdrawn. Raises Http404 or BadRequest."""
    found = queries.versions(code)
    if version:
        if not (version.isascii() and version.isdigit()):
            raise BadRequest(_("“%s” không phải là số phiên bản.") % version[:40])
        found = [row for row in found if row.version == int(version[:9])]
    order = (State.IN_FORCE, State.DRAFT, State.WITHDRAWN)
    if not found:
        raise Http404(_("Không có chuẩn mang mã %(code)s, phiên bản %(version)s.") % {"code": code, "version": version})
    return min(found, key=lambda row: order.index(State(row.state)))


@require_safe
def standard_detail(request: HttpRequest, code: str) -> HttpResponse:
    row = row_asked(code, request.GET.get("version", ""))
    return render(request, "households/standard_detail.html", reading(row, on=today()) | _doors(request, row))


def _doors(request: HttpRequest, row: LegalStandard) -> dict[str, Any]:
    may = may_propose(place_of_standard(row), account_of(request), day=today())
    forms = offers(queries.standard_of(row)) if row.state == State.IN_FORCE else []
    return {"may_propose": may, "versions": queries.versions(row.code), "forms": forms}


def reading(row: LegalStandard, *, on: date) -> dict[str, Any]:
    """What the page of a standard and its preview in a proposal show."""
    standard = queries.standard_of(row)
    table = queries.b1_table_in_force(row.code, on)
    return {
        "row": row,
        "standard": standard,
        "place": place_of(row, place_names([row])),
        "years": years_of(standard),
        "basis": cited(standard.provenance),
        "checks": row.checks.select_related("checked_by", "confirmed_by").order_by("at"),
        "lines": line_rows(standard),
        "dimensions": dimensions(standard),
        "rules": rule_rows(standard),
        "sheet_a": cited(standard.sheet_a.provenance) if standard.sheet_a else None,
        "survey": cited(standard.income_survey.provenance) if standard.income_survey else None,
        "code_lists": [(one, cited(one.provenance)) for one in standard.code_lists],
        "sureness": sureness_counts(standard),
        "b1_table": table,
        "gaps": gaps(standard, b1_table=table is not None),
    }
