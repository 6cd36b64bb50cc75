"""Tables of points for tests: the portal's form filled with numbers that follow from their places."""

from datetime import date
from typing import Any

from households.criteria.b1.reading import Checked, check_upload
from households.criteria.b1.shelf import form
from households.criteria.b1.template import header, lines
from households.criteria.b1_publishing import enter_table
from households.criteria.models import B1TableRow
from households.criteria.queries import standard_in_force
from povertyportal.core.models import User
from povertyportal.documents.spreadsheet import csv_file, xlsx_file
from tests.criteria.published import MORNING

SINCE = date(2022, 1, 1)
Rows = list[list[str]]


def rows(code: str = "nd07-2021", *, first: int = 1) -> Rows:
    standard, sheet = standard_in_force(code), form(code)
    assert sheet is not None
    found = [header(standard), *lines(standard, sheet, filled=False)]
    for number, row in enumerate(found[1:], first):
        row[5:] = [str(number + place) for place in range(len(row) - 5)]
    return found


def as_csv(filled: Rows) -> bytes:
    return csv_file(filled[0], filled[1:])


def as_xlsx(filled: Rows) -> bytes:
    return xlsx_file("Điểm", filled[0], filled[1:])


def checked(content: bytes, *, own_boxes: bool = False, code: str = "nd07-2021") -> Checked:
    return check_upload(content, standard=standard_in_force(code), name="Bảng điểm B1", own_boxes=own_boxes)


def draft_table(by: User, *, first: int = 1, from_day: date = SINCE, code: str = "nd07-2021") -> B1TableRow:
    document: Any = checked(as_xlsx(rows(code, first=first)), code=code).document
    return enter_table(
        document=document, legal_basis="Phụ lục III Thông tư 02/2022", from_day=from_day, by=by, at=MORNING
    )
