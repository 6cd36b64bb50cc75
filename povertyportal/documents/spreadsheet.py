"""Tables that leave the portal as files. No domain.

What people typed may begin like a formula; opened in a spreadsheet it must stay text. A CSV file says so with an apostrophe
in front, an Excel file by the type of its cells.
"""

import csv
import io
from collections.abc import Iterable, Sequence

import xlsxwriter

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


def xlsx_file(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One sheet with a header that stays in sight; every cell is text."""
    out = io.BytesIO()
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet(title[:31])
        head = book.add_format({"bold": True, "bg_color": "#E3F0F0", "border": 1, "text_wrap": True, "valign": "top"})
        body = book.add_format({"text_wrap": True, "valign": "top"})
        for column, text in enumerate(header):
            sheet.set_column(column, column, min(WIDEST, max(NARROWEST, len(text) * 2)))
        for column, text in enumerate(header):
            sheet.write_string(0, column, text, head)
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell[:LONGEST_CELL], body)
    return out.getvalue()
