"""The sections of a document: lines, indicators, rules, forms, code lists."""

from collections.abc import Mapping
from typing import Any

from households.criteria.law.citing import Citing
from households.criteria.law.conditions import read_test
from households.criteria.law.cursor import Table
from households.criteria.law.parts import (
    Application,
    AreaType,
    Class,
    CodeEntry,
    CodeList,
    Dimension,
    IncomeRule,
    IncomeSource,
    IncomeSurvey,
    Indicator,
    Line,
    Provenance,
    Purpose,
    Rule,
    ScoreRule,
    SheetA,
    SheetItem,
    Variant,
)
from households.criteria.law.wording import offer

UNITS = ("month", "year")
POINTS = "points"


def read_applications(document: Table, citing: Citing) -> tuple[Application, ...]:
    found = []
    for table in document.tables("applies"):
        purpose, first, last = table.option("purpose", Purpose), table.year("from"), table.year("to")
        found.append(Application(purpose, first, last, citing.read(table)))
        table.end()
    if not found:
        document.fault(None, "thiếu “applies”: chuẩn phải cho biết áp dụng cho những năm rà soát nào.")
    return tuple(found)


def read_lines(document: Table, citing: Citing) -> tuple[Line, ...]:
    return tuple(_line(table, citing, _unit(table)) for table in document.tables("lines"))


def read_score_lines(document: Table, citing: Citing) -> tuple[Line, ...]:
    return tuple(_line(table, citing, POINTS) for table in document.tables("score_lines"))


def _unit(table: Table) -> str:
    unit = table.text("unit")
    if unit and unit not in UNITS:
        table.fault("unit", f"không có đơn vị “{unit}”; có: month (đồng/người/tháng), year (đồng/người/năm).")
    return unit


def _line(table: Table, citing: Citing, unit: str) -> Line:
    line = Line(
        table.text("code"),
        table.text("name"),
        unit,
        _bound(table, AreaType.RURAL),
        _bound(table, AreaType.URBAN),
        table.year_or_none("from"),
        table.year_or_none("to"),
        citing.read(table),
    )
    table.end()
    return line


_AREA_NAMES = {AreaType.RURAL: "nông thôn", AreaType.URBAN: "thành thị"}


def _bound(table: Table, area: AreaType) -> int:
    if area not in table:
        table.touch(area)
        table.fault(None, f"thiếu mức cho khu vực {_AREA_NAMES[area]} (“{area}”): cả hai khu vực đều phải có mức.")
        return 1
    return table.number(area, low=1)


def read_kinds(document: Table, _citing: Citing) -> Mapping[str, str]:
    kinds = document.table("kinds")
    return {code: kinds.text(code) for code in kinds.data}


def read_dimensions(document: Table, _citing: Citing) -> tuple[Dimension, ...]:
    found = []
    for order, table in enumerate(document.tables("dimensions"), 1):
        found.append(Dimension(table.text("code"), table.text("name"), order))
        table.end()
    return tuple(found)


def read_indicators(document: Table, citing: Citing, dimensions: tuple[Dimension, ...]) -> tuple[Indicator, ...]:
    known = {dimension.code: dimension for dimension in dimensions}
    return tuple(
        _indicator(table, order, citing, known) for order, table in enumerate(document.tables("indicators"), 1)
    )


def _indicator(table: Table, order: int, citing: Citing, known: Mapping[str, Dimension]) -> Indicator:
    dimension = table.text("dimension")
    if dimension and dimension not in known:
        table.fault("dimension", f"không có chiều “{dimension}”; {offer(dimension, known)}")
    indicator = Indicator(
        table.text("code"),
        table.text("name"),
        order,
        known.get(dimension, Dimension("", "", 0)),
        table.number("points", low=1),
        table.text("text"),
        read_test(table.table("test")),
        citing.read(table),
    )
    table.end()
    return indicator


def read_rules(document: Table, citing: Citing) -> tuple[Rule, ...]:
    return tuple(_rule(table, citing) for table in document.tables("rules"))


