"""The fixed parts of an official document (Decree 30/2020/NĐ-CP, Annex I), as plain data.

Every paper and report of the portal is laid out from these; nothing here knows what the document is about.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Signatory:
    """Boxes 7a–7c: in whose name (``TM. ỦY BAN NHÂN DÂN``), as what (``CHỦ TỊCH``), the name; empty prints empty."""

    authority: str
    position: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Boxes 1–5a and 9a–9b.

    ``number`` is the running number; None prints the dotted blank an office fills by hand. ``symbol`` is the rest of
    box 3 (``BC-UBND``). ``signed_on`` None prints a blank date. ``recipients`` are the lines of "Nơi nhận" without dash
    and semicolon; the last one is the archive line ("Lưu: VT"). Texts in normal case: the layout makes the capitals.
    """

    parent_body: str
    issuing_body: str
    symbol: str
    place: str
    kind: str
    subject: str
    number: int | None = None
    signed_on: date | None = None
    addressed_to: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ("Lưu: VT",)
    signatory: Signatory = Signatory("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
