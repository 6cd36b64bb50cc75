"""Numbers as texts, and sentences put together so that each number keeps its keys."""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal

from povertyportal.vietnamese import format_number
from reports.reported.vocabulary import find_measure, is_percent
from reports.tables import Figure, FigureKey, Number, Qualifier, Sentence

Piece = Number | str
_SLOT = re.compile(r"\{(\w+)\}")
_HINTS = {Qualifier.NEARLY: "gần ", Qualifier.OVER: "trên "}
_COUNTED_IN = ("gồm ", "bao gồm ", "tính cho ")
_BRACKETS = frozenset("(){}[]<>")


def with_unit(text: str, unit: str) -> str:
    return f"{text}%" if is_percent(unit) else f"{text} {unit}"


def unit_of(figure: Figure) -> str:
    """The unit as it is written: percent of a measure of points is "điểm phần trăm"."""
    points = find_measure(figure.key.measure).points and is_percent(figure.unit)
    return "điểm phần trăm" if points else figure.unit


def bare_text(figure: Figure, *, absolute: bool = False) -> str:
    """The value without unit, with "gần" or "trên" where it was published so: "gần 234", "1,15 - 1,2", "10/12"."""
    value = format_number(abs(figure.value) if absolute else figure.value)
    if figure.qualifier is Qualifier.RANGE and figure.upper is not None:
        ends = sorted((abs(figure.value), abs(figure.upper))) if absolute else [figure.value, figure.upper]
        return " - ".join(format_number(end) for end in ends)
    if figure.qualifier is Qualifier.OF and figure.upper is not None:
        return f"{value}/{format_number(figure.upper)}"
    return hint(figure) + value


def hint(figure: Figure) -> str:
    """ "gần " or "trên " where the value was published so."""
    return _HINTS.get(figure.qualifier, "")


def reported(figure: Figure, text: str = "", *, absolute: bool = False) -> Number:
    """The figure as a number of the report. ``absolute``: for sentences that say "giảm" in words."""
    written = text or with_unit(bare_text(figure, absolute=absolute), unit_of(figure))
    return Number(
        value=figure.value,
        unit=figure.unit,
        text=written,
        kind="reported",
        keys=(figure.key,),
        upper=figure.upper,
        qualifier=figure.qualifier,
    )


def derived(value: Decimal, unit: str, kind: str, keys: Iterable[FigureKey], *, decimals: int | None = None) -> Number:
    """A computed number; its text is the absolute value, the sentence says the direction."""
    rounded = value if decimals is None else rounded_half_up(value, decimals)
    text = with_unit(format_number(abs(rounded)), unit)
    return Number(value=rounded, unit=unit, text=text, kind=kind, keys=tuple(keys))


def rounded_half_up(value: Decimal, decimals: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def is_exact(figure: Figure) -> bool:
    return figure.qualifier is Qualifier.EXACT


def included(figure: Figure) -> str:
    """ " (gồm cả …)" when the note says what the figure includes, or for whom it is counted (it then begins
    with "gồm" or "tính cho"); other notes, and those with brackets of their own, stand in the appendix.

    The text is a user's: it enters a sentence as a piece, never as a template.
    """
    note = re.sub(r" +([,.;:])", r"\1", " ".join(figure.note.split())).rstrip(".;:, ")
    plain = note.lower().startswith(_COUNTED_IN) and not _BRACKETS & set(note)
    return f" ({note})" if plain else ""


def write(template: str, pieces: Mapping[str, Piece]) -> Sentence:
    """Fill ``{name}`` slots. A slot whose piece is a Number adds it to the sentence, in the order of the text. A text
    that opens with its ``{name}`` keeps that letter by letter: it may be a code."""
    numbers: list[Number] = []

    def fill(slot: re.Match[str]) -> str:
        piece = pieces[slot[1]]
        if isinstance(piece, str):
            return piece
        numbers.append(piece)
        return piece.text

    text = _SLOT.sub(fill, template)
    return Sentence(_ended(text if template.startswith("{name}") else text[:1].upper() + text[1:]), tuple(numbers))


def _ended(shown: str) -> str:
    """With a full stop unless something ends it already."""
    return shown if shown.endswith((".", ";", ":")) else shown + "."
