"""An uploaded table of points, CSV or XLSX → rows of text cells with their addresses; no meaning yet."""

import io
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from python_calamine import CalamineError, CalamineWorkbook

from povertyportal.core.sheets import UnreadableFileError, damaged, read_sheet

MAX_BYTES = 2_000_000
MAX_UNPACKED = 20_000_000
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 1_000, 40, 400
_ZIP, _OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


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
    if content.startswith(_OLD):
        raise UnreadableFileError(_("Tệp Excel kiểu cũ (.xls): hãy lưu lại thành .xlsx rồi nạp."))
    rows = _workbook(content) if content.startswith(_ZIP) else _delimited(content)
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
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        name = book.sheet_names[0]
        sheet = book.get_sheet_by_index(0)
        _check_size(sheet.total_height, sheet.total_width)
        cells = sheet.to_python(skip_empty_area=False)
    except (CalamineError, IndexError, ValueError) as error:
        raise UnreadableFileError(_("Tệp Excel hỏng hoặc không có trang nào; hãy mở, lưu lại rồi nạp.")) from error
    rows = [_row(name, number, map(_text, row)) for number, row in enumerate(cells, 1)]
    found = [row for row in rows if row]
    if not found:
        raise UnreadableFileError(_("Trang “%s” không có dòng nào.") % name)
    return found


def _check_unpacked(content: bytes) -> None:
    """A small file may unpack to gigabytes."""
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


def _text(value: object) -> str:
    """A whole number as people write it: calamine reads 15 as 15.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
