"""An uploaded table of points → the document of a table, or findings that name sheet, cell, value and what would be right.

A row is one box of the form: codes and names of its group and box, then one column of points for each variant."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from households.criteria.b1.cells import Cell, Row, read_rows
from households.criteria.b1.documents import TableFaultsError, read_table
from households.criteria.b1.shelf import form_document
from households.criteria.law.parts import Standard, Variant
from povertyportal.vietnamese import fold

COLUMNS = ("mã nhóm", "nhóm", "chọn", "mã ô", "ô")
CHOOSE = {"một": False, "nhiều": True}
NO_BOX = ("-", "–", "—")
MOST_POINTS = 500
MOST_FINDINGS = 500


@dataclass(frozen=True, slots=True)
class Finding:
    sheet: str
    cell: str
    value: str
    text: str


@dataclass(slots=True)
class Checked:
    """``document`` only where there is no finding."""

    findings: list[Finding] = field(default_factory=list)
    document: Mapping[str, Any] | None = None


def check_upload(content: bytes, *, standard: Standard, name: str, own_boxes: bool, note: str = "") -> Checked:
    """``own_boxes``: the official annex has other groups or boxes than the portal's form; they are taken as ticked by hand.

    Raises UnreadableFileError."""
    rows = read_rows(content)
    reader = _Reader(standard, form_document(standard.code) or {"groups": []}, own_boxes)
    groups = reader.read(rows)
    if not reader.findings:
        document = {
            "standard": standard.code, "version": 1, "name": name, "partial": False, "note": note, "groups": groups,
            "variants": [one.code for one in standard.variants],
        }  # fmt: skip
        try:
            read_table(document)
        except TableFaultsError as faults:
            reader.findings += [Finding("", "", "", text) for text in str(faults).splitlines()]
        else:
            return Checked([], document)
    return Checked(reader.findings[:MOST_FINDINGS])


class _Reader:
    def __init__(self, standard: Standard, form: Mapping[str, Any], own_boxes: bool) -> None:
        self.variants = standard.variants
        self.form: dict[str, Mapping[str, Any]] = {group["code"]: group for group in form["groups"]}
        self.own_boxes = own_boxes
        self.findings: list[Finding] = []
        self.groups: dict[str, dict[str, Any]] = {}

    def read(self, rows: Sequence[Row]) -> list[dict[str, Any]]:
        columns = self._columns(rows[0])
        if columns is None:
            return []
        for row in rows[1:]:
            self._row(row, columns)
        if not self.own_boxes:
            self._missing()
        for code, group in self.groups.items():
            places = self._places(code)
            group["options"].sort(key=lambda option, places=places: places[option["code"]])
        return list(self.groups.values())

    def _places(self, code: str) -> dict[str, int]:
        """Of boxes that the roster decides the first that holds counts: their order is the form's, whatever the file's."""
        own = [option["code"] for option in self.groups[code]["options"]]
        known = [one["code"] for one in self.form.get(code, {}).get("options", ())]
        return {option: place for place, option in enumerate(dict.fromkeys((*known, *own)))}

    def _find(self, cell: Cell | None, text: str) -> None:
        self.findings.append(
            Finding(cell.sheet, cell.address, cell.text[:60], text) if cell else Finding("", "", "", text)
        )

    def _columns(self, header: Row) -> dict[str, int] | None:
        """Where each column stands; a variant's by its code or its name."""
        wanted = {fold(title): title for title in COLUMNS}
        wanted |= {fold(text): one.code for one in self.variants for text in (one.code, one.name)}
        found: dict[str, int] = {}
        for place, cell in enumerate(header.cells):
            column = wanted.get(fold(cell.text))
            if column is None and cell.text:
                self._find(cell, _("Không có cột này; các cột: %s.") % ", ".join((*COLUMNS, *self._names())))
            elif column in found:
                self._find(cell, _("Cột này ghi hai lần."))
            elif column is not None:
                found[column] = place
        titles = dict(zip(COLUMNS, COLUMNS, strict=True)) | {one.code: one.name for one in self.variants}
        absent = [title for column, title in titles.items() if column not in found]
        if absent:
            self._find(header.cells[0], _("Dòng tên cột thiếu: %s. Hãy dùng tệp mẫu.") % "; ".join(absent))
        return None if absent else found

    def _names(self) -> Iterator[str]:
        return (one.name for one in self.variants)

    def _row(self, row: Row, columns: Mapping[str, int]) -> None:
        cells = {name: self._cell(row, place) for name, place in columns.items()}
        group = self._group(cells)
        code = cells["mã ô"]
        if group is None or not self._given(code) or not self._given(cells["ô"]):
            return
        if any(option["code"] == code.text for option in group["options"]):
            self._find(code, _("Ô “%(code)s” của nhóm “%(group)s” ghi hai lần.") % self._told(code, group))
            return
        known = {one["code"]: one for one in self.form.get(group["code"], {}).get("options", ())}
        if code.text not in known and not self.own_boxes:
            told = self._told(code, group) | {"known": ", ".join(known)}
            self._find(code, _("Nhóm “%(group)s” của mẫu không có ô “%(code)s”; có: %(known)s.") % told)
            return
        option = {"code": code.text, "name": cells["ô"].text, "points": dict(self._points(cells))}
        when = known.get(code.text, {}).get("when")
        group["options"].append(option | ({"when": when} if when else {}))

    def _cell(self, row: Row, place: int) -> Cell:
        if place < len(row.cells):
            return row.cells[place]
        return Cell(row.cells[0].sheet, f"{chr(65 + place)}{row.number}", "")

    def _given(self, cell: Cell) -> bool:
        if not cell.text:
            self._find(cell, _("Ô trống: dòng này phải có mã và tên."))
        return bool(cell.text)

    @staticmethod
    def _told(code: Cell, group: Mapping[str, Any]) -> dict[str, str]:
        return {"code": code.text, "group": group["name"]}

    def _group(self, cells: Mapping[str, Cell]) -> dict[str, Any] | None:
        code, name = cells["mã nhóm"], cells["nhóm"]
        if not self._given(code):
            return None
        if code.text in self.groups:
            self._same(cells, self.groups[code.text])
            return self.groups[code.text]
        if code.text not in self.form and not self.own_boxes:
            self._find(code, _("Mẫu không có nhóm này; có: %s.") % ", ".join(self.form))
            return None
        multiple = CHOOSE.get(cells["chọn"].text.lower())
        if multiple is None:
            self._find(cells["chọn"], _("Ghi “một” (chọn một ô) hoặc “nhiều” (cộng các ô)."))
        form = self.form.get(code.text, {})
        group: dict[str, Any] = {
            "code": code.text,
            "name": name.text or form.get("name", ""),
            "multiple": bool(multiple),
            "options": [],
        }
        if "zero_if_all" in form:
            group["zero_if_all"] = form["zero_if_all"]
        self._given(name)
        self.groups[code.text] = group
        return group

    def _same(self, cells: Mapping[str, Cell], group: Mapping[str, Any]) -> None:
        """The rows of a group say the same of it."""
        if cells["nhóm"].text not in ("", group["name"]):
            self._find(cells["nhóm"], _("Dòng trên ghi tên nhóm này là “%s”.") % group["name"])
        choose = cells["chọn"].text.lower()
        if choose and CHOOSE.get(choose) is not group["multiple"]:
            self._find(cells["chọn"], _("Dòng trên ghi cách chọn khác cho nhóm này."))

    def _points(self, cells: Mapping[str, Cell]) -> Iterator[tuple[str, int]]:
        """Boxes that the region's form does not have are left out."""
        for variant in self.variants:
            cell = cells[variant.code]
            if cell.text in NO_BOX:
                continue
            if cell.text.isascii() and cell.text.isdigit() and int(cell.text) <= MOST_POINTS:
                yield variant.code, int(cell.text)
            else:
                self._find(cell, self._wrong_points(cell, variant))

    @staticmethod
    def _wrong_points(cell: Cell, variant: Variant) -> str:
        if not cell.text:
            return (
                _("Thiếu điểm của %s: ghi số nguyên, hoặc dấu “-” nếu phiếu của vùng này không có ô này.")
                % variant.name
            )
        return _("Điểm phải là số nguyên từ 0 đến %s, không có dấu phẩy, dấu chấm.") % MOST_POINTS

    def _missing(self) -> None:
        """Groups and boxes of the form that the file does not have."""
        clean = not self.findings  # a mistyped code would else be told twice
        for code, form in self.form.items():
            if code not in self.groups:
                self._find(None, _("Thiếu nhóm “%(code)s” (%(name)s).") % {"code": code, "name": form["name"]})
                continue
            own = {option["code"] for option in self.groups[code]["options"]}
            for option in form["options"]:
                if option["code"] not in own and clean:
                    told = {"group": form["name"], "code": option["code"], "name": option["name"]}
                    self._find(None, _("Nhóm “%(group)s” thiếu ô “%(code)s” (%(name)s).") % told)
