from collections.abc import Iterator

from households.criteria.law.checks.cells import Band, Plane, planes
from households.criteria.law.parts import AreaType, Standard
from households.criteria.law.places import Path
from povertyportal.vietnamese import format_number

_AREAS = {AreaType.RURAL: "nông thôn", AreaType.URBAN: "thành thị"}
_UNITS = {"month": " đồng/tháng", "year": " đồng/năm"}


def rule_cells(standard: Standard) -> Iterator[tuple[Path, str]]:
    """Up to the highest bound each household fits exactly one rule: no gap, no overlap, no rule that is never used. Each rule
    is named once for its half, by the first case found."""
    named = set()
    for plane in planes(standard):
        for band, text in _faults(plane, standard):
            if (plane.half, band.rule) not in named:
                named.add((plane.half, band.rule))
                yield ("rules", band.rule, plane.half), text


def _faults(plane: Plane, standard: Standard) -> Iterator[tuple[Band, str]]:
    empty = [band for band in plane.bands if band.empty]
    for band in empty:
        yield band, f"không hộ nào thuộc quy tắc này ở {_AREAS[plane.area]}: mức dưới không thấp hơn mức trên."
    if empty:
        return
    used = {bands[0].rule for _, _, bands in plane.points() if bands}
    for band in plane.bands:
        if band.rule not in used:
            yield band, "không bao giờ dùng tới: các quy tắc ở trên đã gồm hết; sửa mức hoặc thứ tự."
    top = None if any(band.up_to is None for band in plane.bands) else max(band.up_to or 0 for band in plane.bands)
    for amount, count, bands in plane.points():
        if len(bands) > 1 and {band.rule for band in bands} <= used:
            other = standard.rules[bands[0].rule].code
            yield bands[1], f"trùng với quy tắc “{other}”: {_case(plane, standard, amount, count)} thuộc cả hai."
        elif not bands and (top is None or amount <= top):
            yield _after(plane, amount), f"{_case(plane, standard, amount, count)} không thuộc quy tắc nào."


def _after(plane: Plane, amount: int) -> Band:
    """Of the rules that end next above the gap the last one: there it can be closed."""
    above = [band for band in plane.bands if band.up_to is not None and band.up_to >= amount]
    return min(above, key=lambda band: (band.up_to or 0, -band.rule), default=plane.bands[-1])


def _case(plane: Plane, standard: Standard, amount: int, count: int) -> str:
    area = _AREAS[plane.area]
    if plane.half == "scores":
        return f"hộ {area} có B1 {format_number(amount)} điểm, B2 {count} điểm"
    money = format_number(amount) + _UNITS[standard.lines[0].unit]
    return f"hộ {area} thu nhập {money}, thiếu hụt {count} chỉ số"
