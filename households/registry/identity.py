"""Checks of personal numbers (domain/process.md §6.3). Plain Python; no finding ever repeats a number.

There is no check digit: length, digits, the province, and what the number says of sex and birth are all that can be
tested. What may be wrong on either side is a warning: births were often recorded wrongly.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

Strength: TypeAlias = Literal["error", "warning"]

PERSONAL_DIGITS, OLD_DIGITS, SOCIAL_DIGITS = 12, 9, 10
PERSONAL, OLD, INSURANCE = "personal", "old", "insurance"  # values of codes.NumberKind

# Code of the province where the birth was registered, after a leading 0: the 63 provinces before 1/7/2025. A number never
# changes, and keeps the code of a province that is no more.
PROVINCES = frozenset({
    "01", "02", "04", "06", "08", "10", "11", "12", "14", "15", "17", "19", "20", "22", "24", "25", "26",
    "27", "30", "31", "33", "34", "35", "36", "37", "38", "40", "42", "44", "45", "46", "48", "49", "51",
    "52", "54", "56", "58", "60", "62", "64", "66", "67", "68", "70", "72", "74", "75", "77", "79", "80",
    "82", "83", "84", "86", "87", "89", "91", "92", "93", "94", "95", "96",
})  # fmt: skip

_HEALTH_CARD = re.compile(r"[A-Z]{2}[0-9](?P<province>[0-9]{2})(?P<code>[0-9]{10})")
_FULL_NUMBER = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class Finding:
    """``field``: what of the person to look at: "number", "sex", "birth_year" or "province"."""

    strength: Strength
    field: str
    message: str


def normalise(text: str) -> str:
    """What is kept of a number: "001 199 012.345" is "001199012345"; full-width and other digits become plain ones."""
    plain = unicodedata.normalize("NFKC", text).upper()
    if plain.isascii() and plain.isalnum():
        return plain
    digits = (str(unicodedata.digit(ch)) if ch.isdigit() else ch for ch in plain)
    return "".join(ch for ch in digits if ch.isalnum())


def normalised(kind: str, text: str) -> str:
    """Of a health insurance card the lifelong number is kept: its last ten digits, the code of social insurance. What
    stands before them says the group and the benefit, which change from year to year."""
    plain = normalise(text)
    card = _HEALTH_CARD.fullmatch(plain) if kind == INSURANCE else None
    return card["code"] if card else plain


def check(kind: str, text: str, *, sex: str = "", birth_year: int | None = None, on: date) -> list[Finding]:
    """``on``: the day on which the number is judged; nobody is born after it."""
    if kind == PERSONAL:
        return check_number(text, sex=sex, birth_year=birth_year, on=on)
    return list(_of_old_number(normalise(text)) if kind == OLD else _of_insurance(normalise(text)))


def check_number(text: str, *, sex: str, birth_year: int | None, on: date) -> list[Finding]:
    """The personal number of 12 digits: 0 and the province, the century with the sex, the year of birth, 6 digits."""
    number = normalise(text)
    wrong = list(_not_digits(number, PERSONAL_DIGITS, _hint_for_personal(number)))
    return wrong or list(_of_personal(number, sex=sex, birth_year=birth_year, on=on))


def _of_personal(number: str, *, sex: str, birth_year: int | None, on: date) -> Iterator[Finding]:
    born = _year_told(number)
    if born > on.year:
        message = f"Số này ghi năm sinh {born}, sau ngày đang xét: có chữ số gõ sai (chữ số thứ 4 đến 6)."
        yield Finding("error", "number", message)
        return
    if number[0] != "0" or number[1:3] not in PROVINCES:
        message = (
            "Ba chữ số đầu không phải mã của tỉnh nào trong 63 tỉnh khai sinh; xem lại, "
            "trừ khi người này khai sinh ở nước ngoài."
        )
        yield Finding("warning", "province", message)
    told = "female" if int(number[3]) % 2 else "male"
    if sex and sex != told:
        words = {"male": "nam", "female": "nữ"}
        message = f"Số này (chữ số thứ 4) là của {words[told]}, trong khi giới tính ghi là {words.get(sex, sex)}."
        yield Finding("warning", "sex", message)
    if birth_year is not None and birth_year != born:
        yield Finding("warning", "birth_year", f"Số này ghi năm sinh {born}, trong khi năm sinh ghi là {birth_year}.")


def _year_told(number: str) -> int:
    return 1900 + int(number[3]) // 2 * 100 + int(number[4:6])


def _hint_for_personal(number: str) -> str:
    if len(number) == PERSONAL_DIGITS - 1:
        return " Nếu lấy từ Excel, có thể số 0 ở đầu đã bị bỏ."
    if len(number) == OLD_DIGITS:
        return " 9 chữ số là chứng minh nhân dân cũ: ghi vào ô riêng."
    return ""


def _of_old_number(number: str) -> Iterator[Finding]:
    long = len(number) == PERSONAL_DIGITS
    hint = " 12 chữ số là số định danh cá nhân, căn cước công dân: ghi vào ô riêng." if long else ""
    yield from _not_digits(number, OLD_DIGITS, hint)


def _of_insurance(number: str) -> Iterator[Finding]:
    card = _HEALTH_CARD.fullmatch(number)
    if card is None and not (_FULL_NUMBER.fullmatch(number) and len(number) == SOCIAL_DIGITS):
        message = (
            "Cần mã số bảo hiểm xã hội gồm 10 chữ số, hoặc số thẻ bảo hiểm y tế gồm 15 ký tự: "
            f"2 chữ cái rồi 13 chữ số. Ở đây có {len(number)} ký tự."
        )
        yield Finding("error", "number", message)
    elif card and card["province"] not in PROVINCES:
        message = "Hai chữ số chỉ tỉnh trên thẻ (ký tự thứ 4 và 5) không phải mã của tỉnh nào trong 63 tỉnh; xem lại."
        yield Finding("warning", "province", message)


def _not_digits(number: str, length: int, hint: str) -> Iterator[Finding]:
    if not _FULL_NUMBER.fullmatch(number):
        yield Finding("error", "number", f"Chỉ ghi chữ số: cần đúng {length} chữ số.")
    elif len(number) != length:
        yield Finding("error", "number", f"Cần đúng {length} chữ số, ở đây có {len(number)}.{hint}")
