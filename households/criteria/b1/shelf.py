"""The tables that the portal ships: one for demonstration, whose groups and boxes are also the form of an upload."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from households.criteria.b1.documents import read_table, scored
from households.criteria.b1.parts import B1Table

FOLDER = Path(__file__).with_name("data")
# Standards whose official boxes were not found borrow the form of another: said on the page of the upload.
BORROWED = {"nd07-2021": "qd59-2015"}


def demonstration(standard: str) -> B1Table | None:
    """Without the groups whose points are not known: nothing can be ticked there."""
    document = _document(standard)
    return scored(read_table(document)) if document else None


@cache
def form(standard: str) -> B1Table | None:
    """All groups and boxes, those without points too; None where the portal knows no form."""
    document = _document(BORROWED.get(standard, standard))
    return read_table(document) if document else None


@cache
def form_document(standard: str) -> Mapping[str, Any] | None:
    return _document(BORROWED.get(standard, standard))


def _document(standard: str) -> dict[str, Any] | None:
    path = FOLDER / f"{standard}.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else None
