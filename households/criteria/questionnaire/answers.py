"""What was typed, as the engine's answers; and back: each fault to its field. Plain Python."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from households.criteria.questionnaire.sheet import FLAG, NO, NONE_OF_ALL, YES, AppliedStandard, Way
from households.criteria.questionnaire.typed import LONGEST, Typed
from households.criteria.vocabulary import Field, Kind, vocabulary

BIRTHS = {"birth_date", "birth_year"}
ALIKE = ("income_month", "members")  # the same for all standards: said once
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MEMBER = re.compile(r"members\[(\d+)\](?:\.(\w+))?")


def answers_of(way: Way, applied: AppliedStandard, typed: Typed) -> dict[str, Any]:
    """As docs/classify.schema.json has them; what was not answered is left out."""
    code, typed.refused = applied.code, set()
    if way is Way.SCORES:
        return _given({key: typed.number(f"{code}:{key}") for key in ("a", "b1", "b2")}, keep=("b1", "b2"))
    if way is Way.INCOME:
        own = {key: typed.number(f"{code}:{key}") for key in ("a", "deprivations")}
        return _given({"income_month": typed.number("income_month"), **own}, keep=("income_month", "deprivations"))
    numbers = {"a": typed.number(f"{code}:a"), "b1": None, "income_month": None}
    if not applied.by_scores:
        numbers["income_month"] = typed.number("income_month")
    elif not applied.table:
        numbers["b1"] = typed.number(f"{code}:b1")
    members = [_member(index, typed) for index in typed.filled_indexes()]
    return {"members": members, "household": _household(applied, typed), **_given(numbers)}


def _given(values: Mapping[str, Any], keep: tuple[str, ...] = ()) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value is not None or key in keep}


def _member(index: int, typed: Typed) -> dict[str, Any]:
    fields = vocabulary().member
    answers = {name: _answer(f"m{index}-{name}", field, typed) for name, field in fields.items() if name not in BIRTHS}
    return _given(answers | _birth(f"m{index}-birth", typed))


def _birth(name: str, typed: Typed) -> dict[str, Any]:
    text = typed.text(name)
    if not text:
        return {}
    if re.fullmatch(r"\d{4}", text):
        return {"birth_year": int(text)}
    if (match := _DAY.fullmatch(text)) and (day := _day(*map(int, match.groups()))):
        return {"birth_date": day.isoformat()}
    wanted = "ghi ngày/tháng/năm, ví dụ 05/02/1980; không rõ ngày thì ghi năm, ví dụ 1980."
    typed.say(name, f"“{text}” không phải ngày sinh: {wanted}")
    return {}


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _answer(name: str, field: Field, typed: Typed) -> Any:
    match field.kind:
        case Kind.FLAG:
            return _flag(name, typed)
        case Kind.CHOICES:
            return _several(name, typed)
        case Kind.AREA:
            return typed.number(name, whole=False)
        case _:
            return typed.text(name) or None


def _flag(name: str, typed: Typed) -> bool | None:
    """What is neither is not taken for no."""
    text = typed.text(name)
    if text and text not in FLAG:
        typed.say(name, f"“{text}” không phải câu trả lời có hoặc không; hãy chọn một trong hai.")
    return {YES: True, NO: False}.get(text)


def _several(name: str, typed: Typed) -> list[str] | None:
    """The box "none of these" is an answer, no box at all is none."""
    chosen = [one for one in typed.all(name) if one]
    if not chosen:
        return None
    ticked = [one[:LONGEST] for one in chosen if one != NONE_OF_ALL]
    if ticked and NONE_OF_ALL in chosen:
        typed.say(name, "Vừa chọn “không có” vừa chọn ô khác; hãy bỏ một trong hai.")
    return ticked


def _household(applied: AppliedStandard, typed: Typed) -> dict[str, Any]:
    sheets = (Kind.ITEMS, Kind.TICKS, Kind.MONEY)
    fields = {name: field for name, field in vocabulary().household.items() if field.kind not in sheets}
    answers = _given({name: _answer(f"h-{name}", field, typed) for name, field in fields.items()})
    filled = {"a": _items(applied, typed), "b1": _ticks(applied, typed), "annual_income": _annual(applied, typed)}
    return answers | {name: sheet for name, sheet in filled.items() if sheet}


def _items(applied: AppliedStandard, typed: Typed) -> dict[str, Any]:
    items = applied.standard.sheet_a.items if applied.standard.sheet_a else ()
    return _given({item.code: _flag(f"{applied.code}:a-{item.code}", typed) for item in items})


def _ticks(applied: AppliedStandard, typed: Typed) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for group in applied.table.groups if applied.table else ():
        name = f"{applied.code}:t-{group.code}"
        if (ticked := _several(name, typed)) is not None:
            found[group.code] = ticked
    return found


def _annual(applied: AppliedStandard, typed: Typed) -> dict[str, Any]:
    survey = applied.standard.income_survey
    found: dict[str, Any] = {}
    for source in survey.sources if survey else ():
        name = f"y-{source.code}"
        if source.net:
            sides = {side: typed.number(f"{name}-{side}") for side in ("revenue", "cost")}
            found[source.code] = sides if any(value is not None for value in sides.values()) else None
        else:
            found[source.code] = typed.number(name)
    return _given(found)


def field_of(where: str, applied: AppliedStandard, typed: Typed) -> str:
    """The field of the page for a path of the answers; "" where the page has none."""
    if match := _MEMBER.fullmatch(where):
        place, name = typed.filled_indexes(), match[2] or "name"
        row = int(match[1])
        return f"m{place[row]}-{'birth' if name in BIRTHS else name}" if row < len(place) else ""
    path = where.split(".")
    if path[0] != "household":
        return where if where in ALIKE else f"{applied.code}:{where}"
    return _of_household(path[1:], applied)


def _of_household(path: list[str], applied: AppliedStandard) -> str:
    match path:
        case ["a", item]:
            return f"{applied.code}:a-{item}"
        case ["b1", group]:
            return f"{applied.code}:t-{group}"
        case ["annual_income", *source] if source:
            return "y-" + "-".join(source)
        case _:
            return f"h-{path[0]}" if path else ""
