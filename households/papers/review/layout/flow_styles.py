"""Letters, paragraphs and rulings for reportlab, in the sizes of decree30.css."""

from functools import cache
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT, TA_RIGHT
from reportlab.lib.fonts import addMapping
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import TableStyle

from povertyportal.documents.pdf import STATIC

FONT = "Tinos"
_FILES = {"Tinos": "regular", "Tinos-Bold": "bold", "Tinos-Italic": "italic", "Tinos-BoldItalic": "bold-italic"}


@cache
def ready() -> None:
    """Once a process."""
    for name, file in _FILES.items():
        pdfmetrics.registerFont(TTFont(name, STATIC / "fonts" / "tinos" / f"tinos-{file}.ttf"))
    for turn, name in enumerate(_FILES):
        addMapping(FONT, turn % 2, turn // 2, name)  # bold, italic


def _style(name: str, size: float, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=FONT, fontSize=size, leading=size * 1.25, **more)


_ALL = (
    _style("plain", 14, alignment=TA_JUSTIFY, firstLineIndent=36, spaceBefore=3, spaceAfter=3),
    _style("heading", 14, alignment=TA_JUSTIFY, firstLineIndent=36, spaceBefore=4, spaceAfter=3, keepWithNext=1),
    _style("ground", 14, alignment=TA_JUSTIFY, firstLineIndent=36, spaceBefore=3, spaceAfter=3),
    _style("centred", 14, alignment=TA_CENTER, spaceBefore=4, spaceAfter=4, keepWithNext=1),
    _style("centred_plain", 14, alignment=TA_CENTER),
    _style("attached", 13, alignment=TA_CENTER),
    _style("corner", 12, alignment=TA_RIGHT),
    _style("nation", 12.5, alignment=TA_CENTER),
    _style("motto", 13.5, alignment=TA_CENTER),
    _style("body_above", 12.5, alignment=TA_CENTER),
    _style("body", 12.5, alignment=TA_CENTER),
    _style("reference", 13, alignment=TA_CENTER),
    _style("about", 12.5, alignment=TA_CENTER),
    _style("place", 13.5, alignment=TA_CENTER),
    _style("title", 14, alignment=TA_CENTER),
    _style("subject", 14, alignment=TA_CENTER),
    _style("to", 14, alignment=TA_CENTER),
    _style("none", 13, alignment=TA_LEFT),
    _style("cell", 11, alignment=TA_LEFT),
    _style("cell_middle", 11, alignment=TA_CENTER),
    _style("recipients_label", 12),
    _style("recipients", 11),
    _style("signer", 13.5, alignment=TA_CENTER),
    _style("note", 12, alignment=TA_CENTER),
    _style("void", 13, alignment=TA_CENTER, borderWidth=1, borderColor=colors.black, borderPadding=4, spaceAfter=10),
    _style("read_aloud", 10, alignment=TA_LEFT),
)
_BOLD = ("centred", "centred_plain", "nation", "motto", "body", "title", "subject", "signer", "void")
_ITALIC = ("ground", "attached", "corner", "place", "none", "note", "read_aloud")
STYLES = {one.name: one for one in _ALL}
for _name in _BOLD:
    STYLES[_name].fontName = "Tinos-Bold"
for _name in _ITALIC:
    STYLES[_name].fontName = "Tinos-Italic"
STYLES["recipients_label"].fontName = "Tinos-BoldItalic"


@cache
def shrunk(name: str, size: float) -> ParagraphStyle:
    """The style in other letters."""
    return ParagraphStyle(f"{name}-{size}", STYLES[name], fontSize=size, leading=size * 1.2)


_FLAT = [(one, (0, 0), (-1, -1), 0) for one in ("LEFTPADDING", "RIGHTPADDING")]
GRID = {
    "none": TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), *_FLAT]),
    "list": TableStyle(
        [
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
            *((one, (0, 0), (-1, -1), 3) for one in ("LEFTPADDING", "RIGHTPADDING")),
            *((one, (0, 0), (-1, -1), 2) for one in ("TOPPADDING", "BOTTOMPADDING")),
        ]
    ),
}