def _rule(table: Table, citing: Citing) -> Rule:
    around = citing.read(table)
    scores, income = table.table_or_none("scores"), table.table_or_none("income")
    if scores is None and income is None:
        table.fault(None, "cần ít nhất một nửa: [rules.scores] (theo điểm) hoặc [rules.income] (theo thu nhập).")
    rule = Rule(
        table.text("code"),
        table.text("name"),
        table.option("class", Class),
        table.text("kind", ""),
        _score_rule(scores, citing, around) if scores else None,
        _income_rule(income, citing, around) if income else None,
        table.text("text"),
    )
    table.end()
    return rule


def _score_rule(table: Table, citing: Citing, around: Provenance) -> ScoreRule:
    rule = ScoreRule(
        table.text_or_none("over"),
        table.text_or_none("up_to"),
        table.number_or_none("b2_from", low=1),
        table.number_or_none("b2_below", low=1),
        citing.read(table, around),
    )
    table.end()
    return rule


def _income_rule(table: Table, citing: Citing, around: Provenance) -> IncomeRule:
    rule = IncomeRule(
        table.text_or_none("over"),
        table.text_or_none("up_to"),
        table.number_or_none("deprivations_from", low=1),
        table.number_or_none("deprivations_below", low=1),
        citing.read(table, around),
    )
    table.end()
    return rule


def read_sheet_a(document: Table, citing: Citing) -> SheetA | None:
    table = document.table("sheet_a")
    items = tuple(SheetItem(*pair) for pair in _pairs(table, "items", alone=True))
    stop_at = table.number("stop_at", low=1)
    if not items and "items" in table:
        table.fault("items", "phiếu chưa có tiêu chí nào.")
    elif stop_at > len(items):
        table.fault("stop_at", f"cần {stop_at} tiêu chí để dừng nhưng phiếu chỉ có {len(items)} tiêu chí.")
    sheet = SheetA(stop_at, items, citing.read(table))
    table.end()
    return sheet


def _pairs(table: Table, key: str, *, alone: bool = False) -> list[tuple[str, str]]:
    """A list of ["code", "words"]; with ``alone`` also of "code" where the words are not known."""
    found = []
    for number, entry in enumerate(table.items(key)):
        if alone and isinstance(entry, str):
            found.append((entry, ""))
        elif _is_pair(entry):
            found.append((entry[0], entry[1]))
        else:
            table.found.add((*table.path, key, number), 'mỗi dòng phải là ["mã", "tên"], cả hai là chữ.')
    return found


def _is_pair(entry: Any) -> bool:
    return isinstance(entry, list) and len(entry) == 2 and all(isinstance(word, str) for word in entry)


def read_variants(document: Table, _citing: Citing) -> tuple[Variant, ...]:
    found = []
    for table in document.tables("variants"):
        found.append(Variant(table.text("code"), table.text("name"), table.option("area_type", AreaType)))
        table.end()
    return tuple(found)


def read_income_survey(document: Table, citing: Citing) -> IncomeSurvey | None:
    table = document.table("income_survey")
    around = citing.read(table)
    worker = table.table_or_none("worker")
    survey = IncomeSurvey(
        tuple(_source(source) for source in table.tables("sources")),
        table.text_or_none("average_over"),
        table.text_or_none("average_up_to"),
        table.text_or_none("worker_up_to"),
        worker.year_or_none("from") if worker else None,
        around,
        citing.read(worker, around) if worker else None,
    )
    if (survey.worker_up_to is None) is not (worker is None):
        table.fault(None, "“worker_up_to” và bảng [income_survey.worker] (căn cứ pháp lý) đi cùng nhau.")
    if worker:
        worker.end()
    table.end()
    return survey


def _source(table: Table) -> IncomeSource:
    source = IncomeSource(table.text("code"), table.text("name"), table.flag("net"))
    table.end()
    return source


def read_code_lists(document: Table, citing: Citing) -> tuple[CodeList, ...]:
    return tuple(_code_list(table, citing) for table in document.tables("code_lists"))


def _code_list(table: Table, citing: Citing) -> CodeList:
    entries = tuple(CodeEntry(*pair) for pair in _pairs(table, "entries"))
    if not entries and "entries" in table:
        table.fault("entries", "danh mục chưa có dòng nào.")
    found = CodeList(table.text("name"), table.text("title"), entries, citing.read(table))
    table.end()
    return found
