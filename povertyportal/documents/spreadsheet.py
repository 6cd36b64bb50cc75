"""Tables that leave the portal as files. No domain.

What people typed may begin like a formula; opened in a spreadsheet it must stay text. A CSV file says so with an apostrophe
in front, an Excel file by the type of its cells.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BOM = "\ufeff"  # without it Excel takes the file for another encoding
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LONGEST_CELL = 32_767  # characters that Excel keeps
WIDEST, NARROWEST = 60, 10


def csv_file(header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([as_text(cell) for cell in row])
    return (BOM + out.getvalue()).encode()


def as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


@dataclass(frozen=True, slots=True)
class Sheet:
    """``title``: at most 31 characters of it are shown, none of them []:*?/\\; no two of a book are the same."""

    title: str
    header: Sequence[str]
    rows: Iterable[Sequence[str]]


def xlsx_file(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet with a header that stays in sight; every cell is text."""
    return xlsx_book([Sheet(title, header, rows)])


def xlsx_book(sheets: Iterable[Sheet], *, title: str = "", author: str = "") -> bytes:
    """Several, each as in ``xlsx_file``; ``title``, ``author``: in the properties of the file."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        if title:
            book.set_properties({"title": title, "author": author})
        head = book.add_format({"bold": True, "bg_color": "#E3F0F0", "border": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for one in sheets:
            _write(book.add_worksheet(one.title[:31]), one, head, body)
    return out.getvalue()


def _write(sheet: Any, told: Sheet, head: Any, body: Any) -> None:
    for column, text in enumerate(told.header):
        sheet.set_column(column, column, min(WIDEST, max(NARROWEST, len(text) * 2)))
    for column, text in enumerate(told.header):
        sheet.write_string(0, column, text, head)
    sheet.freeze_panes(1, 0)
    for number, row in enumerate(told.rows, start=1):
        for column, cell in enumerate(row):
            sheet.write_string(number, column, cell[:LONGEST_CELL], body)
