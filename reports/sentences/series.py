"""A count and its rate told over a period: where it started, where it ended, by how much it changed."""

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from itertools import pairwise
from pathlib import Path

from reports.reported.source import is_point
from reports.reported.vocabulary import find_standard
from reports.sentences.changes import Change, change_between, direction_of
from reports.sentences.periods import moment, same_series, until
from reports.sentences.writing import Piece, derived, included, is_exact, reported, write
from reports.tables import Figure, Number, Qualifier, Sentence

_DATA = Path(__file__).parent / "data" / "series.toml"
ALL_HOUSEHOLDS = "households"


@dataclass(frozen=True, slots=True)
class SeriesWords:
    """The words of a series; the columns are explained in data/series.toml. ``rate_of``: share of what."""

    count: str
    rate: str
    what: str
    none: str
    name: str
    rate_name: str
    rate_of: str = " tổng số hộ"


@dataclass(frozen=True, slots=True)
class Point:
    """What is known of a series on one day, by one standard. ``computed``: a rate made from counts."""

    day: date
    standard: str
    count: Figure | None = None
    rate: Figure | None = None
    computed: Number | None = None


@cache
def series_words() -> tuple[SeriesWords, ...]:
    return tuple(SeriesWords(**entry) for entry in tomllib.loads(_DATA.read_text(encoding="utf-8"))["series"])


def points_of(words: SeriesWords, figures: Iterable[Figure]) -> tuple[Point, ...]:
    """The points of a series in order of day; one for each standard where a day was stated by two of them."""
    found: dict[tuple[date, str], Point] = {}
    wholes: dict[date, Figure] = {}
    for figure in figures:
        key = figure.key
        if not is_point(key) or key.programme or figure.qualifier is Qualifier.TARGET:
            continue
        place = (key.period_to, key.standard)
        if key.measure == words.count:
            found[place] = replace(found.get(place, Point(*place)), count=figure)
        elif words.rate and key.measure == words.rate:
            found[place] = replace(found.get(place, Point(*place)), rate=figure)
        if key.measure == ALL_HOUSEHOLDS:
            wholes[key.period_to] = figure
    points = (_with_computed_rate(words, found[place], wholes) for place in sorted(found))
    return tuple(points)


def _with_computed_rate(words: SeriesWords, point: Point, wholes: Mapping[date, Figure]) -> Point:
    whole = wholes.get(point.day)
    if not words.rate or point.rate or point.count is None or whole is None:
        return point
    if not (is_exact(point.count) and is_exact(whole) and whole.value > 0 and words.rate_of):
        return point
    rate = point.count.value / whole.value * Decimal(100)
    return replace(point, computed=derived(rate, "percent", "ratio", (point.count.key, whole.key), decimals=2))


def series_sentences(words: SeriesWords, points: Sequence[Point], *, place: str) -> tuple[Sentence, ...]:
    """The whole telling. ``place`` is "toàn thành phố"; a change of standard breaks it and is said."""
    if not points:
        return ()
    runs = _runs(points)
    sentences: list[Sentence] = []
    for run in runs:
        standard = find_standard(run[0].standard).name if len(runs) > 1 and run[0].standard else ""
        sentences += _run_sentences(words, run, place=place, standard=standard)
    if len(runs) > 1:
        sentences.append(Sentence(_break_text(words, runs)))
    return tuple(sentences)


def _runs(points: Sequence[Point]) -> list[list[Point]]:
    """Points by one standard follow each other in one run; comparison stops where the standard changes."""
    by_standard: dict[str, list[Point]] = {}
    for point in points:
        by_standard.setdefault(point.standard, []).append(point)
    runs: list[list[Point]] = []
    for group in by_standard.values():
        run = [group[0]]
        for before, after in pairwise(group):
            if not _comparable(before, after):
                runs.append(run)
                run = []
            run.append(after)
        runs.append(run)
    return sorted(runs, key=lambda run: (run[0].day, run[0].standard))


def _comparable(before: Point, after: Point) -> bool:
    first, last = before.count or before.rate, after.count or after.rate
    return first is not None and last is not None and same_series(first.key, last.key)


def _break_text(words: SeriesWords, runs: Sequence[Sequence[Point]]) -> str:
    name = words.name[:1].upper() + words.name[1:]
    named = [find_standard(run[0].standard).name for run in runs if run[0].standard]
    by = f" ({'; '.join(dict.fromkeys(named))})" if named else ""
    return f"{name} ở các thời điểm trên tính theo chuẩn nghèo khác nhau{by} nên không so sánh tăng, giảm."


