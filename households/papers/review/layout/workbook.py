"""The same paper as an Excel file: what reads aloud goes through it where a long register's PDF has no tags."""

from collections.abc import Iterator

from households.papers.review.layout.parts import Blanks, Block, Document, Paragraphs, Table
from households.papers.review.wording.parsing import DOTS, Line, Shape, filled
from povertyportal.documents.spreadsheet import Sheet, xlsx_book

TEXT, LIST = "Văn bản", "Danh sách"


def workbook(document: Document) -> bytes:
    """The text on the first sheet, a row a line; each table on a sheet of its own, which the text names."""
    names = _names(document)
    text = Sheet(TEXT, (document.title,), [(line,) for line in _lines(document, names)])
    tables = [Sheet(names[key], [one.title for one in table.columns], table.rows) for key, table in _tables(document)]
    return xlsx_book([text, *tables], title=document.title, author=document.head.issuing_body)


def _tables(document: Document) -> list[tuple[str, Table]]:
    """In the order in which they stand on the paper, by the names of their blocks."""
    blocks = [(one.text, document.blocks[one.text]) for one in document.text.lines if one.shape is Shape.BLOCK]
    return [(key, block) for key, block in blocks if isinstance(block, Table)]


def _names(document: Document) -> dict[str, str]:
    keys = list(dict.fromkeys(key for key, _table in _tables(document)))
    return {key: LIST if len(keys) == 1 else f"{LIST} {turn}" for turn, key in enumerate(keys, start=1)}


def _lines(document: Document, names: dict[str, str]) -> Iterator[str]:
    head = document.head
    number = f"Số: {head.reference}" if head.reference else ""
    place = ", ".join(filter(None, (head.place, head.date_line)))
    addressed = f"Kính gửi: {document.addressed_to}" if document.addressed_to else ""
    yield from filter(
        None, (document.void, document.label, head.parent_body, head.issuing_body, number, place, addressed)
    )
    for line in document.told_lines():
        yield from _line(document, line, names)
    yield from document.recipients
    for one in document.signers:
        yield ", ".join(filter(None, (one.authority, one.title, one.name)))
    for table in document.appendices:
        key = next(key for key, known in _tables(document) if known is table)
        yield f"{table.title}: {_rows(table, names[key])}"


def _line(document: Document, line: Line, names: dict[str, str]) -> Iterator[str]:
    if line.shape is Shape.BLOCK:
        yield from _block(document.blocks[line.text], names.get(line.text, ""))
    else:
        yield filled(line.text.replace("**", ""), document.values)


def _block(block: Block, name: str) -> Iterator[str]:
    match block:
        case Table():
            yield _rows(block, name)
        case Paragraphs():
            yield from block.lines
        case Blanks():
            for row in block.rows:
                yield "; ".join(f"{title}: {told or DOTS}" for title, told in row)


def _rows(table: Table, name: str) -> str:
    return f"xem trang tính “{name}”, {len(table.rows)} dòng" if table.rows else table.empty
