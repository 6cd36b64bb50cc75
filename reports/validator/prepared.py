"""The one way to a finished report for command line, pages and API: figures, report, findings."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from households.areas.models import Area
from povertyportal.vietnamese import format_date
from reports.build import DEFINITIONS, build_report
from reports.definitions.base import Place
from reports.reported.areas import find_area_of
from reports.reported.queries import latest_map, reported_source
from reports.reported.source import LeftOut, Why
from reports.tables import Finding, ReportData, Scope
from reports.validator.checks import validate

_VILLAGE = "village"


class ReportRefusedError(Exception):
    """The report cannot be made; the text says why in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class Prepared:
    report: ReportData
    findings: tuple[Finding, ...]


def prepare_report(
    *, name: str, area_code: str, first: date, last: date, on: date | None = None, map_on: date | None = None
) -> Prepared:
    """``on`` is the day of the telling, ``map_on`` the boundary date; without ``map_on`` it is ``on``, without both the
    latest boundary date that the area's figures of the period are stated on. Raises ReportRefusedError."""
    definition = DEFINITIONS.get(name)
    if definition is None:
        raise ReportRefusedError(_no_such_report(name))
    if last < first:
        raise ReportRefusedError(_("Kỳ báo cáo kết thúc trước khi bắt đầu."))
    told_on = _map_day(area_code, first, last, map_on or on)
    area, problem = find_area_of(code=area_code, on=told_on)
    if area is None:
        raise ReportRefusedError(_("Không lập được báo cáo: %(problem)s.") % {"problem": problem})
    scope = Scope(area.code, area.full_name, area.type, told_on, first, last, on or told_on, area.same_since(told_on))
    source = reported_source(area_code=area_code, map_on=told_on, first=first, last=last)
    if not source.figures:
        raise ReportRefusedError(_nothing_to_tell(scope, source.left_out))
    report = build_report(definition, source=source, scope=scope, place=place_of(area, told_on))
    return Prepared(report, validate(report, source.left_out))


def _map_day(area_code: str, first: date, last: date, asked: date | None) -> date:
    day = asked or latest_map(area_code=area_code, first=first, last=last)
    if day is None:
        raise ReportRefusedError(
            _(
                "Chưa có số liệu nào của mã địa bàn “%(code)s” từ %(first)s đến %(last)s nên không biết lập báo cáo "
                "theo địa giới ngày nào; hãy nhập số liệu, hoặc nêu ngày địa giới."
            )
            % {"code": area_code, "first": format_date(first), "last": format_date(last)}
        )
    return day


def _nothing_to_tell(scope: Scope, left_out: tuple[LeftOut, ...]) -> str:
    """A paper without one figure could be signed all the same; it is never made."""
    nothing = _("Không có số liệu nào của %(area)s từ %(first)s đến %(last)s theo địa giới ngày %(day)s.") % {
        "area": scope.area_name,
        "first": format_date(scope.period_from),
        "last": format_date(scope.period_to),
        "day": format_date(scope.boundary_on),
    }
    others = [one.figure.key.boundary_on for one in left_out if one.why is Why.OTHER_MAP]
    if not others:
        return nothing + " " + _("Hãy chọn kỳ báo cáo hoặc ngày địa giới khác, hoặc nhập số liệu trước.")
    days = ", ".join(format_date(day) for day in sorted(set(others)))
    stated = _("Có %(count)s số liệu công bố theo địa giới khác; hãy lập báo cáo theo địa giới ngày: %(days)s.")
    return nothing + " " + stated % {"count": len(others), "days": days}


def place_of(area: Area, on: date) -> Place:
    """Raises ReportRefusedError for a village: it has no people's committee to report."""
    if area.level == _VILLAGE:
        raise ReportRefusedError(_("Thôn, tổ dân phố không phải cấp lập báo cáo; hãy chọn xã, huyện hoặc tỉnh."))
    parent = find_area_of(code=area.parent_code, on=on)[0] if area.parent_code else None
    return Place(
        code=area.code,
        level=str(area.level),
        type=area.type,
        name=area.name,
        parent_type=parent.type if parent else "",
        parent_name=parent.name if parent else "",
    )


def _no_such_report(name: str) -> str:
    known = ", ".join(sorted(DEFINITIONS))
    return _("Không có loại báo cáo “%(name)s”; các loại đang có: %(known)s.") % {"name": name, "known": known}
