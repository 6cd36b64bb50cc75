"""A text on paper with the examples of its fields: what the administrator looks at before he keeps it."""

from datetime import date

from households.papers.review.issuing import Issuer
from households.papers.review.layout.parts import Block, Column, Head, Paragraphs, Table
from households.papers.review.layout.setting import set_pdf
from households.papers.review.wording.known import TEXTS
from households.papers.review.wording.parsing import Shape
from households.papers.review.wording.shipped import shipped_text
from households.papers.review.wording.stored import InUse
from households.papers.review.words import put_together

_SHOWN = Issuer("", "xã Trường Hà", "tỉnh Cao Bằng", "Trường Hà")


def preview_pdf(code: str, body: str | None, *, on: date) -> bytes:
    """``body``: None looks at the shipped one. Everybody in it is invented."""
    kind = TEXTS[code]
    used = InUse(code, shipped_text(code) if body is None else body, "xem trước", None)
    values = {name: example for name, (_told, example) in kind.fields.items()}
    head = Head(date_line=".....") if code.startswith("form_0") else _SHOWN.head(on=on)
    blocks = {name: _block(name, told) for name, told in kind.blocks.items()}
    made = put_together(
        code, on, head=head, values=values, blocks=blocks, number=values.get("so", ""), label="Xem trước", used=used
    )
    return set_pdf(made)


def _block(name: str, told: str) -> Block:
    if name == "can_cu":
        return Paragraphs(("Căn cứ … (các căn cứ của quyết định);",), Shape.GROUND)
    columns = (Column("TT", 3, middle=True), Column(told[:1].upper() + told[1:], 30))
    return Table(columns, [(str(turn), "…") for turn in (1, 2)], title=told)
