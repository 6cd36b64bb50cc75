"""The three sheets inside a household's answers: Phiếu A (ticks by item), B1 (boxes by group), Phụ lục VIII (đồng by source)."""

from collections.abc import Callable, Mapping
from typing import Any

from households.criteria.b1.parts import B1Table, Group
from households.criteria.engine.fields import shown, unknown_key
from households.criteria.law.parts import INCOME_SHEET, IncomeSource, IncomeSurvey, SheetA

MOST_MONEY = 10**12  # đồng
Say = Callable[[str, str, str], None]  # path, place in words, sentence
SHEET_A, SHEET_B1, ANNUAL = "household.a", "household.b1", "household.annual_income"


def is_money(value: Any, lowest: int = 0) -> bool:
    return type(value) is int and lowest <= value <= MOST_MONEY


def why_no_money(value: Any, lowest: int = 0) -> str:
    if type(value) is not int:
        return f"{shown(value)} không phải số nguyên; ghi số đồng, không kèm đơn vị, ví dụ 1500000."
    if value < lowest == 0:
        return f"{shown(value)} là số âm; ghi từ 0 trở lên."
    return f"{shown(value)} quá lớn; ghi số đồng, không quá một nghìn tỷ."


def _filled(raw: Any, path: str, words: str, say: Say) -> Mapping[str, Any] | None:
    """The sheet if at least one line of it is answered."""
    if raw is None:
        return None
    if not isinstance(raw, Mapping):
        say(path, words, f"{shown(raw)} không nhận; ghi từng mục với câu trả lời của mục đó.")
        return None
    return raw if any(value is not None for value in raw.values()) else None


def read_items(raw: Any, sheet: SheetA | None, say: Say) -> dict[str, bool | None] | None:
    given = _filled(raw, SHEET_A, "Phiếu A", say)
    if given is None:
        return None
    if sheet is None:
        say(SHEET_A, "Phiếu A", "chuẩn này không có Phiếu A.")
        return None
    codes = [item.code for item in sheet.items]
    if not _ITEM_ANSWERS.issuperset(map(type, given.values())) or not given.keys() <= set(codes):
        _say_of_items(given, codes, say)
    return {code: given.get(code) for code in codes}


_ITEM_ANSWERS = frozenset({bool, type(None)})


def _say_of_items(given: Mapping[str, Any], codes: list[str], say: Say) -> None:
    for code, value in given.items():
        if code not in codes:
            say(f"{SHEET_A}.{code}", "Phiếu A", unknown_key(code, codes))
        elif type(value) not in _ITEM_ANSWERS:
            say(f"{SHEET_A}.{code}", f"Phiếu A, tiêu chí {code}", f"{shown(value)} không nhận; ghi true hoặc false.")


Ticks = dict[str, tuple[str, ...] | None]


def read_ticks(raw: Any, table: B1Table | None, variant: str, say: Say) -> Ticks | None:
    given = _filled(raw, SHEET_B1, "Phiếu B1", say)
    if given is None:
        return None
    if table is None:
        say(SHEET_B1, "Phiếu B1", "chưa có bảng điểm B1; ghi tổng điểm B1 của phiếu giấy (b1).")
        return None
    groups = {group.code: group for group in table.groups}
    for code in given:
        if code not in groups:
            say(f"{SHEET_B1}.{code}", "Phiếu B1", unknown_key(code, groups))
    return {code: _ticked(given.get(code), group, variant, say) for code, group in groups.items()}


def _ticked(value: Any, group: Group, variant: str, say: Say) -> tuple[str, ...] | None:
    if value is None:
        return None
    path, words = f"{SHEET_B1}.{group.code}", f"Phiếu B1, “{group.name}”"
    ticked = value if isinstance(value, list) else [value]
    boxes = {option.code: option for option in group.options if option.when is None}
    if not boxes:
        say(path, words, "được tính từ danh sách thành viên, không chọn ô.")
    elif len(ticked) > 1 and not group.multiple:
        say(path, words, "chỉ chọn một ô.")
    for code in ticked if boxes else ():
        option = boxes.get(code) if isinstance(code, str) else None
        if option is None:
            say(path, words, unknown_key(code, boxes))
        elif option.points.get(variant) is None:
            say(path, words, f"ô “{option.name}” không có điểm ở vùng “{variant}”.")
    if all(isinstance(code, str) for code in ticked) and len(set(ticked)) < len(ticked):
        say(path, words, "có ô chọn hai lần.")
    return tuple(ticked)


def read_annual(raw: Any, survey: IncomeSurvey | None, say: Say) -> dict[str, int | None] | None:
    """Net đồng by source."""
    called = survey.called if survey else INCOME_SHEET
    given = _filled(raw, ANNUAL, called, say)
    if given is None:
        return None
    if survey is None:
        say(ANNUAL, called, "chuẩn này không có phiếu khảo sát thu nhập.")
        return None
    codes = [source.code for source in survey.sources]
    if not given.keys() <= set(codes):
        for code in (one for one in given if one not in codes):
            say(f"{ANNUAL}.{code}", called, unknown_key(code, codes))
    return {source.code: _net(given.get(source.code), source, called, say) for source in survey.sources}


def _net(value: Any, source: IncomeSource, called: str, say: Say) -> int | None:
    if value is None:
        return None
    lowest = -MOST_MONEY if source.net else 0
    if is_money(value, lowest):
        return int(value)
    if source.net and type(value) is dict and value.keys() == _SIDES:
        revenue, cost = value["revenue"], value["cost"]
        if is_money(revenue) and is_money(cost):
            return int(revenue - cost)
    _say_of_net(value, source, lowest, called, say)
    return None


_SIDE_NAMES = {"revenue": "thu", "cost": "chi"}
_SIDES = _SIDE_NAMES.keys()


def _say_of_net(value: Any, source: IncomeSource, lowest: int, called: str, say: Say) -> None:
    """Nothing where a side is simply not answered."""
    path, words = f"{ANNUAL}.{source.code}", f"{called}, “{source.name}”"
    if not isinstance(value, Mapping):
        say(path, words, why_no_money(value, lowest))
    elif not source.net:
        say(path, words, "nguồn này ghi một số tiền, không có phần thu và chi.")
    else:
        _say_of_sides(value, path, words, say)


def _say_of_sides(value: Mapping[str, Any], path: str, words: str, say: Say) -> None:
    for key, amount in value.items():
        if key not in _SIDE_NAMES:
            say(f"{path}.{key}", words, unknown_key(key, _SIDE_NAMES))
        elif amount is not None and not is_money(amount):
            say(f"{path}.{key}", f"{words}, phần {_SIDE_NAMES[key]}", why_no_money(amount))
