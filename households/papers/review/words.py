"""How the papers of the review say classes, rounds, days, numbers; and a paper put together from its text and values."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, time
from typing import Any

from households.papers.review.layout.parts import Block, Column, Document, Head, Signer, Table
from households.papers.review.wording.known import TEXTS
from households.papers.review.wording.parsing import Values, filled
from households.papers.review.wording.stored import InUse, text_of
from households.registry.codes import RecognisedClass, Sex
from households.review.listed import LISTED_CLASSES
from households.surveys.models import RoundKind, SurveyRound
from povertyportal.vietnamese import date_in_words, day_in_text

WORKER = "worker"
NO_NUMBER = "......."
SIGNED = "(Ký, ghi rõ họ tên)"


def class_words(klass: str) -> str:
    """ "hộ nghèo"; a class that a form computed besides the recognised ones is none of them."""
    if klass == WORKER:
        return "người lao động có thu nhập thấp"
    if klass in RecognisedClass.values:
        return str(RecognisedClass(klass).label)
    return ""


def escape_words(before: str, after: str) -> str:
    """What a household that was poor or near-poor has become."""
    told = {RecognisedClass.POOR: "hộ thoát nghèo", RecognisedClass.NEAR_POOR: "hộ thoát cận nghèo"}
    found = told.get(RecognisedClass(before), "") if before in LISTED_CLASSES else ""
    return found or class_words(after)


def round_title(round: SurveyRound) -> str:
    if round.kind == RoundKind.IN_YEAR:
        return f"rà soát thường xuyên tháng {round.month} năm {round.year}"
    return f"rà soát định kỳ năm {round.year}"


def about_round(round: SurveyRound) -> dict[str, str | None]:
    return {"dot": round_title(round), "nam": str(round.year)}


def in_words(day: date | None) -> str:
    return date_in_words(day) if day else ""


def short_day(day: date | None) -> str:
    return day_in_text(day) if day else ""


def sentence(text: str) -> str:
    """What somebody typed, with the full stop that he left out."""
    told = text.strip()
    return f"{told}." if told and told[-1] not in ".!?…;:" else told


def sex_words(sex: str) -> str:
    return str(Sex(sex).label).capitalize() if sex in Sex.values else ""


def hour(moment: time | None) -> str:
    return f"{moment.hour} giờ {moment.minute:02}" if moment else ""


def reference(number: str, symbol: str) -> str:
    """ "05/QĐ-UBND"; a number that was typed whole stays as it is; without a text's symbol there is no number line."""
    if not symbol and not number:
        return ""
    if not number:
        return f"{NO_NUMBER}/{symbol}"
    return f"{int(number):02}/{symbol}" if number.isdecimal() and symbol else number


def counts(rows: Iterable[tuple[str, str]]) -> dict[str, str | None]:
    """Of (class, class before): the lines of the list that the paper carries."""
    pairs = list(rows)
    left = [before for klass, before in pairs if klass not in LISTED_CLASSES]
    return {
        "so_ho": count_words(len(pairs)),
        "so_ho_ngheo": _two([klass for klass, _before in pairs], RecognisedClass.POOR),
        "so_ho_can_ngheo": _two([klass for klass, _before in pairs], RecognisedClass.NEAR_POOR),
        "so_thoat_ngheo": _two(left, RecognisedClass.POOR),
        "so_thoat_can_ngheo": _two(left, RecognisedClass.NEAR_POOR),
    }


def _two(found: Sequence[str], wanted: str) -> str:
    return count_words(found.count(wanted))


def count_words(number: int) -> str:
    """Below ten with a zero in front, so that nobody adds a digit."""
    return f"{number:02}" if number else "0"


def numbered(columns: Sequence[Column], rows: Iterable[Sequence[str]], **more: Any) -> Table:
    """With a first column that counts."""
    counted = [(str(turn), *row) for turn, row in enumerate(rows, start=1)]
    return Table((Column("TT", 4, middle=True), *columns), counted, **more)


def put_together(
    code: str,
    on: date,
    *,
    head: Head,
    values: Values,
    blocks: Mapping[str, Block] | None = None,
    signers: Sequence[Signer] = (),
    number: str = "",
    name: str = "",
    label: str = "",
    used: InUse | None = None,
    void: str = "",
) -> Document:
    """By the text that counts on the day (``used``, where it was asked for before). Without ``signers`` whom the text names
    signs, as ``name``."""
    used = used or text_of(code, on)
    known: Values = {**dict.fromkeys(TEXTS[code].fields, ""), **values}
    text = used.parsed
    own = (Signer(filled(text.part("position"), known), name, filled(text.part("authority"), known)),)
    told = Head(head.parent_body, head.issuing_body, reference(number, text.part("symbol")), head.place, head.date_line)
    return Document(text, known, told, tuple(signers) or own, dict(blocks or {}), used.version, label, void)
