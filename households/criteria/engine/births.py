"""A member's day of birth, or the days between which it lies when only the year is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from households.criteria.engine.ages import FIRST_BIRTH, OLDEST, Calendar
from households.criteria.engine.fields import shown
from households.criteria.engine.sheets import Say
from households.criteria.engine.words import member_words
from povertyportal.vietnamese import format_date


def read_birth(raw: Mapping[str, Any], index: int, calendar: Calendar, say: Say) -> tuple[int, int]:
    """Ordinals, both ends included; all that is possible where nothing is known."""
    day_text, year = raw.get("birth_date"), raw.get("birth_year")
    if day_text is not None:
        ordinal = _day(day_text)
        if ordinal is not None and calendar.earliest <= ordinal <= calendar.today:
            if year is not None and (type(year) is not int or year != int(day_text[:4])):
                _say(
                    raw,
                    index,
                    "birth_year",
                    f"{shown(year)} trái với ngày sinh {day_text}; ghi một trong hai cho đúng.",
                    say,
                )
            return ordinal, ordinal
        _say(raw, index, "birth_date", _why_no_day(day_text, ordinal, calendar), say)
    elif year is not None:
        if type(year) is int and date.fromordinal(calendar.earliest).year <= year <= calendar.on.year:
            first, last = date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal()
            return max(first, calendar.earliest), min(last, calendar.today)
        _say(raw, index, "birth_year", _why_no_year(year, calendar), say)
    return calendar.earliest, calendar.today


def _day(text: Any) -> int | None:
    if not _looks_right(text):
        return None
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return None


def _looks_right(text: Any) -> bool:
    return type(text) is str and len(text) == 10 and text[4] == text[7] == "-"


def _say(raw: Mapping[str, Any], index: int, key: str, text: str, say: Say) -> None:
    place = "ngày sinh" if key == "birth_date" else "năm sinh"
    say(f"members[{index}].{key}", f"{member_words(index, raw.get('name'))}, {place}", text)


def _why_no_day(text: Any, ordinal: int | None, calendar: Calendar) -> str:
    if ordinal is None:
        wrong = "không phải ngày có thật" if _looks_right(text) else "không đúng mẫu"
        return f"{shown(text)} {wrong}; ghi NĂM-THÁNG-NGÀY, ví dụ 1980-02-28."
    day = format_date(date.fromordinal(ordinal))
    if ordinal > calendar.today:
        return f"{day} sau ngày rà soát {format_date(calendar.on)}."
    if ordinal < FIRST_BIRTH.toordinal():
        return f"{day} quá sớm; ngày sinh từ năm {FIRST_BIRTH.year} trở đi."
    return f"{day} nghĩa là hơn {OLDEST} tuổi vào ngày {format_date(calendar.on)}."


def _why_no_year(year: Any, calendar: Calendar) -> str:
    if type(year) is not int:
        return f"{shown(year)} không phải năm; ghi bốn chữ số, ví dụ 1980."
    if year > calendar.on.year:
        return f"{year} sau ngày rà soát {format_date(calendar.on)}."
    first = date.fromordinal(calendar.earliest).year
    return f"{year} quá sớm; năm sinh từ {first} đến {calendar.on.year}."
