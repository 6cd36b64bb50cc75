"""The three forms of input, and the numbers that stand at their top."""

from collections.abc import Mapping
from typing import Any

from households.criteria.engine.classifying import possible_sums
from households.criteria.engine.fields import shown
from households.criteria.engine.sheets import MOST_MONEY, Say
from households.criteria.law.parts import SheetA, Standard
from povertyportal.vietnamese import format_number

SURVEY, INCOME, SCORES = "survey", "income", "scores"
NUMBERS = {
    SCORES: ("b1", "b2", "a"),
    INCOME: ("income_month", "deprivations", "a"),
    SURVEY: ("b1", "income_month", "a"),
}
KEYS = {**NUMBERS, SURVEY: ("members", "household", *NUMBERS[SURVEY])}
FORM_WORDS = {
    SCORES: "nhập theo điểm (b1, b2)",
    INCOME: "nhập theo thu nhập (income_month, deprivations)",
    SURVEY: "nhập theo câu trả lời (members, household)",
}
TITLES = {
    "b1": "Tổng điểm B1",
    "b2": "Tổng điểm B2",
    "a": "Số tiêu chí Phiếu A đã có",
    "income_month": "Thu nhập bình quân đầu người một tháng",
    "deprivations": "Số chỉ số thiếu hụt",
}
MOST = {"b1": 10_000, "b2": 10_000, "a": 100, "income_month": MOST_MONEY, "deprivations": 100}
REQUIRED = {SCORES: ("b1", "b2"), INCOME: ("income_month", "deprivations"), SURVEY: ()}


def form_of(raw: Mapping[Any, Any]) -> str:
    if "members" in raw or "household" in raw:
        return SURVEY
    if "income_month" in raw or "deprivations" in raw:
        return INCOME
    return SCORES if "b1" in raw or "b2" in raw else SURVEY


NO_FORM = "chưa có gì để phân loại; ghi b1 và b2, hoặc income_month và deprivations, hoặc members và household."


def read_number(raw: Mapping[Any, Any], key: str, standard: Standard, say: Say) -> int | None:
    value = raw.get(key)
    if value is None:
        say(key, TITLES[key], "thiếu; ghi một số nguyên.")
    elif type(value) is not int:
        say(key, TITLES[key], f"{shown(value)} không phải số nguyên; ghi chữ số, không kèm đơn vị.")
    elif value < 0:
        say(key, TITLES[key], f"{shown(value)} là số âm; ghi từ 0 trở lên.")
    elif value > MOST[key]:
        say(key, TITLES[key], f"{shown(value)} quá lớn; nhiều nhất {format_number(MOST[key])}.")
    elif refusal := _refusal(key, value, standard):
        say(key, TITLES[key], refusal)
    else:
        return value
    return None


def _refusal(key: str, value: int, standard: Standard) -> str:
    """Why a number that could be right is not possible in this standard; empty when it is."""
    if key in ("b1", "b2") and not any(rule.scores for rule in standard.rules):
        return "chuẩn này không phân loại theo điểm; ghi thu nhập bình quân (income_month) và số chỉ số thiếu hụt."
    if key == "income_month" and not any(rule.income for rule in standard.rules):
        return "chuẩn này không phân loại theo thu nhập; ghi điểm B1 và B2."
    if key == "b2" and standard.indicators and value not in possible_sums(0, _points(standard)):
        return (
            f"{value} không phải tổng điểm có thể có của {len(standard.indicators)} chỉ số; {_sums_in_words(standard)}"
        )
    if key == "deprivations" and standard.indicators and value > len(standard.indicators):
        return f"{value} nhiều hơn {len(standard.indicators)} chỉ số của chuẩn."
    return _refusal_of_a(value, standard.sheet_a) if key == "a" else ""


def _refusal_of_a(value: int, sheet: SheetA | None) -> str:
    if sheet is None:
        return "chuẩn này không có Phiếu A."
    return f"{value} nhiều hơn {len(sheet.items)} tiêu chí của Phiếu A." if value > len(sheet.items) else ""


def _points(standard: Standard) -> tuple[int, ...]:
    return tuple(one.points for one in standard.indicators)


def _sums_in_words(standard: Standard) -> str:
    points = _points(standard)
    if len(set(points)) == 1:
        return f"mỗi chỉ số {points[0]} điểm, từ 0 đến {sum(points)}."
    return "ghi tổng điểm của những chỉ số thiếu hụt."
