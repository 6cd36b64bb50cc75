"""The report as HTML: the sheet that page and PDF share, and a whole file that can be mailed and opened off line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from povertyportal.documents.charts import chart_svg
from povertyportal.documents.fonts import standalone_style
from povertyportal.documents.sheet import Appendix, page, sheet
from povertyportal.documents.wording import glue
from reports.rendering.numbers import SourceRow, Sources, cell_html, sentence_html
from reports.rendering.outline import Heading, Moved, Outline, outline
from reports.tables import Block, Chart, Column, FigureKey, Finding, Missing, Paragraph, ReportData, Table


def code_of(key: FigureKey) -> str:
    return " · ".join(part for part in (key.programme, key.measure) if part)


@dataclass(frozen=True, slots=True)
class Fragment:
    """The sheet, and the rows its numbers lead to."""

    sheet: SafeString
    figures: list[SourceRow]
    derived: list[Any]


def render_fragment(
    report: ReportData, name_of: Callable[[FigureKey], str] = code_of, source_of: Callable[[str], str] = str
) -> Fragment:
    """For the screen: empty headings marked, every number a link to its row (``#f-1``, ``#d-1``)."""
    sources = Sources(report, name_of, source_of)
    return Fragment(sheet_html(report, sources), sources.figures(), list(sources.derived.values()))


def render_html(
    report: ReportData,
    findings: Sequence[Finding] = (),
    name_of: Callable[[FigureKey], str] = code_of,
    source_of: Callable[[str], str] = str,
) -> str:
    """A whole file: styles, charts and the letters of our fonts that it uses are inside.

    ``name_of`` names a figure, ``source_of`` the document of a source code, in the list of sources.
    """
    fragment = render_fragment(report, name_of, source_of)
    below = render_to_string("reports/rendering/below.html", {"fragment": fragment, "findings": findings})
    style = standalone_style(fragment.sheet + below)
    return page(report.letterhead, fragment.sheet, style=style, below=below)


def sheet_html(report: ReportData, sources: Sources | None) -> SafeString:
    """``sources`` None sets the paper: no links, nothing that has no data."""
    plan = outline(report)
    writer = Writer(plan, sources)
    body = render_to_string(
        "reports/rendering/body.html",
        {
            "opening": [{**writer.paragraph(one), "grounds": is_ground(one)} for one in plan.opening],
            "headings": writer.headings(plan.headings),
            "remarks": [glue(remark) for remark in report.basis],
        },
    )
    ending = render_to_string("reports/rendering/ending.html", {"blocks": [writer.paragraph(p) for p in plan.ending]})
    return sheet(report.letterhead, body=body, ending=ending, appendices=writer.appendices())


def is_ground(paragraph: Paragraph) -> bool:
    """Legal grounds stand in italics (Decree 30/2020, Annex I, box 6)."""
    return bool(paragraph.sentences) and paragraph.sentences[0].text.startswith("Căn cứ ")


@dataclass(frozen=True, slots=True)
class Writer:
    """Turns the blocks of one report into what the templates print."""

    plan: Outline
    sources: Sources | None

    def headings(self, headings: Sequence[Heading]) -> list[dict[str, Any]]:
        shown = [one for one in headings if one.printed or self.sources]
        return [
            {
                "heading": one,
                "title": glue(one.title),
                "blocks": [block for block in map(self.block, one.blocks) if block],
                "children": self.headings(one.children),
            }
            for one in shown
        ]

    def block(self, block: Block | Moved) -> dict[str, Any] | None:
        match block:
            case Paragraph():
                return self.paragraph(block)
            case Missing():
                return {"kind": "missing", "reason": block.reason} if self.sources else None
            case Table():
                return {"kind": "table", **self.table(block)}
            case Chart():
                return self.chart(block)
            case Moved():
                return {"kind": "moved", "label": block.label, "title": glue(block.table.title)}

    def paragraph(self, paragraph: Paragraph) -> dict[str, Any]:
        sentences = [sentence_html(one, self.sources) for one in paragraph.sentences]
        return {"kind": "paragraph", "bullet": paragraph.bullet, "sentences": sentences}

    def table(self, table: Table) -> dict[str, Any]:
        named = next((place for place, one in enumerate(table.columns) if not one.numeric), 0)
        rows = [
            [
                self.cell(column, cell_html(cell, self.sources), place == named)
                for place, (column, cell) in enumerate(pairs)
            ]
            for pairs in (zip(table.columns, row, strict=True) for row in table.rows)
        ]
        return {"table": table, "title": glue(table.title), "rows": rows, "label": self.plan.labels.get(table.code, "")}

    @staticmethod
    def cell(column: Column, html: SafeString, names_row: bool) -> dict[str, Any]:
        return {"html": html, "numeric": column.numeric, "names_row": names_row}

    def chart(self, chart: Chart) -> dict[str, Any]:
        drawn = chart_svg(chart.spec, ident=f"chart-{chart.code}", title=chart.title, description=chart.description)
        label = self.plan.labels.get(chart.code, "")
        return {"kind": "chart", "title": glue(chart.title), "svg": mark_safe(drawn), "label": label}  # noqa: S308 - cleaned by chart_svg

    def appendices(self) -> list[Appendix]:
        return [
            Appendix(glue(one.title), render_to_string("reports/rendering/table.html", self.table(one)), one.wide)
            for one in self.plan.appendices
        ]
