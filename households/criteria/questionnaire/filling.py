"""A sheet with what was typed, its faults at their fields, and the rows of the roster. Plain Python."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from itertools import count

from households.criteria.engine.words import raised
from households.criteria.questionnaire.sheet import FEWEST_ROWS, MOST_ROWS, Block, Control, Sheet
from households.criteria.questionnaire.typed import LONGEST, Typed

_ANSWER = re.compile(r"m\d{1,10}-|[hy]-|income_month$|[\w-]{1,60}:")
# The words for the place at the head of the engine's sentences: at the field itself they are not needed.
_PLACE = re.compile(r"^(?:Thành viên thứ|Hộ,|Tổng điểm|Số |Phiếu |Phụ lục |Thu nhập )[^:]*: ")


@dataclass(frozen=True, slots=True)
class Row:
    """``number``: as the page counts, from 1; ``index``: in the names of its fields."""

    number: int
    index: int
    controls: tuple[Control, ...]


def filled(sheet: Sheet, typed: Typed) -> Sheet:
    return replace(sheet, blocks=tuple(_filled_block(block, typed) for block in sheet.blocks))


def worded(sentences: Iterable[str]) -> list[str]:
    """As they stand at the field."""
    return [raised(_PLACE.sub("", one)) for one in sentences]


def _filled_block(block: Block, typed: Typed) -> Block:
    controls = tuple(_filled(control, typed) for control in block.controls)
    touched = any(one.value or one.values or one.errors for one in controls)
    return replace(block, controls=controls, folded=block.folded and not touched)


def _filled(control: Control, typed: Typed) -> Control:
    errors = tuple(worded(typed.faults.get(control.name, ())))
    if control.kind == "choices":
        return replace(control, values=frozenset(typed.all(control.name)), errors=errors)
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
        for name, values in typed.data.items()
        if _ANSWER.match(name) and name not in shown and not name.startswith(gone)
        for value in values
        if value
    ]


def _row(roster: Iterable[Control], index: int, typed: Typed) -> tuple[Control, ...]:
    return tuple(_filled(replace(control, name=f"m{index}-{control.name}"), typed) for control in roster)
