"""What was typed into the try-out page, as the engine's answers; and back: each fault to its field."""

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import count
from typing import Any

from django.http import QueryDict

from households.criteria.engine.words import raised
from households.criteria.vocabulary import Field, Kind, vocabulary
from households.web.trial_sheet import FEWEST_ROWS, MOST_ROWS, NONE_OF_ALL, YES, Block, Control, Sheet, Trial, Way
from povertyportal.vietnamese import parse_number, tidy

LONGEST = 200
BIRTHS = {"birth_date", "birth_year"}
_ROW = re.compile(r"m(\d{1,4})-\w+")
_ANSWER = re.compile(r"m\d{1,4}-|[hy]-|income_month$|[\w-]{1,60}:")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MEMBER = re.compile(r"members\[(\d+)\](?:\.(\w+))?")
# The words for the place at the head of the engine's sentences: at the field itself they are not needed.
_PLACE = re.compile(r"^(?:Thành viên thứ|Hộ,|Tổng điểm|Số |Phiếu |Phụ lục |Thu nhập )[^:]*: ")
ALIKE = ("income_month", "members")  # the same for all standards: said once
Faults = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Row:
    """``number``: as the page counts, from 1; ``index``: in the names of its fields."""

    number: int
    index: int
    controls: tuple[Control, ...]


