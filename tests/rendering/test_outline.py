"""Numbers of headings, tables and appendices."""

from dataclasses import replace
from decimal import Decimal

import pytest

from reports.rendering.json import exact
from reports.rendering.numbers import sentence_html, with_unit
from reports.rendering.outline import Moved, outline
from reports.tables import Missing, Number, Paragraph, Section, Sentence
from tests.rendering.sample import REPORT, SECTIONS, WIDE, paragraph

TEXT = paragraph("Có số liệu.")
NONE = Missing("Chưa có số liệu")


def section(level: int, *blocks: object, children: tuple[Section, ...] = (), number: str = "1") -> Section:
    return Section(number, "Tiêu đề", level, blocks, children)  # type: ignore[arg-type]


def numbers(*sections: Section) -> list[str]:
    return [one.number for one in outline(replace(REPORT, sections=sections)).headings]


def test_headings_with_data_are_counted_without_gaps() -> None:
    assert numbers(section(1, TEXT), section(1, NONE), section(1, TEXT, NONE)) == ["I.", "", "II."]


def test_a_heading_counts_when_anything_below_it_has_data() -> None:
    assert numbers(section(1, children=(section(2, NONE), section(2, TEXT))), section(1)) == ["I.", ""]


def test_a_heading_that_has_no_number_of_its_own_gets_none() -> None:
    assert numbers(section(1, TEXT, number=""), section(1, TEXT)) == ["", "I."]


def test_points_are_counted_by_the_vietnamese_alphabet() -> None:
    assert numbers(*[section(3, TEXT)] * 7) == ["a)", "b)", "c)", "d)", "đ)", "e)", "g)"]
    assert numbers(*[section(3, TEXT)] * 25)[-1] == "25)"


def test_a_wide_table_becomes_the_first_appendix_and_leaves_a_pointer() -> None:
    plan = outline(replace(REPORT, sections=(section(1, WIDE),)))
    assert plan.appendices[0] is WIDE
    assert plan.headings[0].blocks == (Moved(WIDE, "Phụ lục I"),)


def test_tables_and_charts_are_counted_apart() -> None:
    assert outline(replace(REPORT, sections=SECTIONS)).labels == {"ho-ngheo": "Bảng 1", "bieu-do": "Biểu đồ 1"}


@pytest.mark.parametrize("closing", [(), (Paragraph(()),)])
def test_a_report_without_closing_words_ends_with_the_end_mark(closing: tuple[Paragraph, ...]) -> None:
    assert outline(replace(REPORT, closing=closing)).ending[-1].sentences[0].text == "./."


@pytest.mark.parametrize(
    ("text", "number", "marked"),
    [
        ("Có 1.062 hộ, còn 62 hộ.", "62", "Có 1.062\u00a0hộ, còn [62]\u00a0hộ."),
        ("Đạt 62,5% và 62%.", "62", "Đạt 62,5% và [62]%."),
        ("Không có số.", "62", "Không có số."),
    ],
)
def test_a_number_is_marked_only_where_it_stands_as_a_whole(text: str, number: str, marked: str) -> None:
    class Marks:
        def anchor(self, _: Number) -> str:
            return "x"

    html = sentence_html(Sentence(text, (Number(Decimal(62), "hộ", number, "reported", ()),)), Marks())  # type: ignore[arg-type]
    assert html.replace('<a class="figure-link" href="#x">', "[").replace("</a>", "]") == marked


@pytest.mark.parametrize(
    ("stored", "written"), [("991.000", "991"), ("84184.73", "84184.73"), ("1E+3", "1000"), ("0.07", "0.07")]
)
def test_machines_get_the_exact_value(stored: str, written: str) -> None:
    assert exact(Decimal(stored)) == written


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [("991", "hộ", "991 hộ"), ("1,15", "percent", "1,15%"), ("gần 234 tỷ đồng", "tỷ đồng", "gần 234 tỷ đồng")],
)
def test_a_list_of_sources_says_each_figure_with_its_unit_once(text: str, unit: str, said: str) -> None:
    assert with_unit(text, unit) == said
