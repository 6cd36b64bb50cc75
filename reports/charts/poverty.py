"""Counts at the start and at the end of the period, side by side."""

from collections.abc import Sequence
from typing import Any, Protocol

from povertyportal.vietnamese import format_number
from reports.charts.look import LABELS, exact
from reports.reported.vocabulary import find_measure
from reports.tables import Chart, Figure


class HasCount(Protocol):
    @property
    def count(self) -> Figure | None: ...


def poverty_chart(series: Sequence[tuple[Any, Sequence[HasCount]]], period: str) -> tuple[Chart, ...]:
    """One chart when some series has a count on two days by one standard, otherwise none."""
    pairs = [pair for _words, points in series if (pair := _first_and_last(points))]
    if not pairs:
        return ()
    rows = [_row(figure, mark) for pair in pairs for figure, mark in zip(pair, ("Đầu kỳ", "Cuối kỳ"), strict=True)]
    title = f"Số hộ nghèo, hộ cận nghèo đầu kỳ và cuối kỳ, {period}"
    return (Chart("bieu-do-ho-ngheo", title, _description(pairs), _spec(rows), table="ho-ngheo"),)


def _first_and_last(points: Sequence[HasCount]) -> tuple[Figure, Figure] | None:
    counts = [point.count for point in points if point.count]
    same = [count for count in counts if count.key.standard == counts[-1].key.standard]
    return (same[0], same[-1]) if len(same) > 1 else None


def _row(figure: Figure, mark: str) -> dict[str, str]:
    name = find_measure(figure.key.measure).name.removeprefix("Số ")
    return {
        "chi_tieu": name[:1].upper() + name[1:],
        "moc": mark,
        "gia_tri": exact(figure.value),
        "nhan": format_number(figure.value),
    }


def _description(pairs: Sequence[tuple[Figure, Figure]]) -> str:
    told = [
        f"{find_measure(first.key.measure).name.lower()} đầu kỳ {format_number(first.value)}, "
        f"cuối kỳ {format_number(last.value)}"
        for first, last in pairs
    ]
    text = "; ".join(told)
    return f"{text[:1].upper()}{text[1:]}."


def _spec(rows: list[dict[str, str]]) -> dict[str, Any]:
    group = {"field": "moc", "type": "nominal", "sort": None}
    return {
        "data": {"values": rows, "format": {"type": "json", "parse": {"gia_tri": "number"}}},
        "width": 400,
        "height": 220,
        "encoding": {
            "x": {"field": "chi_tieu", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": 0}},
            "xOffset": group,
            "y": {
                "field": "gia_tri",
                "type": "quantitative",
                "title": "Số hộ",
                "axis": {"format": ",d", "tickCount": 5},
            },
        },
        "layer": [
            {
                "mark": {"type": "bar", "stroke": "#333333"},
                "encoding": {
                    "color": {
                        **group,
                        "title": None,
                        "scale": {"domain": ["Đầu kỳ", "Cuối kỳ"], "range": ["#595959", "#d9d9d9"]},
                        "legend": {"orient": "top"},
                    }
                },
            },
            {"mark": {**LABELS, "dy": -8}, "encoding": {"text": {"field": "nhan"}}},
        ],
    }