def _run_sentences(words: SeriesWords, run: Sequence[Point], *, place: str, standard: str) -> list[Sentence]:
    first, last = run[0], run[-1]
    by = f"theo {standard}, " if standard else ""
    if len(run) == 1:
        opening = f"{moment(first.day)}, {by}{place} "
        return [_state(words, first, opening)]
    sentences = [_start_and_end(words, first, last, f"{moment(first.day)}, {by}{place} ")]
    sentences += _between(words, run[1:-1])
    return sentences + _change_sentences(words, first, last)


def _state(words: SeriesWords, point: Point, opening: str) -> Sentence:
    text, pieces = _stated(words, point, "a", "có")
    return write(opening + text, pieces)


def _start_and_end(words: SeriesWords, first: Point, last: Point, opening: str) -> Sentence:
    start, pieces = _stated(words, first, "a", "có")
    end, more = _stated(words, last, "b", _verb(first, last))
    return write(f"{opening}{start}; {until(last.day)} {end}", {**pieces, **more})


def _verb(first: Point, last: Point) -> str:
    before, after = first.count or first.rate, last.count or last.rate
    if before is None or after is None or not (is_exact(before) and is_exact(after)) or before.unit != after.unit:
        return "có"
    if after.value == before.value:
        return "vẫn có"
    if before.value == 0:
        return "có"
    return "còn" if after.value < before.value else "tăng lên"


def _stated(words: SeriesWords, point: Point, mark: str, verb: str) -> tuple[str, dict[str, Piece]]:
    """The clause of one point, with slots named by ``mark`` so that two clauses can stand in one sentence."""
    if point.count is None:
        return _stated_rate(words, point, mark, verb)
    if point.count.value == 0 and is_exact(point.count):
        still = {"còn": "không còn", "vẫn có": "vẫn không có"}.get(verb, "không có")
        none = reported(point.count, f"{still} {words.none}")
        return f"{{count_{mark}}}{included(point.count)}", {f"count_{mark}": none}
    pieces: dict[str, Piece] = {f"count_{mark}": reported(point.count)}
    text = f"{verb} {{count_{mark}}} {words.what}{included(point.count)}"
    rate = reported(point.rate) if point.rate else point.computed
    if rate is not None:
        pieces[f"rate_{mark}"] = rate
        text += f", chiếm {{rate_{mark}}}{words.rate_of}"
    return text, pieces


def _stated_rate(words: SeriesWords, point: Point, mark: str, verb: str) -> tuple[str, dict[str, Piece]]:
    if point.rate is None:
        raise ValueError(f"Thời điểm {point.day} không có số liệu nào.")
    again = {"còn": "giảm còn", "tăng lên": "tăng lên", "vẫn có": "vẫn là"}.get(verb)
    text = f"{again} {{rate_{mark}}}" if again else f"có {words.rate_name} là {{rate_{mark}}}"
    return text + included(point.rate), {f"rate_{mark}": reported(point.rate)}


def _between(words: SeriesWords, points: Sequence[Point]) -> list[Sentence]:
    """The points between start and end, one clause each."""
    if not points:
        return []
    clauses: list[str] = []
    pieces: dict[str, Piece] = {}
    for index, point in enumerate(points):
        figure = point.count or point.rate
        if figure is None:
            continue
        pieces[f"n{index}"] = reported(figure)
        clause = f"{moment(point.day)}: {{n{index}}}"
        if point.count and point.rate:
            pieces[f"r{index}"] = reported(point.rate)
            clause += f" ({{r{index}}})"
        clauses.append(clause)
    name = words.name if points[0].count else words.rate_name
    return [write(f"{name} qua các thời điểm: {'; '.join(clauses)}", pieces)]


def _change_sentences(words: SeriesWords, first: Point, last: Point) -> list[Sentence]:
    sentences = []
    if first.count and last.count:
        change = change_between(first.count, last.count)
        both_none = first.count.value == last.count.value == 0
        if change and not both_none:
            sentences.append(_change_sentence(f"so với {moment(first.day)}, {words.name}", change))
    if first.rate and last.rate:
        change = change_between(first.rate, last.rate)
        if change and (change.difference.value or not last.count):
            sentences.append(_change_sentence(words.rate_name, change))
    return sentences


def _change_sentence(subject: str, change: Change) -> Sentence:
    if change.difference.value == 0:
        return write(f"{subject} không thay đổi", {})
    text = f"{subject} {change.direction} {{by}}"
    pieces: dict[str, Piece] = {"by": change.difference}
    if change.share is not None and change.share.value != 0:
        text += f" (tương ứng {change.direction} {{share}})"
        pieces["share"] = change.share
    if change.per_year is not None and change.per_year.value != 0:
        text += f", bình quân mỗi năm {direction_of(change.per_year)} {{per_year}}"
        pieces["per_year"] = change.per_year
    return write(text, pieces)
