"""Whatever figures were published – odd units, missing sides, unknown codes, strange notes – a report comes of them,
and it says nothing that the figures do not say."""

import json
import re
from collections.abc import Iterator
from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from programs.catalogue import programmes
from reports.rendering import render_fragment, render_json
from reports.reported.vocabulary import known_units, measures, standards
from reports.tables import Cell, Figure, Number, Paragraph, ReportData, Section, Sentence, Table
from reports.validator.checks import validate
from reports.validator.evidence import name_of
from tests.reports.figures import FIRST, HA_LONG, LAST, figure, wrap_up

DAYS = st.sampled_from([FIRST, date(2016, 12, 31), date(2018, 6, 30), date(2019, 12, 31), LAST])
SPANS = st.sampled_from([(FIRST, LAST), (date(2018, 1, 1), date(2018, 12, 31)), (date(2015, 1, 1), date(2019, 12, 31))])
NOTES = st.sampled_from(
    [
        "",
        "gồm {abc} xã",
        "gồm cả huyện cũ",
        "tính cho {}",
        "gồm ( )",
        "gồm a , b ;",
        "%s {0}",
        "<b>gồm</b>",
        "bao gồm {",
    ]
)
STOCKS = ("poor_households", "poor_rate", "near_poor_households", "near_poor_rate", "households", "persons")
WRONG = re.compile(r" {2}|\(\)| [,;.]|None|giảm -|tăng -|NaN|\{(?!x\})|(?<!\{x)\}")


@st.composite
def published(draw: st.DrawFn) -> Figure:
    whole = draw(st.integers(min_value=0, max_value=10**7))
    number = draw(st.sampled_from([str(whole), f"{whole}.5", f"{whole}.125", f"{whole}.10"]))
    qualifier = draw(st.sampled_from(["exact"] * 4 + ["nearly", "over", "range", "of", "target"]))
    text = {"range": f"{number}-{whole + 7}", "of": f"{whole}/{whole + 1}"}.get(qualifier, number)
    point = draw(st.booleans())
    first, last = draw(DAYS) if point else None, draw(SPANS)
    return figure(
        draw(st.sampled_from([*STOCKS, *STOCKS, *measures(), "cau_{x}"])),
        text,
        draw(st.sampled_from(["hộ", "hộ", "nghìn hộ", "percent", *sorted(known_units()), "cái {x}"])),
        on=first,
        first=last[0],
        last=last[1],
        qualifier=qualifier,
        standard=draw(st.sampled_from(["", "qd59-2015", *standards(), "ct-{x}"])),
        programme="" if point else draw(st.sampled_from(["", *programmes(), "DA-{x}"])),
        note=draw(NOTES),
        boundary_on=draw(st.sampled_from([date(2020, 9, 16), date(2020, 12, 29)])),
    )


FIGURES = st.lists(published(), max_size=14, unique_by=lambda one: one.key)


def sections(report: ReportData) -> Iterator[Section]:
    waiting = list(report.sections)
    while waiting:
        section = waiting.pop()
        yield section
        waiting += section.children


def cells(table: Table) -> list[Cell]:
    return [cell for row in table.rows for cell in row]


def sentences(report: ReportData) -> list[Sentence]:
    blocks = [*report.opening, *(block for one in sections(report) for block in one.blocks), *report.closing]
    return [sentence for block in blocks if isinstance(block, Paragraph) for sentence in block.sentences]


def numbers(report: ReportData) -> list[Number]:
    tables = [block for one in sections(report) for block in one.blocks if isinstance(block, Table)]
    in_tables = [cell.number for table in (*tables, *report.appendices) for cell in cells(table) if cell.number]
    return [number for sentence in sentences(report) for number in sentence.numbers] + in_tables


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(figures=FIGURES)
def test_any_published_figures_become_a_report_in_which_each_of_them_stands(figures: list[Figure]) -> None:
    report = wrap_up(HA_LONG, figures)
    findings = validate(report)
    assert {one.key for one in report.figures} <= {key for number in numbers(report) for key in number.keys}
    document = json.loads(render_json(report, findings))
    assert len(document["figures"]) == len(report.figures)
    assert len(render_fragment(report, name_of).sheet) > 1000


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(figures=FIGURES)
def test_no_sentence_is_broken_and_each_number_stands_in_it_as_it_is(figures: list[Figure]) -> None:
    report = wrap_up(HA_LONG, figures)
    texts = [sentence.text for sentence in sentences(report)] + [one.message for one in validate(report)]
    assert [text for text in texts if WRONG.search(text)] == []
    for sentence in sentences(report):
        start = 0
        for number in sentence.numbers:
            start = sentence.text.index(number.text, start) + len(number.text)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(figures=FIGURES)
def test_nothing_is_computed_over_a_hundred_percent_or_from_an_approximation(figures: list[Figure]) -> None:
    report = wrap_up(HA_LONG, figures)
    exact = {one.key for one in report.figures if one.qualifier == "exact"}
    computed = [number for number in numbers(report) if number.kind != "reported"]
    assert [number for number in computed if not set(number.keys) <= exact] == []
    assert [number for number in computed if number.kind == "ratio" and not 0 < number.value <= 100] == []
    assert [number for number in computed if number.kind == "rate_of_change" and number.value < -100] == []
