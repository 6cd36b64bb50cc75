"""Villages from a CSV file: every bad row named, and nothing stored while one is bad."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.areas.changes.wording import problem as in_words
from households.areas.changes.writing import new_row, one_at_a_time
from households.areas.models import Area
from households.areas.planning.checks import PlanRefused, check
from households.areas.planning.operations import Kind, Operation, Target
from households.areas.planning.state import State
from households.areas.queries import UnknownAreaError, as_versions, find_area
from households.areas.units import Confidence, Level, Version
from households.areas.village_rows import COLUMNS, RowProblem, VillageRow, columns, head_problems, read_row
from households.areas.villages import next_codes
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.sheets import MAX_ROWS, UnreadableFileError, read_sheet
from povertyportal.vietnamese import format_date, format_number, sort_key

Refuses = Callable[[str, date], str]  # commune's code, day → why this person may not keep its villages; "" when he may


@dataclass(frozen=True, slots=True)
class VillageFile:
    """What a file would do. ``communes``: their names by code; ``unchanged``: rows that are stored already."""

    name: str
    new: tuple[VillageRow, ...] = ()
    unchanged: int = 0
    problems: tuple[RowProblem, ...] = ()
    communes: tuple[tuple[str, str], ...] = ()


def anybody(commune: str, on: date) -> str:
    return ""


def check_villages(*, content: bytes, name: str, day: date, refuses: Refuses = anybody) -> VillageFile:
    """Everything that loading on the day would find, without storing anything."""
    try:
        sheet = read_sheet(content)
    except UnreadableFileError as error:
        return VillageFile(name, problems=(RowProblem(1, "", str(error)),))
    problems = list(head_problems(sheet.header))
    if not problems and not sheet.lines:
        problems = [RowProblem(1, "", _("tệp chỉ có dòng tên cột, không có thôn nào"))]
    if len(sheet.lines) > MAX_ROWS:
        message = _("tệp có quá %(most)s dòng; hãy chia thành nhiều tệp") % {"most": format_number(MAX_ROWS)}
        problems.append(RowProblem(sheet.lines[MAX_ROWS].number, "", message))
    if problems:
        return VillageFile(name, problems=tuple(problems))
    places = {column: place for place, column in enumerate(columns(sheet.header))}
    return _checked(name, [read_row(line, places, day=day) for line in sheet.lines], refuses)


def load_villages(*, content: bytes, name: str, by: User, day: date, refuses: Refuses = anybody) -> VillageFile:
    """Store what is new. With any problem nothing is stored."""
    with transaction.atomic(), acting(by=by, reason=_("Nạp thôn, tổ dân phố từ tệp %(name)s") % {"name": name[:100]}):
        one_at_a_time()
        checked = check_villages(content=content, name=name, day=day, refuses=refuses)
        if not checked.problems:
            _store(checked.new)
    return checked


def _store(rows: Iterable[VillageRow]) -> None:
    waiting: dict[str, list[VillageRow]] = {}
    for row in rows:
        waiting.setdefault(row.commune, []).append(row)
    for commune, ours in waiting.items():
        codes = next_codes(commune, len(ours))
        Area.objects.bulk_create(new_row(_version(code, row)) for code, row in zip(codes, ours, strict=True))


def _version(code: str, row: VillageRow) -> Version:
    return Version(
        code, Level.VILLAGE, row.type, row.name, row.commune, row.on, legal_basis=row.legal_basis, source=row.source
    )


def _checked(name: str, read: list[VillageRow | list[RowProblem]], refuses: Refuses) -> VillageFile:
    problems = [problem for one in read if isinstance(one, list) for problem in one]
    rows = [row for row in read if isinstance(row, VillageRow)]
    problems += _twice(rows)
    maps = _Maps(rows, refuses)
    new, unchanged = list[VillageRow](), 0
    for row in rows:
        found = maps.problems(row)
        problems += found
        if not found and maps.stored(row):
            unchanged += 1
        elif not found:
            new.append(row)
    ordered = sorted(problems, key=lambda one: (one.line, COLUMNS.index(one.column) if one.column in COLUMNS else -1))
    return VillageFile(name, tuple(new), unchanged, tuple(ordered), tuple(sorted(maps.names.items())))


def _twice(rows: Iterable[VillageRow]) -> Iterator[RowProblem]:
    first: dict[tuple[str, str, str], int] = {}
    for row in rows:
        line = first.setdefault(row.called, row.line)
        if line != row.line:
            told = {"line": line}
            message = _("trùng với dòng %(line)s: cùng xã, cùng loại và tên; chỉ giữ một dòng") % told
            yield RowProblem(row.line, "ten_thon", message, row.name)


class _Maps:
    """The communes named in a file and their villages, read once for all rows."""

    def __init__(self, rows: list[VillageRow], refuses: Refuses) -> None:
        self._refuses = refuses
        codes = {row.commune for row in rows}
        first = min((row.on for row in rows), default=None)
        from_first = Area.objects.filter(validity__overlap=DateRange(first, None))
        self._communes = as_versions(from_first.filter(code__in=codes))
        self._villages = as_versions(from_first.filter(parent_code__in=codes, level=Level.VILLAGE))
        above = as_versions(from_first.filter(code__in={one.parent_code for one in self._communes}))
        self._versions = [*above, *self._communes, *self._villages]
        self._states: dict[tuple[str, date], State] = {}
        self._why: dict[tuple[str, date], str] = {}
        self.names: dict[str, str] = {}

    def problems(self, row: VillageRow) -> list[RowProblem]:
        if why := self._no_commune(row.commune, row.on):
            return [RowProblem(row.line, "ma_xa", why, row.commune)]
        if self.stored(row):
            return []
        target = Target(f"{row.commune}-000", row.type, row.name, row.commune)
        operation = Operation(
            Kind.CREATE, Level.VILLAGE, row.on, row.legal_basis, row.source, Confidence.VERIFIED, targets=(target,)
        )
        try:
            check(operation, self._state(row.commune, row.on))
        except PlanRefused as refused:
            told = [in_words(refusal) for refusal in refused.refusals]
            return [RowProblem(row.line, _COLUMN_OF.get(one.field, "ten_thon"), one.message, row.name) for one in told]
        return []

    def stored(self, row: VillageRow) -> bool:
        """Whether the commune has the village on that day already."""
        ours = (one for one in self._villages if one.parent_code == row.commune and one.holds(row.on))
        return any((one.type, sort_key(one.name)) == row.called[1:] for one in ours)

    def _state(self, commune: str, on: date) -> State:
        key = commune, on
        if key not in self._states:
            ours = [
                one
                for one in self._versions
                if commune in (one.code, one.parent_code) or one.level is not Level.VILLAGE
            ]
            self._states[key] = State(on, ours)
        return self._states[key]

    def _no_commune(self, code: str, on: date) -> str:
        """Why no village can be written below the code on the day; "" when it can."""
        key = code, on
        if key not in self._why:
            found = next((one for one in self._communes if one.code == code and one.holds(on)), None)
            self._why[key] = _why_not(code, on, found) or self._refuses(code, on)
            if found and not self._why[key]:
                self.names[code] = found.full_name
        return self._why[key]


_COLUMN_OF = {"legal_basis": "can_cu", "source": "nguon", "targets.0.parent_code": "ma_xa", "targets.0.type": "loai"}


def _why_not(code: str, on: date, found: Version | None) -> str:
    if found is None:
        hint = ""
        if code.isascii() and code.isdigit() and len(code) < 5:
            hint = " " + _("Có thể Excel đã bỏ số 0 ở đầu: %(code)s.") % {"code": code.zfill(5)}
        try:
            find_area(code=code, on=on)
        except UnknownAreaError as error:
            return str(error) + hint
    if found is not None and found.level is not Level.COMMUNE:
        return _("%(name)s không phải cấp xã; ghi mã xã, phường, thị trấn, đặc khu (5 chữ số)") % {
            "name": found.full_name
        }
    if found is not None and found.end is not None:
        return _("%(name)s mang mã này chỉ đến trước ngày %(day)s; ghi mã xã hiện nay và ngày từ đó trở đi") % {
            "name": found.full_name,
            "day": format_date(found.end),
        }
    return ""
