"""An uploaded table of points, CSV or XLSX → rows of text cells with their addresses; no meaning yet."""

import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from povertyportal.core.sheets import UnreadableFileError, damaged, read_sheet
from povertyportal.core.workbooks import OLD, ZIP, Workbook, read_workbook

MAX_BYTES = 2_000_000
MAX_UNPACKED = 20_000_000
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 1_000, 40, 400


@dataclass(frozen=True, slots=True)
class Cell:
    """``sheet`` is empty for a CSV file; ``address`` as a spreadsheet shows it: "F12"."""

    sheet: str
    address: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    number: int
    cells: tuple[Cell, ...]

    def __bool__(self) -> bool:
        return any(cell.text for cell in self.cells)


def read_rows(content: bytes) -> list[Row]:
    """Rows that hold something. Raises UnreadableFileError for a file that is too large, damaged or no table."""
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(_("Tệp lớn quá %(limit)s MB.") % {"limit": MAX_BYTES // 1_000_000})
    rows = _workbook(content) if content.startswith((ZIP, OLD)) else _delimited(content)
    for cell in (cell for row in rows for cell in row.cells):
        if wrong := damaged(cell.text):
            raise UnreadableFileError(_("Ô %(cell)s %(wrong)s.") % {"cell": cell.address, "wrong": wrong})
        if len(cell.text) > MAX_CELL:
            raise UnreadableFileError(
                _("Ô %(cell)s dài quá %(most)s ký tự.") % {"cell": cell.address, "most": MAX_CELL}
            )
    return rows


def _delimited(content: bytes) -> list[Row]:
    sheet = read_sheet(content)
    _check_size(len(sheet.lines), max(len(one.cells) for one in (sheet.header, *sheet.lines)))
    return [_row("", one.number, one.cells) for one in (sheet.header, *sheet.lines)]


def _workbook(content: bytes) -> list[Row]:
    _check_unpacked(content)
    book = read_workbook(content, most_rows=MAX_ROWS, most_columns=MAX_COLUMNS)
    _check_plain(book)
    rows = [_row(book.name, number, texts) for number, texts in enumerate(book.rows, 1)]
    found = [row for row in rows if row]
    if not found:
        raise UnreadableFileError(_("Trang “%s” không có dòng nào; cổng chỉ đọc trang đầu tiên.") % book.name)
    return found


def _check_plain(book: Workbook) -> None:
    """A formula's stored result may be old or missing; a merged cell leaves the cells under it empty."""
    if book.formulas:
        raise UnreadableFileError(
            _("Ô %s là công thức, cổng chỉ nhận số đã ghi: hãy chép rồi dán lại dạng giá trị.") % _listed(book.formulas)
        )
    if book.merged:
        raise UnreadableFileError(_("Ô gộp %s: hãy bỏ gộp ô và ghi mã, tên, điểm ở từng dòng.") % _listed(book.merged))


def _listed(addresses: Sequence[str]) -> str:
    return ", ".join(addresses[:5]) + (" …" if len(addresses) > 5 else "")


def _check_unpacked(content: bytes) -> None:
    """A small file may unpack to gigabytes."""
    if content.startswith(OLD):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            size = sum(one.file_size for one in packed.infolist())
    except zipfile.BadZipFile as error:
        raise UnreadableFileError(_("Tệp Excel hỏng; hãy mở, lưu lại rồi nạp.")) from error
    if size > MAX_UNPACKED:
        raise UnreadableFileError(_("Tệp Excel quá lớn sau khi mở: bảng điểm chỉ có vài trăm dòng."))


def _check_size(rows: int, columns: int) -> None:
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        told = {"rows": rows, "columns": columns, "most_rows": MAX_ROWS, "most_columns": MAX_COLUMNS}
        raise UnreadableFileError(
            _("Tệp có %(rows)s dòng, %(columns)s cột; nhiều nhất %(most_rows)s dòng, %(most_columns)s cột.") % told
        )


def _row(sheet: str, number: int, texts: Iterable[str]) -> Row:
    cells = [Cell(sheet, f"{_letters(place)}{number}", " ".join(str(text).split())) for place, text in enumerate(texts)]
    return Row(number, tuple(cells))


def _letters(place: int) -> str:
    """0 → A, 26 → AA."""
    return chr(65 + place) if place < 26 else _letters(place // 26 - 1) + chr(65 + place % 26)
