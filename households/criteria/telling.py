"""A test of a standard as a person reads it: a sentence and, below it, what must hold. Plain Python."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import singledispatch

from households.criteria.law.conditions import AGE, BORN
from households.criteria.law.parts import (
    AnswerTest,
    Condition,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    SizeTest,
    Test,
    Who,
)
from households.criteria.vocabulary import Field, Kind, vocabulary
from povertyportal.vietnamese import format_date, format_number


@dataclass(frozen=True, slots=True)
class Told:
    """``parts``: what the sentence counts, each on a line of its own."""

    text: str
    parts: "tuple[Told, ...]" = ()

    @property
    def plain(self) -> str:
        """In one line, for comparing."""
        below = "; ".join(part.plain.rstrip(".") for part in self.parts)
        return f"{self.text} {below}".strip()


@singledispatch
def tell(test: Test) -> Told:
    raise TypeError(f"no words for {test!r}")


@tell.register
def _(test: MemberTest) -> Told:
    return Told(f"Có từ {test.at_least} thành viên trở lên:", _alternatives(test.who))


@tell.register
def _(test: ShareTest) -> Told:
    than = "lớn hơn" if test.strict else "từ"
    onwards = "" if test.strict else " trở lên"
    return Told(f"Tỷ lệ trong tổng số thành viên {than} {test.percent}%{onwards}, kể người:", _alternatives(test.who))


@tell.register
def _(test: PerPersonTest) -> Told:
    bound = format_number(Decimal(test.bound) / 100)
    than = f"nhỏ hơn {bound}" if test.strict else f"từ {bound} trở xuống"
    return Told(f"{_title(test.field)} chia cho số thành viên: {than}.")


@tell.register
def _(test: AnswerTest) -> Told:
    return Told(f"{_capital(_condition(test.condition, vocabulary().household))}.")


@tell.register
def _(test: SizeTest) -> Told:
    return Told(f"Hộ có {_between(test.low, test.high, 'người')}.")


@tell.register
def _(test: SeveralTest) -> Told:
    count = len(test.parts)
    head = f"Ít nhất {test.at_least} trong {count} điều:" if test.at_least < count else f"Đủ cả {count} điều:"
    return Told(head if test.at_least > 1 else "Một trong các điều:", tuple(tell(part) for part in test.parts))


def tell_who(who: Who) -> tuple[Told, ...]:
    return _alternatives(who)


def _alternatives(who: Who) -> tuple[Told, ...]:
    fields = vocabulary().member
    return tuple(Told(_joined(_condition(one, fields) for one in conditions)) for conditions in who)


def _joined(words: Iterable[str]) -> str:
    return "; ".join(words)


def _condition(condition: Condition, fields: Mapping[str, Field]) -> str:
    if condition.field == AGE:
        return _between(condition.low, condition.high, "tuổi")
    if condition.field == BORN and condition.born_from:
        return f"sinh từ {format_date(condition.born_from)}"
    field = fields[condition.field]
    if condition.none_of is not None:
        return f"{field.title.lower()}: không có {_options(field, condition.none_of, ', ')}"
    return f"{_lower(field.title)}: {_accepted(field, condition)}"


def _accepted(field: Field, condition: Condition) -> str:
    accepted = condition.accepted or frozenset()
    if field.kind is Kind.FLAG:
        return "có" if True in accepted else "không"
    return f"“{_options(field, accepted, '” hoặc “')}”"


def _options(field: Field, codes: Iterable[str | bool], glue: str) -> str:
    wanted = set(codes)
    return glue.join(
        _lower(words) if glue == ", " else words for code, words in field.options.items() if code in wanted
    )


def _between(low: int | None, high: int | None, unit: str) -> str:
    full = "đủ " if unit == "tuổi" else ""
    if low is not None and high is not None:
        only = unit != "tuổi" and high == low + 1
        return f"{low} {unit}" if only else f"từ {full}{low} đến dưới {high} {unit}"
    return f"từ {full}{low} {unit} trở lên" if low is not None else f"dưới {high} {unit}"


def _title(name: str) -> str:
    return vocabulary().household[name].title


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
