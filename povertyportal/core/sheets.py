"""A delimited text file as offices save it → rows of cells with their line numbers; no meaning yet."""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

MAX_BYTES = 20_000_000
MAX_CELL = 20_000
MAX_ROWS = 5_000  # checked and stored within one request
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class UnreadableFileError(Exception):
    """The file as a whole cannot be read; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """``number`` is the line of the file on which the row starts, as an editor counts."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    header: Line
    lines: tuple[Line, ...]
    encoding: str


def damaged(cell: str) -> str:
    """What is wrong with a cell that holds a control character (a zero byte no database stores); "" for a sound one."""
    for mark in cell:
        if unicodedata.category(mark) == "Cc" and not mark.isspace():
            return not_printed(mark)
    return ""


def not_printed(mark: str) -> str:
    return _("có ký tự không in được (U+%(code)s); hãy xóa ô này rồi gõ lại") % {"code": f"{ord(mark):04X}"}


def read_sheet(content: bytes) -> Sheet:
    """Raises UnreadableFileError. Text comes out in NFC; blank lines are left out."""
    text, encoding = _decode(content)
    if text.lower().startswith("sep="):
        first, _newline, rest = text.partition("\n")
        delimiter, text, skipped = first.strip()[4:5] or ",", rest, 1
    else:
        delimiter, skipped = _delimiter(text), 0
    lines = list(_lines(text, delimiter, skipped))
    if not lines:
        raise UnreadableFileError(_("Tệp không có dòng nào; cần một dòng tên cột và ít nhất một dòng số liệu."))
    return Sheet(lines[0], tuple(lines[1:]), encoding)


def _decode(content: bytes) -> tuple[str, str]:
    if not content.strip():
        raise UnreadableFileError(_("Tệp rỗng; cần một dòng tên cột và ít nhất một dòng số liệu."))
    if len(content) > MAX_BYTES:
        raise UnreadableFileError(_("Tệp lớn quá %(limit)s MB.") % {"limit": MAX_BYTES // 1_000_000})
    if content.startswith(_WORKBOOKS):
        raise UnreadableFileError(_("Đây là tệp Excel; hãy dùng “Lưu thành” và chọn loại “CSV UTF-8” rồi nạp lại."))
    for encoding in _encodings(content):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n"), encoding
    raise UnreadableFileError(_("Không đọc được chữ trong tệp; hãy lưu lại tệp dạng “CSV UTF-8”."))


def _encodings(content: bytes) -> list[str]:
    """By its mark; without one UTF-8, then UTF-16 when about every other byte is empty, then Windows-1258."""
    marked = [encoding for mark, encoding in _BOMS if content.startswith(mark)]
    if marked:
        return marked
    head = content[:200]
    if head.count(0) > len(head) // 4:
        return ["utf-16-le" if content[1:2] == b"\x00" else "utf-16-be"]
    return ["utf-8", "cp1258"]


def _delimiter(text: str) -> str:
    header = text.partition("\n")[0]
    return max(",;\t", key=header.count)


def _lines(text: str, delimiter: str, skipped: int) -> Iterator[Line]:
    csv.field_size_limit(MAX_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    start = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Line(start + skipped, tuple(cell.strip() for cell in cells))
            start = reader.line_num + 1
    except csv.Error as error:
        raise UnreadableFileError(_broken(start + skipped)) from error


def _broken(line: int) -> str:
    return _("Dòng %(line)s: dấu ngoặc kép mở mà không đóng, hoặc ô quá dài; hãy sửa dòng này rồi nạp lại.") % {
        "line": line
    }
