from collections.abc import Iterator

from households.criteria.law.conditions import AGE, BORN
from households.criteria.law.parts import (
    AnswerTest,
    Condition,
    MemberTest,
    PerPersonTest,
    SeveralTest,
    ShareTest,
    SizeTest,
    Standard,
    Test,
    Who,
)
from households.criteria.law.places import Path
from households.criteria.law.wording import offer
from households.criteria.vocabulary import Field, Kind, Subject, vocabulary

OLDEST = 130
_ROSTER = (AGE, BORN)


def known_answers(standard: Standard) -> Iterator[tuple[Path, str]]:
    """Each test asks what vocabulary.toml lets one ask, and is neither always nor never true."""
    for number, indicator in enumerate(standard.indicators):
        yield from faults_of_test(("indicators", number, "test"), indicator.test)


def faults_of_test(path: Path, test: Test) -> Iterator[tuple[Path, str]]:
    if isinstance(test, MemberTest | ShareTest):
        yield from faults_of_who(path, test.who)
    elif isinstance(test, PerPersonTest):
        yield from _per_person(path, test)
    elif isinstance(test, AnswerTest):
        yield from _answer(path, test.condition)
    elif isinstance(test, SizeTest):
        if test.high is not None and (test.low or 0) >= test.high:
            yield path, f"không hộ nào có từ {test.low} người mà dưới {test.high} người."
    elif isinstance(test, SeveralTest):
        for number, part in enumerate(test.parts):
            yield from faults_of_test((*path, "parts", number), part)


def faults_of_who(path: Path, who: Who) -> Iterator[tuple[Path, str]]:
    for number, alternative in enumerate(who):
        for condition in alternative:
            here = (*path, "who", number, condition.field)
            if condition.field == AGE:
                yield from _age(here, condition)
            elif condition.field not in _ROSTER:
                yield from _accepted(here, condition, Subject.MEMBER)


def _age(path: Path, condition: Condition) -> Iterator[tuple[Path, str]]:
    low, high = condition.low or 0, condition.high
    if low > OLDEST or (high or 0) > OLDEST:
        yield path, f"tuổi phải từ 0 đến {OLDEST}."
    elif high is not None and low >= high:
        yield path, f"không ai từ đủ {low} tuổi mà dưới {high} tuổi: “from” phải nhỏ hơn “below”."


def _per_person(path: Path, test: PerPersonTest) -> Iterator[tuple[Path, str]]:
    field = vocabulary().household.get(test.field)
    if field is None or field.kind is not Kind.AREA:
        areas = [name for name, one in vocabulary().household.items() if one.kind is Kind.AREA]
        yield (*path, "field"), f"“{test.field}” không phải diện tích hỏi được của hộ; {offer(test.field, areas)}"


def _answer(path: Path, condition: Condition) -> Iterator[tuple[Path, str]]:
    field = vocabulary().household.get(condition.field)
    if condition.none_of is None:
        key = "is" if condition.accepted and any(isinstance(one, bool) for one in condition.accepted) else "in"
        yield from _accepted((*path, key), condition, Subject.HOUSEHOLD, at=(*path, "field"))
    elif field is None:
        yield (*path, "field"), _unknown(condition.field, Subject.HOUSEHOLD)
    elif field.kind is not Kind.CHOICES:
        yield (*path, "none_of"), f"“none_of” chỉ dùng cho câu chọn nhiều; “{field.name}” không phải câu chọn nhiều."
    else:
        yield from _options((*path, "none_of"), field, condition.none_of)


def _accepted(path: Path, condition: Condition, subject: Subject, at: Path | None = None) -> Iterator[tuple[Path, str]]:
    field, accepted = vocabulary().of(subject).get(condition.field), condition.accepted or frozenset()
    if field is None:
        yield at or path, _unknown(condition.field, subject)
    elif field.kind is Kind.FLAG:
        if not all(isinstance(one, bool) for one in accepted):
            yield path, f"“{field.name}” là câu có/không: ghi true hoặc false."
    elif field.kind is Kind.CHOICE:
        yield from _options(path, field, accepted)
        if set(accepted) >= set(field.options):
            yield path, "mọi câu trả lời đều được nhận: phép thử luôn đúng."
    else:
        yield at or path, f"“{field.name}” ({field.title}) không dùng được trong phép thử này."


def _options(path: Path, field: Field, accepted: frozenset[str | bool] | frozenset[str]) -> Iterator[tuple[Path, str]]:
    for one in sorted(map(str, set(accepted) - set(field.options))):
        word = {"True": "true", "False": "false"}.get(one, one)
        yield path, f"“{field.name}” không có câu trả lời “{word}”; {offer(word, field.options)}"


def _unknown(name: str, subject: Subject) -> str:
    of_whom = "thành viên" if subject is Subject.MEMBER else "hộ"
    kinds = (Kind.FLAG, Kind.CHOICE) if subject is Subject.MEMBER else (Kind.FLAG, Kind.CHOICE, Kind.CHOICES)
    usable = [one.name for one in vocabulary().of(subject).values() if one.kind in kinds]
    also = list(_ROSTER) if subject is Subject.MEMBER else []
    return f"không hỏi “{name}” ở {of_whom}; {offer(name, also + usable)}"
