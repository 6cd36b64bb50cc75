"""What a second look should go to in a local standard: allowed, but seldom meant."""

from collections.abc import Iterator

from households.criteria.law.parts import AreaType, Line, Standard
from households.criteria.wording import years_text
from povertyportal.vietnamese import format_number

MONTHS = 12
FAR_ABOVE = 5  # times the nation's line: the unit is likely the other one
_AREAS = ((AreaType.RURAL, "nông thôn"), (AreaType.URBAN, "thành thị"))


def doubts(standard: Standard, parent: Standard) -> list[str]:
    return [text for text in (*_lines(standard, parent), *_years(standard, parent)) if text]


def _lines(standard: Standard, parent: Standard) -> Iterator[str]:
    nation = {line.code: line for line in parent.lines}
    for line in standard.lines:
        if line.code == "poor" and line.code in nation:
            yield from (_line(line, nation[line.code], area, name) for area, name in _AREAS)


def _line(line: Line, nation: Line, area: AreaType, name: str) -> str:
    own, other = _year(line, area), _year(nation, area)
    told = f"{line.name}, {name}: {format_number(own // MONTHS)} đồng/người/tháng"
    beside = f"của cả nước ({format_number(other // MONTHS)})"
    if own < other:
        return (
            f"{told}, thấp hơn mức {beside}. Chuẩn địa phương thường cao hơn chuẩn cả nước: hãy xem lại số và đơn vị."
        )
    if own > FAR_ABOVE * other:
        return f"{told}, hơn {FAR_ABOVE} lần mức {beside}: hãy xem lại số và đơn vị (tháng hay năm)."
    return ""


def _year(line: Line, area: AreaType) -> int:
    return line.of(area) * (MONTHS if line.unit == "month" else 1)


def _years(standard: Standard, parent: Standard) -> Iterator[str]:
    known = {year for one in parent.applications for year in range(one.first, one.last + 1)}
    for one in standard.applications:
        new = [year for year in range(one.first, one.last + 1) if year not in known]
        if new:
            yield (
                f"Chuẩn gốc {parent.code} không áp dụng {years_text(new[0], new[-1])}: chỉ số, phiếu, danh mục lấy theo chuẩn "
                "ấy có thể đã khác trong các năm này."
            )
