"""Many households at once, by the same documents as the engine and with the same answers (tests/criteria/test_columns_agree).

A standard is made ready once: tests of members become look-ups (members.py), the ordered rules a table of outcomes
(outcomes.py). Then the households go through in blocks."""

from datetime import date
from typing import Any

import numpy as np

from households.criteria.b1.parts import B1Table
from households.criteria.columns.block import Block, blocks
from households.criteria.columns.deciding import area_rules, both, decide
from households.criteria.columns.facts import facts_of
from households.criteria.columns.fitting import TableFaultError, check_fits
from households.criteria.columns.holding import ready, who_of
from households.criteria.columns.members import MemberCounts
from households.criteria.columns.sheets import ReadyTable
from households.criteria.columns.table import Columns, Form, Ints, Table
from households.criteria.columns.writing import write
from households.criteria.engine.ages import Calendar, birth_conditions
from households.criteria.engine.evaluate import conditions, who_conditions
from households.criteria.engine.faults import NotPreparedError
from households.criteria.law.parts import AreaType, Standard


def classify_columns(
    standard: Standard,
    table: Table,
    *,
    on: date,
    area_type: AreaType | Ints,
    b1_table: B1Table | None = None,
    variants: str | Ints | None = None,
) -> Columns:
    """``area_type``: one for all, or a column (True: urban). ``variants``, of the B1 table: one for all, or a column of its
    number among the standard's. Raises TableFaultError, NotPreparedError with a sentence."""
    urban = _urban(area_type, table.n)
    prepared = Prepared(standard, on, b1_table, urban)
    check_fits(standard, table, b1_table, prepared.calendar)
    variant = variant_numbers(standard, variants, urban) if b1_table else 0
    found = Columns.empty(table.n, len(standard.indicators))
    for block in blocks(table):
        prepared.fill(found, block, _part(urban, block), _part(variant, block))
    return found


def _urban(area_type: AreaType | Ints, n: int) -> Ints | bool:
    if not isinstance(area_type, np.ndarray):
        return area_type is AreaType.URBAN
    if area_type.dtype != np.bool_ or len(area_type) != n:
        raise TableFaultError(f"Cột khu vực phải có {n} dòng, mỗi dòng đúng (thành thị) hoặc sai (nông thôn).")
    return area_type


def _part(setting: Any, block: Block) -> Any:
    return block.of(setting) if isinstance(setting, np.ndarray) else setting


def variant_numbers(standard: Standard, variants: str | Ints | None, urban: Ints | bool) -> Ints | int:
    if isinstance(variants, np.ndarray):
        if ((variants < 0) | (variants >= len(standard.variants))).any():
            raise NotPreparedError(f"Số thứ tự vùng phải từ 0 đến {len(standard.variants) - 1}.")
        in_towns = np.array([one.area_type is AreaType.URBAN for one in standard.variants])
        if (in_towns[variants] != urban).any():
            raise NotPreparedError("Có hộ mà vùng của bảng điểm B1 không thuộc khu vực (nông thôn, thành thị) của hộ.")
        return variants
    area_types = {AreaType.URBAN if one else AreaType.RURAL for one in np.unique(urban).tolist()}
    fitting = [one.code for one in standard.variants if {one.area_type} == area_types]
    chosen = variants or (fitting[0] if len(fitting) == 1 else None)
    if chosen not in fitting:
        raise NotPreparedError(f"Tính điểm B1 cần biết vùng; nhận: {', '.join(fitting) or 'mỗi hộ một vùng'}.")
    return [one.code for one in standard.variants].index(chosen)


class Prepared:
    """A standard made ready for one day."""

    def __init__(self, standard: Standard, on: date, b1_table: B1Table | None, urban: Ints | bool) -> None:
        if b1_table and b1_table.standard != standard.code:
            raise NotPreparedError(f"Bảng điểm B1 “{b1_table.name}” là của chuẩn {b1_table.standard}.")
        self.standard = standard
        tests, groups = [one.test for one in standard.indicators], b1_table.groups if b1_table else ()
        tests += [option.when for group in groups for option in group.options if option.when]
        who = [
            *(one for test in tests for one in who_of(test)),
            *(one.zero_if_all for one in groups if one.zero_if_all),
        ]
        asked = [*conditions(tests), *(one for group in groups for one in who_conditions(group.zero_if_all or ()))]
        self.calendar = Calendar(on, standard.leap_birthday, birth_conditions(asked))
        self.counts = MemberCounts(who, self.calendar)
        self.indicators = [ready(one.test) for one in standard.indicators]
        self.table = ReadyTable(b1_table, [one.code for one in standard.variants]) if b1_table else None
        self.rules = {one: area_rules(standard, _area_type(one), on) for one in np.unique(urban).tolist()}

    def fill(self, found: Columns, block: Block, urban: Ints | bool, variant: Ints | int) -> None:
        indicators = found.indicators[block.rows]
        survey = block.of(block.table.form) == Form.SURVEY
        if survey.any():
            self._fill_indicators(indicators, block, survey)
        facts = facts_of(self.standard, self.table, block, variant, indicators)
        verdicts = {one: decide(rules, facts, block) for one, rules in self.rules.items()}
        alone = next(iter(verdicts.values()))
        verdict = alone if len(verdicts) == 1 else both(urban, verdicts[True], verdicts[False])
        write(self.standard, found, block, facts, verdict)

    def _fill_indicators(self, found: Ints, block: Block, survey: Ints) -> None:
        block.counts = self.counts.of(block.people)
        for number, holds in enumerate(self.indicators):
            found[:, number] = holds(block)
        if not survey.all():
            found[~survey] = -1


def _area_type(urban: bool) -> AreaType:
    return AreaType.URBAN if urban else AreaType.RURAL
