"""Money by programme over the report's period, largest first."""

from collections.abc import Sequence
from decimal import Decimal
from textwrap import wrap
from typing import Any

from povertyportal.vietnamese import format_number, period_name
from programs.catalogue import find_programme, parts_of
from reports.charts.look import LABELS, LONG_NAMES, exact
from reports.reported.vocabulary import find_measure, money_units
from reports.tables import Chart, Figure, Qualifier, Scope

_FEWEST = 3
_BILLION = Decimal(10) ** 9
_WHOLE = "all"
_LABEL_WIDTH = 46


def money_chart(figures: Sequence[Figure], scope: Scope) -> tuple[Chart, ...]:
    """One chart when three programmes or more have a result in money for the report's own period. A line whose total is
    shown leaves its parts out; approximate amounts are not drawn."""
    shown = _shown(figures, scope)
    if len(shown) < _FEWEST:
        return ()
    rows = [_row(figure) for figure in sorted(shown, key=_in_dong, reverse=True)]
    period = period_name(scope.period_from, scope.period_to)
    largest = rows[0]
    description = (
        f"Nhiều nhất là {' '.join(largest['chuong_trinh'].split())} với {largest['nhan']}; "
        f"cả {len(rows)} chương trình, chính sách có trong bảng tổng hợp."
    )
    title = f"Kinh phí theo chương trình, chính sách, {period}"
    return (Chart("bieu-do-kinh-phi", title, description, _spec(rows), table="chuong-trinh"),)


def _shown(figures: Sequence[Figure], scope: Scope) -> list[Figure]:
    period = (scope.period_from, scope.period_to)
    money = [
        figure
        for figure in figures
        if figure.unit in money_units()
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


def _in_dong(figure: Figure) -> Decimal:
    return figure.value * money_units()[figure.unit]


def _row(figure: Figure) -> dict[str, str]:
    name = find_programme(figure.key.programme).name
    loan = f" ({find_measure(figure.key.measure).name.lower()})" if figure.key.measure.startswith("loan_") else ""
    return {
        "chuong_trinh": "\n".join(wrap(name + loan, _LABEL_WIDTH)),
        "gia_tri": exact(_in_dong(figure) / _BILLION),
        "nhan": f"{format_number(figure.value)} {figure.unit}",
    }


def _spec(rows: list[dict[str, str]]) -> dict[str, Any]:
    return {
        "data": {"values": rows, "format": {"type": "json", "parse": {"gia_tri": "number"}}},
        "width": 215,
        "height": {"step": 31},
        "encoding": {
            "y": {"field": "chuong_trinh", "type": "nominal", "sort": None, "title": None, "axis": LONG_NAMES},
            "x": {
                "field": "gia_tri",
                "type": "quantitative",
                "title": "tỷ đồng",
                "axis": {"tickCount": 4, "format": ",d"},
            },
        },
        "layer": [
            {"mark": {"type": "bar", "color": "#8c8c8c", "stroke": "#333333", "height": 16}},
            {"mark": {**LABELS, "align": "left", "dx": 4}, "encoding": {"text": {"field": "nhan"}}},
        ],
    }