class Typed:
    """The data of one request. Reading collects ``faults`` by the name of the field ("" for the page as a whole);
    ``refused``: the fields among those read for one standard."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.faults: Faults = {}
        self.refused: set[str] = set()

    def text(self, name: str) -> str:
        return tidy(self.data.get(name, ""))[:LONGEST]

    def indexes(self) -> list[int]:
        """Rows of the roster as posted, blank ones too."""
        found = {int(match[1]) for name in self.data if (match := _ROW.fullmatch(name))}
        return sorted(found)

    def filled_indexes(self) -> list[int]:
        names = [name for name in self.data if _ROW.fullmatch(name) and self.text(name)]
        filled = {int(name[1:].partition("-")[0]) for name in names}
        return [index for index in self.indexes() if index in filled]

    def say(self, name: str, sentence: str) -> None:
        self.refused.add(name)
        said = self.faults.setdefault(name, [])
        if sentence not in said:
            said.append(sentence)

    def number(self, name: str, *, whole: bool = True) -> Any:
        """An int, a Decimal, or None for an empty or a refused field."""
        if not (typed := self.text(name)):
            return None
        try:
            value = parse_number(typed)
        except ValueError as refused:
            self.say(name, str(refused))
            return None
        if not whole:
            return self._with_two_decimals(name, typed, value)
        if value != value.to_integral_value():
            self.say(name, f"“{typed}” không phải số nguyên; ghi số không có phần thập phân.")
            return None
        return int(value)

    def _with_two_decimals(self, name: str, typed: str, value: Decimal) -> Decimal | None:
        if value == round(value, 2):
            return value
        self.say(name, f"“{typed}” có quá hai chữ số sau dấu phẩy; ghi nhiều nhất hai, ví dụ 31,25.")
        return None


def answers_of(way: Way, trial: Trial, typed: Typed) -> dict[str, Any]:
    """As docs/classify.schema.json has them; what was not answered is left out."""
    code, typed.refused = trial.code, set()
    if way is Way.SCORES:
        return _given({key: typed.number(f"{code}:{key}") for key in ("a", "b1", "b2")}, keep=("b1", "b2"))
    if way is Way.INCOME:
        own = {key: typed.number(f"{code}:{key}") for key in ("a", "deprivations")}
        return _given({"income_month": typed.number("income_month"), **own}, keep=("income_month", "deprivations"))
    numbers = {"a": typed.number(f"{code}:a"), "b1": None, "income_month": None}
    if not trial.by_scores:
        numbers["income_month"] = typed.number("income_month")
    elif not trial.table:
        numbers["b1"] = typed.number(f"{code}:b1")
    members = [_member(index, typed) for index in typed.filled_indexes()]
    return {"members": members, "household": _household(trial, typed), **_given(numbers)}


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
            return _flag(typed.text(name))
        case Kind.CHOICES:
            return _several(name, typed)
        case Kind.AREA:
            return typed.number(name, whole=False)
        case _:
            return typed.text(name) or None


def _flag(text: str) -> bool | None:
    return text == YES if text else None


def _several(name: str, typed: Typed) -> list[str] | None:
    """The box "none of these" is an answer, no box at all is none."""
    chosen = [one for one in typed.data.getlist(name) if one]
    if not chosen:
        return None
    ticked = [one[:LONGEST] for one in chosen if one != NONE_OF_ALL]
    if ticked and NONE_OF_ALL in chosen:
        typed.say(name, "Vừa chọn “không có” vừa chọn ô khác; hãy bỏ một trong hai.")
    return ticked


def _household(trial: Trial, typed: Typed) -> dict[str, Any]:
    sheets = (Kind.ITEMS, Kind.TICKS, Kind.MONEY)
    fields = {name: field for name, field in vocabulary().household.items() if field.kind not in sheets}
    answers = _given({name: _answer(f"h-{name}", field, typed) for name, field in fields.items()})
    filled = {"a": _items(trial, typed), "b1": _ticks(trial, typed), "annual_income": _annual(trial, typed)}
    return answers | {name: sheet for name, sheet in filled.items() if sheet}


def _items(trial: Trial, typed: Typed) -> dict[str, Any]:
    items = trial.standard.sheet_a.items if trial.standard.sheet_a else ()
    return _given({item.code: _flag(typed.text(f"{trial.code}:a-{item.code}")) for item in items})


def _ticks(trial: Trial, typed: Typed) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for group in trial.table.groups if trial.table else ():
        name = f"{trial.code}:t-{group.code}"
        if (ticked := _several(name, typed)) is not None:
            found[group.code] = ticked
    return found


def _annual(trial: Trial, typed: Typed) -> dict[str, Any]:
    survey = trial.standard.income_survey
    found: dict[str, Any] = {}
    for source in survey.sources if survey else ():
        name = f"y-{source.code}"
        if source.net:
            sides = {side: typed.number(f"{name}-{side}") for side in ("revenue", "cost")}
            found[source.code] = sides if any(value is not None for value in sides.values()) else None
        else:
            found[source.code] = typed.number(name)
    return _given(found)


def field_of(where: str, trial: Trial, typed: Typed) -> str:
    """The field of the page for a path of the answers; "" where the page has none."""
    if match := _MEMBER.fullmatch(where):
        place, name = typed.filled_indexes(), match[2] or "name"
        row = int(match[1])
        return f"m{place[row]}-{'birth' if name in BIRTHS else name}" if row < len(place) else ""
    path = where.split(".")
    if path[0] != "household":
        return where if where in ALIKE else f"{trial.code}:{where}"
    return _of_household(path[1:], trial)


def _of_household(path: list[str], trial: Trial) -> str:
    match path:
        case ["a", item]:
            return f"{trial.code}:a-{item}"
        case ["b1", group]:
            return f"{trial.code}:t-{group}"
        case ["annual_income", *source] if source:
            return "y-" + "-".join(source)
        case _:
            return f"h-{path[0]}" if path else ""


def filled(sheet: Sheet, typed: Typed) -> Sheet:
    return replace(sheet, blocks=tuple(_filled_block(block, typed) for block in sheet.blocks))


def _filled_block(block: Block, typed: Typed) -> Block:
    controls = tuple(_filled(control, typed) for control in block.controls)
    touched = any(one.value or one.values or one.errors for one in controls)
    return replace(block, controls=controls, folded=block.folded and not touched)


def _filled(control: Control, typed: Typed) -> Control:
    errors = tuple(raised(_PLACE.sub("", sentence)) for sentence in typed.faults.get(control.name, ()))
    if control.kind == "choices":
        return replace(control, values=frozenset(typed.data.getlist(control.name)), errors=errors)
    return replace(control, value=typed.text(control.name), errors=errors)


def rows_of(sheet: Sheet, typed: Typed, *, add: int = 0, without: int | None = None) -> list[Row]:
    """At least FEWEST_ROWS, and all that were posted; ``add``: so many blank ones more, as long as a household may have them;
    ``without``: the index of a row that goes."""
    if not sheet.roster:
        return []
    posted = typed.indexes()
    indexes = [index for index in posted if index != without]
    wanted = max(FEWEST_ROWS, min(MOST_ROWS, len(indexes) + add))
    unused = count(max(posted, default=-1) + 1)  # not an index that was posted: its answers would come back
    indexes += [next(unused) for _ in range(wanted - len(indexes))]
    return [Row(number, index, _row(sheet.roster, index, typed)) for number, index in enumerate(indexes, start=1)]


def carried(typed: Typed, shown: Collection[str], *, without: int | None = None) -> list[tuple[str, str]]:
    """Answers to questions that this sheet does not ask: they travel along, so that another choice brings them back."""
    gone = f"m{without}-"
    return [
        (name, value[:LONGEST])
        for name, values in typed.data.lists()
        if _ANSWER.match(name) and name not in shown and not name.startswith(gone)
        for value in values
        if value
    ]


def _row(roster: Iterable[Control], index: int, typed: Typed) -> tuple[Control, ...]:
    return tuple(_filled(replace(control, name=f"m{index}-{control.name}"), typed) for control in roster)
