"""The fixed lines of an official document, in the words and blanks of Decree 30/2020/NĐ-CP, Annex I."""

import re

from povertyportal.documents.parts import Letterhead
from povertyportal.vietnamese import date_in_words, roman

NBSP = "\u00a0"
_BLANK_DATE = "ngày ..... tháng ..... năm ........"
_LONGEST_UNBROKEN = 26


def reference(head: Letterhead) -> str:
    """Box 3 without its label: "05/BC-UBND"; without a number the blank an office fills by hand."""
    number = "......." if head.number is None else f"{head.number:02}"
    return f"{number}/{head.symbol}"


def date_line(head: Letterhead) -> str:
    """Box 4 without the place: "ngày 05 tháng 02 năm 2026"."""
    return _BLANK_DATE if head.signed_on is None else date_in_words(head.signed_on)


def attached_to(head: Letterhead) -> str:
    """The line below an appendix title (form 2.1)."""
    kind = head.kind if not head.kind.isupper() else head.kind.capitalize()
    body = "" if head.issuing_body.isupper() else f" của {head.issuing_body}"
    return f"(Kèm theo {kind} số {reference(head)} {date_line(head)}{body})"


def appendix_label(position: int, total: int) -> str:
    """Roman numerals only where there are two or more appendices; ``position`` counts from 1."""
    return f"Phụ lục {roman(position)}" if total > 1 else "Phụ lục"


def body_name(name: str) -> str:
    """Keeps the unit together, so that a long body breaks as "Ủy ban nhân dân / tỉnh Quảng Ninh"."""
    organ, found, unit = name.partition(_organ(name))
    if not found or len(unit) > _LONGEST_UNBROKEN:
        return name
    return organ + found + unit.replace(" ", NBSP)


def _organ(name: str) -> str:
    match = re.match(r"(ủy|uỷ) ban nhân dân |hội đồng nhân dân ", name, flags=re.IGNORECASE)
    return match[0] if match else "\0"


def recipient_lines(head: Letterhead) -> list[str]:
    """Box 9b: "- Như trên;" … and the archive line last, with a full stop."""
    *lines, last = [line.strip().strip("-").strip().rstrip(";.") for line in head.recipients] or [""]
    return [f"- {line};" for line in lines] + ([f"- {last}."] if last else [])


def end_mark(text: str) -> str:
    """The "./." after the last word of the body, whatever closed the sentence before."""
    return text.rstrip().rstrip("./").rstrip() + "./."


_GLUED = (
    (re.compile(r"(?<=\d) (?=[^\W\d])"), NBSP),  # 991 hộ
    (re.compile(r"(?<=\d) (?=%)"), NBSP),
    (re.compile(r"\b(\d{4}) - (\d{4})\b"), rf"\1{NBSP}-{NBSP}\2"),  # 2016 - 2020
    (re.compile(r"\b([Nn]gày|[Tt]háng|[Nn]ăm|[Ss]ố|[Qq]uý|[Đđ]iều|[Kk]hoản) (?=\d)"), rf"\1{NBSP}"),
)


def glue(text: str) -> str:
    """Blanks that a line must not break at: between a number and its unit, inside a period, before a date's digits."""
    for pattern, replacement in _GLUED:
        text = pattern.sub(replacement, text)
    return text
