"""Counts at the start and at the end of the period, side by side: only what may be compared stands in one picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from povertyportal.vietnamese import format_number, moment
from reports.charts.look import LABELS, NUMBERS, exact
from reports.reported.series import same_series
from reports.reported.vocabulary import find_measure, find_standard, whole_units
from reports.tables import Chart, Figure, Qualifier, Scope

_DAY = timedelta(days=1)


class HasCount(Protocol):
    @property
    def count(self) -> Figure | None: ...


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the last count of a run that nothing breaks."""

    first: Figure
    last: Figure

    @property
    def kind(self) -> tuple[object, ...]:
        """Pairs of one kind may stand on the same axis: the same days, standard and unit."""
        return (self.first.key.period_to, self.last.key.period_to, self.last.key.standard, self.last.unit)


def poverty_charts(series: Sequence[tuple[Any, Sequence[HasCount]]], scope: Scope, period: str) -> tuple[Chart, ...]:
    """A chart for each kind of pair; none when no series has two counts that may be compared. ``period`` is its name."""
    kinds: dict[tuple[object, ...], list[Pair]] = {}
    for _words, points in series:
        if pair := _latest_pair(points):
            kinds.setdefault(pair.kind, []).append(pair)
    standards = {point.count.key.standard for _words, points in series for point in points if point.count}
    return tuple(
        _chart(place, pairs, scope, period, name_standard=len(standards) > 1)
        for place, pairs in enumerate(kinds.values(), start=1)
    )


def _latest_pair(points: Sequence[HasCount]) -> Pair | None:
    """From the latest count that another may be compared with, back to the earliest such; approximate counts are not
    drawn."""
    counts = [point.count for point in points if point.count and point.count.qualifier is Qualifier.EXACT]
    for last in reversed(counts):
        same = [one for one in counts if _before(one, last) and one.unit == last.unit and same_series(one, last)]
        if same:
            return Pair(same[0], last)
    return None


def _before(one: Figure, other: Figure) -> bool:
    return one.key.period_to < other.key.period_to


def _chart(place: int, pairs: Sequence[Pair], scope: Scope, period: str, *, name_standard: bool) -> Chart:
    days = [pairs[0].first.key.period_to, pairs[0].last.key.period_to]
    marks = [_mark(day, scope) for day in days]
    names = ", ".join(_name(pair.last) for pair in pairs)
    standard = find_standard(pairs[0].last.key.standard).name if name_standard else ""
    by = f", theo {standard}" if standard else ""
    title = f"Số {names} {' và '.join(marks)}, {period}{by}"
    rows = [row for pair in pairs for row in (_row(pair.first, marks[0]), _row(pair.last, marks[1]))]
    code = "bieu-do-ho-ngheo" + (f"-{place}" if place > 1 else "")
    spec = _spec(rows, [_capital(mark) for mark in marks], pairs[0].last.unit)
    return Chart(code, title, _description(pairs, marks), spec, table="ho-ngheo")


def _mark(day: date, scope: Scope) -> str:
    """The last day before the period counts as its opening; any other day than the period's ends is named."""
    if day in (scope.period_from, scope.period_from - _DAY):
        return "đầu kỳ"
    return "cuối kỳ" if day == scope.period_to else moment(day)


def _name(figure: Figure) -> str:
    name = find_measure(figure.key.measure).name
    return name.removeprefix("Số ")


def _row(figure: Figure, mark: str) -> dict[str, str]:
    return {
        "chi_tieu": _capital(_name(figure)),
        "moc": _capital(mark),
        "gia_tri": exact(figure.value),
        "nhan": format_number(figure.value),
    }


def _description(pairs: Sequence[Pair], marks: Sequence[str]) -> str:
    told = [
        f"số {_name(pair.last)} {marks[0]}: {format_number(pair.first.value)} {pair.first.unit}, "
        f"{marks[1]}: {format_number(pair.last.value)} {pair.last.unit}"
        for pair in pairs
    ]
    return f"{_capital('; '.join(told))}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _spec(rows: list[dict[str, str]], marks: list[str], unit: str) -> dict[str, Any]:
    group = {"field": "moc", "type": "nominal", "sort": None}
    counted = unit in whole_units()
    whole = {"tickMinStep": 1} if counted else {}
    return {
        "data": {"values": rows, "format": {"type": "json", "parse": {"gia_tri": "number"}}},
        "width": 200 * len({row["chi_tieu"] for row in rows}),
        "height": 220,
        "encoding": {
            "x": {"field": "chi_tieu", "type": "nominal", "sort": None, "title": None, "axis": {"labelAngle": 0}},
            "xOffset": group,
            "y": {
                "field": "gia_tri",
                "type": "quantitative",
                "stack": None,
                "title": f"Số {unit}" if counted else _capital(unit),
                "axis": {**NUMBERS, **whole, "tickCount": 5},
            },
        },
        "layer": [
            {
                "mark": {"type": "bar", "stroke": "#333333"},
                "encoding": {
                    "color": {
                        **group,
                        "title": None,
                        "scale": {"domain": marks, "range": ["#595959", "#d9d9d9"]},
                        "legend": {"orient": "top"},
                    }
                },
            },
            {"mark": {**LABELS, "dy": -8}, "encoding": {"text": {"field": "nhan"}}},
        ],
    }
