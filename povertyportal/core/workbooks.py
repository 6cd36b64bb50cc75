"""An Excel workbook that somebody uploaded → the text of its first sheet's cells, read by a process of its own."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from povertyportal.core.sheets import UnreadableFileError

CHILD = Path(__file__).with_name("workbook_child.py")
PATIENCE = 30  # seconds; the child's own limit is on what it computes
ZIP, OLD = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True)
class Workbook:
    """``merged``: ranges ("A2:A8"); ``formulas``: addresses of cells that hold one, the first few of each."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    merged: tuple[str, ...]
    formulas: tuple[str, ...]


def read_workbook(content: bytes, *, most_rows: int, most_columns: int) -> Workbook:
    """Raises UnreadableFileError."""
    if content.startswith(OLD):
        raise UnreadableFileError(
            _("Tệp Excel kiểu cũ (.xls) hoặc có mật khẩu: hãy mở, bỏ mật khẩu nếu có, lưu lại thành .xlsx rồi nạp.")
        )
    found = _child(content, most_rows, most_columns)
    if fault := found.get("fault"):
        raise UnreadableFileError(_sentence(fault, found | {"most_rows": most_rows, "most_columns": most_columns}))
    rows = tuple(tuple(row) for row in found["rows"])
    return Workbook(found["name"], rows, tuple(found["merged"]), tuple(found["formulas"]))


def _child(content: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    command = [sys.executable, "-I", str(CHILD), str(most_rows), str(most_columns)]
    try:
        done = subprocess.run(command, input=content, capture_output=True, timeout=PATIENCE, check=True)
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return {"fault": "too_much"}
    told: dict[str, Any] = json.loads(done.stdout)
    return told


def _sentence(fault: str, told: dict[str, Any]) -> str:
    if fault == "size":
        return _("Tệp có %(rows)s dòng, %(columns)s cột; nhiều nhất %(most_rows)s dòng, %(most_columns)s cột.") % told
    if fault == "password":
        return _("Tệp có mật khẩu: hãy mở, bỏ mật khẩu, lưu lại rồi nạp.")
    if fault == "too_much":
        return _("Tệp Excel quá lớn sau khi mở, hoặc có ô ở rất xa: hãy chép bảng sang một tệp mới rồi nạp.")
    return _("Tệp Excel hỏng hoặc không phải .xlsx; hãy mở, lưu lại thành .xlsx rồi nạp.")
