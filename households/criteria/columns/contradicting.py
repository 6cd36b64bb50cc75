"""What a household says in two ways and not alike: neither is quietly taken for the other (as engine/answers.py)."""

from collections.abc import Iterator

import numpy as np

from households.criteria.columns.block import sure_and_open
from households.criteria.columns.table import NO_MONEY, Ints, Table
from households.criteria.engine.bounds import MONTHS
from households.criteria.law.parts import Standard


def first(wrong: Ints, text: str) -> Iterator[str]:
    """The sentence with the first household that is wrong; households are counted from 1."""
    if wrong.any():
        yield f"Hộ thứ {int(np.argmax(wrong)) + 1}: {text}"


def contradictions(standard: Standard, table: Table) -> Iterator[str]:
    if table.a is not None and table.sheet_a and standard.sheet_a:
        yield from _items(table.a, [table.sheet_a.get(item.code) for item in standard.sheet_a.items], table.n)
    if table.b1 is not None and table.ticks:
        ticked = np.logical_or.reduce([column >= 0 for column in table.ticks.values()])
        yield from first((table.b1 >= 0) & ticked, "đã ghi tổng điểm B1 mà còn chọn ô của Phiếu B1.")
    if table.income_month is not None and table.sources and standard.income_survey:
        codes = [source.code for source in standard.income_survey.sources]
        if all(code in table.sources for code in codes):
            yield from _income(table.income_month, [table.sources[code] for code in codes], np.diff(table.offsets))


def _items(given: Ints, items: list[Ints | None], n: int) -> Iterator[str]:
    nobody = np.full(n, -1, np.int8)
    sure, opened = sure_and_open((nobody if column is None else column for column in items), n)
    wrong = (given < sure) | (given > sure + opened)
    yield from first((given >= 0) & (opened < len(items)) & wrong, "số tiêu chí Phiếu A trái với các tiêu chí đã chọn.")


def _income(given: Ints, sources: list[Ints], sizes: Ints) -> Iterator[str]:
    """A month's share may be rounded either way."""
    known = np.logical_and.reduce([column != NO_MONEY for column in sources]) & (given != NO_MONEY) & (sizes > 0)
    total = np.add.reduce([np.where(known, column, 0) for column in sources])
    share, months = np.where(known, given, 0), MONTHS * np.maximum(sizes, 1)
    wrong = (share != total // months) & (share != -(-total // months))
    yield from first(known & wrong, "thu nhập bình quân trái với Phụ lục VIII.")
