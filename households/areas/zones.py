"""Zones I–III and extreme difficulty from a sourced CSV file: nothing of the kind is shipped, nothing is guessed.

Columns: code, kind (ethnic_zone, extremely_difficult), value, valid_from, valid_to (may be empty), legal_basis, source.
"""

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from households.areas.plan import Trait
from households.areas.timeline import DataError
from households.areas.units import Confidence

COLUMNS = ("code", "kind", "value", "valid_from", "valid_to", "legal_basis", "source")
VALUES = {"ethnic_zone": ("I", "II", "III"), "extremely_difficult": ("yes", "no")}


def read_zones(path: str) -> tuple[Trait, ...]:
    """Raises DataError naming every bad line; a file with one bad line gives nothing."""
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise DataError(f"{path}: dòng đầu phải là {','.join(COLUMNS)}.")
        rows = list(enumerate(reader, start=2))
    problems = [f"dòng {line}: {problem}" for line, row in rows for problem in _problems(row)]
    if problems:
        raise DataError(f"{path}: {len(problems)} lỗi, chưa nạp gì.\n" + "\n".join(problems))
    return tuple(_trait(row) for _, row in rows)


def _problems(row: dict[str, str]) -> Iterator[str]:
    if row["kind"] not in VALUES:
        yield f"cột kind là “{row['kind']}”; đúng ra là {' hoặc '.join(VALUES)}."
    elif row["value"] not in VALUES[row["kind"]]:
        yield f"cột value là “{row['value']}”; đúng ra là một trong {', '.join(VALUES[row['kind']])}."
    for column in ("code", "legal_basis", "source"):
        if not row[column]:
            yield f"cột {column} để trống; mỗi dòng cần mã, căn cứ pháp lý và nguồn."
    for column in ("valid_from", "valid_to"):
        if (row[column] or column == "valid_from") and _day(row[column]) is None:
            yield f"cột {column} là “{row[column]}”; đúng ra là ngày dạng 2021-06-04."


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _trait(row: dict[str, str]) -> Trait:
    start, end = _day(row["valid_from"]), _day(row["valid_to"])
    return Trait(
        row["code"], row["kind"], row["value"], start, end, row["legal_basis"], row["source"], Confidence.VERIFIED
    )
