"""A count and its rate told over a period: where it started, where it ended, by how much it changed."""

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path

from povertyportal.vietnamese import moment
from reports.reported.series import same_series, same_standard, same_territory
from reports.reported.source import is_point
from reports.reported.units import converted, fits
from reports.reported.vocabulary import find_measure, find_standard
from reports.sentences.changes import Change, change_between, direction_of
from reports.sentences.periods import until
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


@cache
def stock_measures() -> frozenset[str]:
    """Numbers and shares of the poor, which mean nothing without a standard; households in all follow none."""
    codes = (code for words in series_words() for code in (words.count, words.rate) if code)
    return frozenset(code for code in codes if not find_measure(code).of_all)


def points_of(words: SeriesWords, figures: Iterable[Figure]) -> tuple[Point, ...]:
    """The points of a series in order of day; one for each standard where a day was stated by two of them."""
    found: dict[tuple[date, str], Point] = {}
    wholes: dict[date, Figure] = {}
    for figure in figures:
        key = figure.key
        if not is_point(key) or key.programme or figure.qualifier is Qualifier.TARGET:
            continue
        if not fits(key.measure, figure.unit):  # told by name: "991 tấn nghèo" says nothing
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
    """A share of the whole by exact counts; none over 100 percent, and none that would round to 0."""
    whole = wholes.get(point.day)
    if not words.rate or point.rate or point.count is None or whole is None:
        return point
    comparable = is_exact(point.count) and is_exact(whole) and same_territory(point.count, whole)
    if not (comparable and whole.value > 0 and words.rate_of):
        return point
    part = converted(point.count.value, point.count.unit, whole.unit)
    if part is None or part > whole.value:
        return point
    rate = derived(part / whole.value * 100, "percent", "ratio", (point.count.key, whole.key), decimals=2)
    return replace(point, computed=rate) if rate.value else point


def series_sentences(words: SeriesWords, points: Sequence[Point], *, place: str) -> tuple[Sentence, ...]:
    """The whole telling. ``place`` is "toàn thành phố"; a change of standard breaks it and is said."""
    if not points:
        return ()
    runs = _runs(points)
    several = len({run[0].standard for run in runs}) > 1
    sentences: list[Sentence] = []
    for run in runs:
        standard = find_standard(run[0].standard).name if several and run[0].standard else ""
        sentences += _run_sentences(words, run, place=place, standard=standard)
    return (*sentences, *(Sentence(text) for text in _breaks(words, runs)))


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
    return same_series(_figure(before), _figure(after))


def _breaks(words: SeriesWords, runs: Sequence[Sequence[Point]]) -> Iterator[str]:
    """Why the telling stops between two runs: the standard, the map, or both."""
    ends = [(_figure(before[-1]), _figure(after[0])) for before, after in pairwise(runs)]
    if any(not same_standard(before.key, after.key) for before, after in ends):
        yield _break_text(words, runs)
    if any(not same_territory(before, after) for before, after in ends):
        name = words.name[:1].upper() + words.name[1:]
        yield (
            f"{name} ở các thời điểm trên được công bố theo địa giới của những ngày khác nhau, chưa rõ đơn vị hành chính "
            "có thay đổi giữa các ngày đó hay không, nên không so sánh tăng, giảm giữa các địa giới."
        )


def _figure(point: Point) -> Figure:
    figure = point.count or point.rate
    if figure is None:
        raise ValueError(f"Thời điểm {point.day} không có số liệu nào.")
    return figure


def _break_text(words: SeriesWords, runs: Sequence[Sequence[Point]]) -> str:
    """Changes are told within each standard only. Standards are named when every run states one."""
    name = words.name[:1].upper() + words.name[1:]
    named = list(dict.fromkeys(find_standard(run[0].standard).name for run in runs if run[0].standard))
    if len(named) > 1 and all(run[0].standard for run in runs):
        return f"{name} tính theo {len(named)} chuẩn nghèo ({'; '.join(named)}) nên không so sánh giữa các chuẩn."
    if named:
        return f"{name} ở một số thời điểm không nêu chuẩn nghèo nên không so sánh với các thời điểm khác."
    return f"{name} thuộc các thời kỳ có chuẩn nghèo khác nhau nên không so sánh giữa các thời kỳ."


def _run_sentences(words: SeriesWords, run: Sequence[Point], *, place: str, standard: str) -> list[Sentence]:
    first, last = run[0], run[-1]
    opening = "{day}, theo {standard}, {place} " if standard else "{day}, {place} "
    pieces: dict[str, Piece] = {"day": moment(first.day), "standard": standard, "place": place}
    if len(run) == 1:
        return [_state(words, first, opening, pieces)]
    sentences = [_start_and_end(words, first, last, opening, pieces)]
    sentences += _between(words, run[1:-1])
    return sentences + _change_sentences(words, first, last)


def _state(words: SeriesWords, point: Point, opening: str, opened: Mapping[str, Piece]) -> Sentence:
    text, pieces = _stated(words, point, "a", "có")
    return write(opening + text, {**opened, **pieces})


def _start_and_end(
    words: SeriesWords, first: Point, last: Point, opening: str, opened: Mapping[str, Piece]
) -> Sentence:
    start, pieces = _stated(words, first, "a", "có")
    end, more = _stated(words, last, "b", _verb(first, last))
    return write(f"{opening}{start}; {until(last.day)} {end}", {**opened, **pieces, **more})


def _verb(first: Point, last: Point) -> str:
    before, after = first.count or first.rate, last.count or last.rate
    change = change_between(before, after) if before and after else None
    if change is None:
        return "có"
    if change.difference.value == 0:
        return "vẫn có"
    if before is not None and before.value == 0:
        return "có"
    return "còn" if change.difference.value < 0 else "tăng lên"


def _stated(words: SeriesWords, point: Point, mark: str, verb: str) -> tuple[str, dict[str, Piece]]:
    """The clause of one point, with slots named by ``mark`` so that two clauses can stand in one sentence."""
    if point.count is None:
        return _stated_rate(words, point, mark, verb)
    if point.count.value == 0 and is_exact(point.count):
        still = {"còn": "không còn", "vẫn có": "vẫn không có"}.get(verb, "không có")
        none = reported(point.count, f"{still} {words.none}")
        return f"{{count_{mark}}}{{note_{mark}}}", {f"count_{mark}": none, f"note_{mark}": included(point.count)}
    pieces: dict[str, Piece] = {f"count_{mark}": reported(point.count), f"note_{mark}": included(point.count)}
    text = f"{verb} {{count_{mark}}} {words.what}{{note_{mark}}}"
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
    pieces: dict[str, Piece] = {f"rate_{mark}": reported(point.rate), f"note_{mark}": included(point.rate)}
    return f"{text}{{note_{mark}}}", pieces


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
