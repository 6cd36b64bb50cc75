"""A paper from HTML: tagged, pdf/ua-1. For whatever has no long list."""

from collections.abc import Iterator
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from households.papers.review.layout.parts import Blanks, Block, Document, Paragraphs, Table
from households.papers.review.wording.parsing import DOTS, Line, Shape, marked_up
from povertyportal.documents.pdf import html_to_pdf
from povertyportal.documents.sheet import unbroken

_CLASS = {Shape.GROUND: "grounds", Shape.CENTRED: "centred", Shape.PLAIN: ""}


def tagged_pdf(document: Document) -> bytes:
    return html_to_pdf(document_html(document))


def document_html(document: Document) -> str:
    parts = [_part(document, line) for line in document.told_lines()]
    last = parts.pop() if parts and parts[-1]["text"] else None  # kept with the signatures
    context = {
        "document": document,
        "parts": parts,
        "last": last,
        "appendices": [{"title": one.title, "wide": one.wide, "table": _table(one)} for one in document.appendices],
    }
    return unbroken(render_to_string("papers/review/document.html", context))


def _part(document: Document, line: Line) -> dict[str, Any]:
    if line.shape is Shape.BLOCK:
        return {"text": "", **_block(document.blocks[line.text])}
    marked = SafeString(marked_up(line.text, document.values))
    more = (_CLASS[line.shape], "heading" if line.is_heading else "", "to-write-on" if DOTS in marked else "")
    return {"text": marked, "class": " ".join(filter(None, more))}


def _block(block: Block) -> dict[str, Any]:
    match block:
        case Table():
            return {"table": _table(block)}
        case Paragraphs():
            return {"lines": block.lines, "class": _CLASS[block.shape]}
        case Blanks():
            return {"blanks": block.rows}


def _table(table: Table) -> dict[str, Any]:
    whole = sum(one.width for one in table.columns)
    columns = [{"title": one.title, "share": round(one.width / whole * 100)} for one in table.columns]
    columns[-1]["share"] = 0  # what is left
    return {"columns": columns, "rows": list(_rows(table)), "empty": table.empty, "room": table.room}


def _rows(table: Table) -> Iterator[list[tuple[str, bool]]]:
    for row in table.rows:
        yield [(cell, column.middle) for cell, column in zip(row, table.columns, strict=True)]
