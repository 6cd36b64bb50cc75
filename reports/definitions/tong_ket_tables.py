"""The tables of the wrap-up."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from povertyportal.vietnamese import day_in_text, format_number, moment, period_name
from programs.catalogue import find_programme
from reports.definitions.base import Material
from reports.definitions.topics import place_in_order
from reports.reported.units import is_money
from reports.reported.vocabulary import Kind, find_measure, find_standard, source_title
from reports.sentences.changes import change_between
from reports.sentences.periods import span
from reports.sentences.series import Point, SeriesWords
from reports.sentences.writing import bare_text, reported, unit_of, with_unit
from reports.tables import Block, Cell, Column, Figure, FigureKey, Number, Qualifier, Table

Series = Sequence[tuple[SeriesWords, Sequence[Point]]]
_NONE = Cell("-")
_SEE_CELLS = "như ghi"  # in the column of units: each cell says its own
_MOST_DAYS = 3  # more columns do not fit an upright page


def poverty_table(material: Material, series: Series) -> tuple[Block, ...]:
    """Start, end and change of every series; with many days a row for each day instead."""
    days = sorted({point.day for _words, points in series for point in points})
    if not days:
        return ()
    make = _change_table if len(days) <= _MOST_DAYS else _day_table
    return (make(material, series, days),)


def _change_table(material: Material, series: Series, days: Sequence[date]) -> Table:
    rows = [row for _words, points in series for row in _series_rows(points, days)]
    columns = (
        Column("Chỉ tiêu"),
        Column("Đơn vị tính"),
        *(Column(_capital(moment(day)), numeric=True) for day in days),
        Column("Tăng (+), giảm (-)", numeric=True),
        Column("Tỷ lệ tăng (+), giảm (-)", "%", numeric=True),
    )
    return _poverty(material, columns, rows)


def _poverty(material: Material, columns: tuple[Column, ...], rows: Iterable[tuple[Cell, ...]]) -> Table:
    title = f"Hộ nghèo, hộ cận nghèo {material.period}"
    return Table("ho-ngheo", title, columns, tuple(rows), source=_sources(material.source.figures))


def _day_table(material: Material, series: Series, days: Sequence[date]) -> Table:
    """One row for each day and standard, one column for each measure."""
    points = [point for _words, group in series for point in group]
    figures = [figure for point in points for figure in (point.count, point.rate) if figure]
    measures = list(dict.fromkeys(figure.key.measure for figure in figures))
    units = {code: _common_unit([one for one in figures if one.key.measure == code]) for code in measures}
    found = {(figure.key.period_to, figure.key.standard, figure.key.measure): figure for figure in figures}
    columns = (
        Column("Thời điểm"),
        *(Column(find_measure(code).name, _shown(units[code]), numeric=True) for code in measures),
        Column("Chuẩn nghèo giai đoạn"),
    )
    rows = []
    for day, standard in _day_rows(found):
        cells = [
            found.get((day, standard, code)) or found.get((day, _or_none(code, standard), code)) for code in measures
        ]
        values = (_value_beside(figure, units[figure.key.measure]) if figure else _NONE for figure in cells)
        named = find_standard(standard)
        rows.append((Cell(_capital(moment(day))), *values, Cell(named.short or standard)))
    return _poverty(material, columns, rows)


def _or_none(measure: str, standard: str) -> str:
    """Households in all follow no standard: they stand beside whatever was counted on their day."""
    return "" if find_measure(measure).of_all else standard


def _day_rows(found: Iterable[tuple[date, str, str]]) -> list[tuple[date, str]]:
    """Days and standards; a day on which nothing but households in all is without a standard has no row for that."""
    counted = {(day, standard) for day, standard, code in found if standard or not find_measure(code).of_all}
    days = {day for day, _standard in counted}
    rows = counted | {(day, standard) for day, standard, _code in found if day not in days}
    return sorted(rows, key=lambda row: (row[0], find_standard(row[1]).applied_from or date.max, row[1]))


def _series_rows(points: Sequence[Point], days: Sequence[date]) -> Iterable[tuple[Cell, ...]]:
    counts = [point.count for point in points if point.count]
    rates = [point.rate for point in points if point.rate]
    for figures in (counts, rates):
        for _standard, group in groupby(
            sorted(figures, key=lambda one: one.key.standard), lambda one: one.key.standard
        ):
            several = len({one.key.standard for one in figures}) > 1
            yield _series_row(list(group), days, by_standard=several)


def _series_row(figures: list[Figure], days: Sequence[date], *, by_standard: bool) -> tuple[Cell, ...]:
    """``by_standard``: the measure has rows of several standards, and each says its own."""
    first, last = figures[0], figures[-1]
    by_day = {figure.key.period_to: figure for figure in figures}
    change = change_between(first, last) if first is not last else None
    unit = _common_unit(figures)
    name = find_measure(first.key.measure).name + (_by(first.key.standard) if by_standard else "")
    cells = [_value_beside(by_day[day], unit) if day in by_day else _NONE for day in days]
    difference = _signed(change.difference, unit) if change else _NONE
    share = _signed(change.share, "percent") if change and change.share else _NONE
    return (Cell(name), Cell(_shown(unit) or _SEE_CELLS), *cells, difference, share)


def _by(standard: str) -> str:
    known = find_standard(standard)
    return f" (chuẩn {known.short or known.code})" if standard else " (không nêu chuẩn)"


def _common_unit(figures: Sequence[Figure]) -> str:
    """The unit that all figures were published in; "" where it is not one: then each cell says its own."""
    units = {unit_of(figure) for figure in figures}
    return units.pop() if len(units) == 1 else ""


def _shown(unit: str) -> str:
    return with_unit("", unit).strip().replace(" ", "\u00a0")


def _value_beside(figure: Figure, unit: str) -> Cell:
    return _value_cell(figure) if unit else _full_cell(figure)


def _signed(number: Number, unit: str) -> Cell:
    """The value with its sign: "-929", "+12"; points of percent keep their number alone. Without a common ``unit`` of
    the row its own stands behind: "-9,5 nghìn hộ"."""
    text = ("+" if number.value > 0 else "") + format_number(number.value)
    text = text if unit else with_unit(text, number.unit)
    return Cell(text, Number(number.value, number.unit, text, number.kind, number.keys))


def _value_cell(figure: Figure) -> Cell:
    text = bare_text(figure)
    return Cell(text, reported(figure, text))


def programme_table(material: Material, results: Sequence[Figure]) -> tuple[Block, ...]:
    """One row for a programme and period: what was reached and which money; further money in rows of its own, each in
    the unit it was published in. Plan, allocation and spending are never in one column without their name."""
    of_programmes = [figure for figure in results if figure.key.programme]
    groups: dict[tuple[str, FigureKey], list[Figure]] = {}
    for figure in of_programmes:
        key = figure.key
        place = FigureKey("", key.boundary_on, "", key.programme, "", key.period_from, key.period_to)
        groups.setdefault((key.programme, place), []).append(figure)
    if not groups:
        return ()
    ordered = sorted(groups.items(), key=lambda entry: place_in_order(entry[1][0]))
    rows = [row for (code, place), figures in ordered for row in _programme_rows(code, place, figures)]
    numbered = tuple((Cell(str(place)), *row) for place, row in enumerate(rows, start=1))
    columns = (
        Column("TT", numeric=True),
        Column("Chương trình, chính sách"),
        Column("Kết quả"),
        Column("Loại kinh phí"),
        Column("Kinh phí", numeric=True),
        Column("Thời kỳ"),
    )
    title = f"Kết quả và kinh phí theo chương trình, chính sách {material.period}"
    return (Table("chuong-trinh", title, columns, numbered, source=_sources(of_programmes)),)


def _programme_rows(code: str, place: FigureKey, figures: Sequence[Figure]) -> list[tuple[Cell, ...]]:
    money = [figure for figure in figures if _is_money(figure)]
    reached = _reached([figure for figure in figures if not _is_money(figure)])
    name, period = Cell(find_programme(code).name), Cell(_period_cell(place))
    done = Cell(reached) if reached else _NONE
    if not money:
        return [(name, done, _NONE, _NONE, period)]
    return [
        (name, done if entry is money[0] else _NONE, Cell(_kind_of_money(entry)), _full_cell(entry), period)
        for entry in money
    ]


def _kind_of_money(figure: Figure) -> str:
    measure = find_measure(figure.key.measure)
    return (measure.brief or measure.name).replace(" ", "\u00a0", 1)


def _reached(figures: Sequence[Figure]) -> str:
    """ "248 công trình"; by name where the unit alone would not say what was counted."""
    units = [figure.unit for figure in figures]
    texts = []
    for figure in figures:
        measure, text = find_measure(figure.key.measure), reported(figure).text
        clear = measure.kind is Kind.COUNT and units.count(figure.unit) == 1
        texts.append(text if clear else f"{measure.name}: {text}")
    return "; ".join(texts)


def _is_money(figure: Figure) -> bool:
    return find_measure(figure.key.measure).kind is Kind.MONEY or is_money(figure.unit)


def _full_cell(figure: Figure) -> Cell:
    number = reported(figure)
    return Cell(number.text, number)


def other_table(material: Material, figures: Sequence[Figure]) -> tuple[Block, ...]:
    """Figures whose measure or programme no heading knows."""
    if not figures:
        return ()
    columns = (
        Column("Chỉ tiêu"),
        Column("Chương trình, chính sách"),
        Column("Giá trị", numeric=True),
        Column("Đơn vị tính"),
        Column("Thời kỳ"),
    )
    rows = tuple(
        (_measure_cell(one), _programme_cell(one), _value_cell(one), _unit_cell(one), _span_cell(one))
        for one in figures
    )
    return (Table("chi-tieu-khac", f"Các chỉ tiêu khác {material.period}", columns, rows, source=_sources(figures)),)


def all_figures_table(material: Material) -> Table:
    """Every figure of the report as it was published: no figure of the scope is missing here. The boundary date has a
    column where there are several; one alone stands in the remarks below the text."""
    figures = material.source.figures
    dated = len({figure.key.boundary_on for figure in figures}) > 1
    columns = (
        Column("TT", numeric=True),
        Column("Chỉ tiêu"),
        Column("Chương trình, chính sách"),
        Column("Thời kỳ"),
        Column("Giá trị", numeric=True),
        Column("Đơn vị tính"),
        Column("Chuẩn nghèo giai đoạn"),
        *((Column("Địa giới ngày"),) if dated else ()),
        Column("Ghi chú"),
    )
    rows = tuple(_full_row(number, figure, dated=dated) for number, figure in enumerate(figures, start=1))
    title = f"Số liệu đã công bố về công tác giảm nghèo {material.period} của {material.place.in_title}"
    return Table("so-lieu", title, columns, rows, source=_sources(figures), wide=True)


def _full_row(number: int, figure: Figure, *, dated: bool) -> tuple[Cell, ...]:
    standard = find_standard(figure.key.standard)
    aim = "Chỉ tiêu phấn đấu" if figure.qualifier is Qualifier.TARGET else ""
    note = "; ".join(part for part in (aim, figure.note) if part)
    return (
        Cell(str(number)),
        _measure_cell(figure),
        _programme_cell(figure),
        _span_cell(figure),
        _value_cell(figure),
        _unit_cell(figure),
        Cell(standard.short or standard.code),
        *((Cell(day_in_text(figure.key.boundary_on)),) if dated else ()),
        Cell(_capital(note)),
    )


def _measure_cell(figure: Figure) -> Cell:
    return Cell(find_measure(figure.key.measure).name)


def _programme_cell(figure: Figure) -> Cell:
    return Cell(find_programme(figure.key.programme).name if figure.key.programme else "")


def _unit_cell(figure: Figure) -> Cell:
    """The unit on one line: a narrow column must not break "triệu đồng"."""
    return Cell(_shown(unit_of(figure)))


def _span_cell(figure: Figure) -> Cell:
    return Cell(_period_cell(figure.key))


def _period_cell(key: FigureKey) -> str:
    if key.period_from == key.period_to:
        return _capital(span(key))
    name = period_name(key.period_from, key.period_to)
    return _capital(name.removeprefix("giai đoạn "))


def _sources(figures: Sequence[Figure]) -> str:
    return "; ".join(dict.fromkeys(source_title(figure.report) for figure in figures))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
