"""Money by programme over the report's period, largest first: one kind of money a picture, never one bar on another."""

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Any

from povertyportal.vietnamese import format_number, period_name
from programs.catalogue import find_programme, parts_of
from reports.charts.look import LABELS, LONG_NAMES, NUMBERS, exact, step
from reports.reported.units import in_unit, is_money
from reports.reported.vocabulary import find_measure, find_standard
from reports.tables import Chart, Figure, Qualifier, Scope

_FEWEST, _MOST = 3, 14
_PAGE = 640  # of the chart, in its own units; an upright page has room for about 800
_WHOLE = "all"
_LABEL_WIDTH = 46
_UNITS = ("tỷ đồng", "triệu đồng", "nghìn đồng", "đồng")  # the axis takes the first that the largest bar fills


def money_charts(figures: Sequence[Figure], scope: Scope) -> tuple[Chart, ...]:
    """A chart for each measure of money (planned, allocated, spent, lent …) that three programmes or more have for the
    report's own period. A line whose total is shown leaves its parts out; approximate amounts are not drawn."""
    by_measure: dict[str, list[Figure]] = {}
    for figure in _shown(figures, scope):
        by_measure.setdefault(figure.key.measure, []).append(figure)
    drawn = [(measure, group) for measure, group in by_measure.items() if len(_programmes(group)) >= _FEWEST]
    return tuple(_chart(place, measure, group, scope) for place, (measure, group) in enumerate(drawn, start=1))


def _programmes(figures: Iterable[Figure]) -> set[str]:
    return {figure.key.programme for figure in figures}


def _shown(figures: Sequence[Figure], scope: Scope) -> list[Figure]:
    period = (scope.period_from, scope.period_to)
    money = [
        figure
        for figure in figures
        if is_money(figure.unit)
        and figure.qualifier is Qualifier.EXACT
        and figure.key.programme not in ("", _WHOLE)
        and (figure.key.period_from, figure.key.period_to) == period
    ]
    totals = {(figure.key.programme, figure.key.measure) for figure in money}
    return [figure for figure in money if not _is_part_of_shown(figure, totals)]


def _is_part_of_shown(figure: Figure, totals: set[tuple[str, str]]) -> bool:
    whole = find_programme(figure.key.programme).part_of
    counted_in = find_programme(whole).parts_add_up and figure.key.programme in {part.code for part in parts_of(whole)}
    return counted_in and (whole, figure.key.measure) in totals


def _chart(place: int, measure: str, figures: Sequence[Figure], scope: Scope) -> Chart:
    ordered = sorted(figures, key=_in_dong, reverse=True)
    names, largest = _names(ordered), ordered[0]
    shown = ordered[: _room_for(names[:_MOST])]
    what = find_measure(measure).name
    which = f"{len(shown)} dòng lớn nhất trong " if len(ordered) > len(shown) else ""
    title = f"{what} phân theo {which}chương trình, chính sách, {period_name(scope.period_from, scope.period_to)}"
    description = (
        f"Nhiều nhất là {names[0]} với {_amount(largest)}; "
        f"cả {len(_programmes(ordered))} chương trình, chính sách có trong bảng tổng hợp."
    )
    code = "bieu-do-kinh-phi" + (f"-{place}" if place > 1 else "")
    unit = next((unit for unit in _UNITS if abs(_worth(largest, unit)) >= 1), _UNITS[-1])
    return Chart(code, title, description, _spec(_rows(shown, names, unit), unit), table="chuong-trinh")


def _room_for(names: Sequence[str]) -> int:
    """How many rows with these names fit a page together with the title."""
    height = step(["\n".join(_lines(name)) for name in names])
    return max(_FEWEST, min(len(names), _PAGE // height))


def _names(figures: Sequence[Figure]) -> list[str]:
    """Of the programmes; where one name comes again, with code and standard, so that each amount has its own bar."""
    names = [find_programme(figure.key.programme).name for figure in figures]
    times = Counter(names)
    return [
        f"{name} ({_told_apart(figure)})" if times[name] > 1 else name
        for name, figure in zip(names, figures, strict=True)
    ]


def _told_apart(figure: Figure) -> str:
    standard = find_standard(figure.key.standard).name or "không nêu chuẩn nghèo"
    return f"{figure.key.programme}, {standard}"


def _worth(figure: Figure, unit: str) -> Decimal:
    worth = in_unit(figure, unit)
    if worth is None:
        raise ValueError(f"“{figure.unit}” không phải đơn vị tiền.")
    return worth


def _in_dong(figure: Figure) -> Decimal:
    return _worth(figure, "đồng")


def _amount(figure: Figure) -> str:
    return f"{format_number(figure.value)} {figure.unit}"


def _rows(figures: Sequence[Figure], names: Sequence[str], unit: str) -> list[dict[str, str]]:
    return [
        {
            "chuong_trinh": "\n".join(_lines(name)),
            "gia_tri": exact(_worth(figure, unit)),
            "nhan": _amount(figure),
        }
        for figure, name in zip(figures, names, strict=False)
    ]


def _lines(name: str) -> list[str]:
    """As few lines as fit, of about the same length."""
    fewest = len(wrap(name, _LABEL_WIDTH))
    widths = range(len(name) // max(fewest, 1) + 1, _LABEL_WIDTH + 1)
    return next((lines for width in widths if len(lines := wrap(name, width)) <= fewest), wrap(name, _LABEL_WIDTH))


def _spec(rows: list[dict[str, str]], unit: str) -> dict[str, Any]:
    return {
        "data": {"values": rows, "format": {"type": "json", "parse": {"gia_tri": "number"}}},
        "width": 215,
        "height": {"step": step([row["chuong_trinh"] for row in rows])},
        "encoding": {
            "y": {"field": "chuong_trinh", "type": "nominal", "sort": None, "title": None, "axis": LONG_NAMES},
            "x": {
                "field": "gia_tri",
                "type": "quantitative",
                "stack": None,
                "title": unit,
                "axis": {**NUMBERS, "tickCount": 4},
            },
        },
        "layer": [
            {"mark": {"type": "bar", "color": "#8c8c8c", "stroke": "#333333", "height": 16}},
            {"mark": {**LABELS, "align": "left", "dx": 4}, "encoding": {"text": {"field": "nhan"}}},
        ],
    }
