"""Run as a process of its own by core.workbooks: the first sheet of an Excel workbook (stdin) → JSON (stdout). A file made to
grow without end is stopped by the limits below and ends this process, not the portal's. No import of the portal."""

import io
import json
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from python_calamine import CalamineError, CalamineWorkbook, PasswordError

MEMORY, SECONDS = 1_000_000_000, 10
MOST_ADDRESSES = 20


def read(content: bytes, most_rows: int, most_columns: int) -> dict[str, Any]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheet = book.get_sheet_by_index(0)
        rows, columns = sheet.total_height, sheet.total_width
        if rows > most_rows or columns > most_columns:
            return {"fault": "size", "rows": rows, "columns": columns}
        cells = [[_text(value) for value in row] for row in sheet.to_python(skip_empty_area=False)]
        merged = [f"{_address(*first)}:{_address(*last)}" for first, last in sheet.merged_cell_ranges or ()]
        formulas = [address for address, _number in zip(_formulas(content), range(MOST_ADDRESSES), strict=False)]
    except PasswordError:
        return {"fault": "password"}
    except (CalamineError, IndexError, KeyError, ValueError, ElementTree.ParseError, zipfile.BadZipFile, RuntimeError):
        return {"fault": "damaged"}
    return {"name": book.sheet_names[0], "rows": cells, "merged": merged[:MOST_ADDRESSES], "formulas": formulas}


def _text(value: object) -> str:
    """A whole number as people write it: calamine reads 15 as 15.0."""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def _address(row: int, column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _formulas(content: bytes) -> Iterator[str]:
    """Addresses of the first sheet's cells that hold a formula: what is stored beside it may never have been calculated."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed, packed.open(_first_sheet(packed)) as part:
        for _event, element in ElementTree.iterparse(part):  # noqa: S314 – this process is the protection
            if element.tag.endswith("}c"):
                if element.find("{*}f") is not None:
                    yield element.get("r", "?")
                element.clear()


def _first_sheet(packed: zipfile.ZipFile) -> str:
    sheet = _part(packed, "xl/workbook.xml").findall("{*}sheets/{*}sheet")[0]
    link = next(value for key, value in sheet.items() if key.endswith("}id"))
    links = _part(packed, "xl/_rels/workbook.xml.rels")
    target = next(one.get("Target", "") for one in links if one.get("Id") == link)
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _part(packed: zipfile.ZipFile, name: str) -> ElementTree.Element:
    return ElementTree.fromstring(packed.read(name))  # noqa: S314 – this process is the protection


def main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found = read(sys.stdin.buffer.read(), int(sys.argv[1]), int(sys.argv[2]))
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main()
