"""How people, amounts and articles are called in the engine's sentences."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.engine.ages import Calendar, completed_years
from households.criteria.law.parts import Class, Provenance, Sureness
from households.criteria.vocabulary import Field, Kind
from povertyportal.vietnamese import format_number

CLASSES = {
    Class.POOR: "hộ nghèo",
    Class.NEAR_POOR: "hộ cận nghèo",
    Class.AVERAGE: "hộ có mức sống trung bình",
    Class.NOT_POOR: "hộ không nghèo",
}
LONGEST_SHOWN = 60
EARLIEST, LATEST = "earliest", "latest"  # of a member: ordinals of the days between which the birth lies


def lowered(title: str) -> str:
    return title[:1].lower() + title[1:]


def raised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def member_words(index: int, name: Any) -> str:
    """ "Thành viên thứ 3 (Lò Văn A)"."""
    place = f"Thành viên thứ {index + 1}"
    return f"{place} ({name[:LONGEST_SHOWN]})" if isinstance(name, str) and name.strip() else place


def person(index: int, member: Mapping[str, Any], calendar: Calendar) -> str:
    """ "Lò Văn A (34 tuổi)", "thành viên thứ 3 (15 hoặc 16 tuổi)"."""
    name = (member["name"] or "").strip()[:LONGEST_SHOWN] or f"thành viên thứ {index + 1}"
    age = age_words(member, calendar)
    return f"{name} ({age})" if age else name


def age_words(member: Mapping[str, Any], calendar: Calendar) -> str:
    oldest, youngest = (
        completed_years(date.fromordinal(member[end]), calendar.on, calendar.leap_birthday)
        for end in (EARLIEST, LATEST)
    )
    if oldest == youngest:
        return f"{oldest} tuổi"
    return f"{youngest} hoặc {oldest} tuổi" if oldest == youngest + 1 else ""


def article(provenance: Provenance) -> str:
    """Where the law says so, and whether somebody has compared it with the text."""
    return articles(provenance)


_DOUBTS = ("", " (chưa đối chiếu văn bản)", " (chưa chắc chắn)")


def _doubt(provenance: Provenance) -> int:
    return {Sureness.VERIFIED: 0, Sureness.UNSURE: 2}.get(provenance.confidence, 1)


def articles(*provenances: Provenance | None) -> str:
    """Each place once; where two values stand in one place, the mark of the one that is less sure."""
    doubts: dict[str, int] = {}
    for one in filter(None, provenances):
        doubts[one.cited] = max(doubts.get(one.cited, 0), _doubt(one))
    return "; ".join(cited + _DOUBTS[doubt] for cited, doubt in doubts.items())


def lacking(table: B1Table) -> str:
    """ "bảng điểm minh họa chỉ có 6 nhóm nên tổng thật có thể cao hơn; thiếu nhóm: …"."""
    known = f"bảng điểm{' minh họa' if table.demonstration else ''} chỉ có {len(table.groups)} nhóm"
    absent = f"thiếu nhóm: {', '.join(map(lowered, table.absent))}" if table.absent else "chưa rõ thiếu nhóm nào"
    return f"{known} nên tổng thật có thể cao hơn; {absent}"


def one_of(names: Iterable[str]) -> str:
    """ "hộ nghèo, hộ cận nghèo hoặc hộ không nghèo"."""
    found = list(names)
    return " hoặc ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def money(amount: int) -> str:
    return f"{format_number(amount)} đồng"


def area(hundredths: int) -> str:
    return f"{format_number(Decimal(hundredths) / 100)} m²"


def answer_words(field: Field, answer: Any) -> str:
    """As the paper has it: "Nước máy", "không", "tivi, radio"."""
    if answer is None:
        return "chưa trả lời"
    match field.kind:
        case Kind.FLAG:
            return "có" if answer else "không"
        case Kind.CHOICES:
            ticked = [words for code, words in field.options.items() if code in answer]
            return ", ".join(map(lowered, ticked)) or "không có thứ nào"
        case _:
            return field.options[answer]
