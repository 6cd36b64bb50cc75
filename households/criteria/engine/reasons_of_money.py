"""Reasons about points of B1, income per person, and Phụ lục VIII."""

from collections.abc import Callable, Iterator, Mapping

from households.criteria.engine.answers import Answers
from households.criteria.engine.bounds import MONTHS
from households.criteria.engine.deciding import Decision
from households.criteria.engine.income import annual_words
from households.criteria.engine.ready import Ready
from households.criteria.engine.result import Reason
from households.criteria.engine.scoring import ReadyGroup
from households.criteria.engine.words import articles, money
from households.criteria.law.parts import AreaType, Line
from povertyportal.vietnamese import format_number

AREAS = {AreaType.RURAL: "nông thôn", AreaType.URBAN: "thành thị"}
Words = Callable[[int], str]


def b1_reasons(ready: Ready, answers: Answers, decision: Decision) -> Iterator[Reason]:
    least, most = decision.amounts
    if ready.table is not None and decision.b1_by_group:
        yield from (_group(one, ready, answers, decision) for one in ready.table.groups)
    source = _source_of_b1(ready, decision)
    if decision.least_only and least is not None:
        yield _least_b1(ready, source, least)
        return
    if least is None or least != most:
        known = f"từ {least} đến {most} điểm" if most is not None else "chưa trả lời"
        text = f"Điểm B1{source} chưa đủ câu trả lời: {known}." if most is not None else "Chưa có tổng điểm B1."
        yield Reason("b1", known, "", "", text)
        return
    between = Between(ready.bounds.score_lines, ready.area_type, least)
    text = f"Điểm B1{source} là {format_number(least)} điểm: {between.words(_points)}."
    yield Reason("b1", _points(least), between.comparison(format_number(least), format_number), between.articles, text)


def _least_b1(ready: Ready, source: str, least: int) -> Reason:
    """Over which line it is already, by a table that lacks groups."""
    between = Between(ready.bounds.score_lines, ready.area_type, least)
    between.above = None
    over = f": {between.words(_points)}" if between.below else ""
    comparison = between.comparison(format_number(least), format_number) if between.below else ""
    text = f"Điểm B1{source} ít nhất {_points(least)}{over}."
    return Reason("b1", f"ít nhất {_points(least)}", comparison, between.articles, text)


def unused_income(answers: Answers) -> Iterator[Reason]:
    """Nothing that was answered goes unmentioned."""
    if answers.income_month is not None:
        words = f"{money(answers.income_month)}/người/tháng"
        text = f"Thu nhập bình quân {words} không dùng để xếp loại: hộ được xếp loại theo điểm B1."
        yield Reason("income", words, "", "", text)


def _points(points: int) -> str:
    return f"{format_number(points)} điểm"


def _source_of_b1(ready: Ready, decision: Decision) -> str:
    if ready.table is None or not decision.b1_by_group:
        return ""
    table, notes = ready.table.table, []
    if table.demonstration:
        notes.append("bảng minh họa, không có giá trị chính thức")
    if table.partial:
        notes.append("bảng chưa đủ các nhóm nên tổng thật có thể cao hơn")
    return f" theo “{table.name}”" + (f" ({'; '.join(notes)})" if notes else "")


def _group(one: ReadyGroup, ready: Ready, answers: Answers, decision: Decision) -> Reason:
    low, high = decision.b1_by_group[one.group.code]
    answer = _ticked(one, answers) if low == high else "chưa đủ câu trả lời"
    points = f"{low} điểm" if low == high else f"từ {low} đến {high} điểm"
    name = ready.table.table.name if ready.table else ""
    return Reason(f"b1.{one.group.code}", answer, points, name, f"“{one.group.name}”: {answer}, {points}.")


def _ticked(one: ReadyGroup, answers: Answers) -> str:
    ticked = answers.ticks.get(one.group.code) if answers.ticks else None
    if one.group.derived:
        held = [
            option.option.name
            for option in one.options
            if option.check and option.check(answers.members, answers.household)
        ]
        return "; ".join(held if one.group.multiple else held[:1]) or "không thuộc ô nào"
    if ticked is None:
        return "chưa trả lời"
    return "; ".join(option.option.name for option in one.options if option.option.code in ticked) or "không có ô nào"


class Between:
    """The lines below and above an amount."""

    def __init__(
        self, lines: Mapping[str, Line], area_type: AreaType, amount: int, scales: Mapping[str, int] | None = None
    ) -> None:
        self.area = AREAS[area_type]
        scaled = [(line.of(area_type) * (scales[line.unit] if scales else 1), line) for line in lines.values()]
        ordered = sorted(scaled, key=lambda pair: pair[0])
        self.below = next((pair for pair in reversed(ordered) if pair[0] < amount), None)
        self.above = next((pair for pair in ordered if pair[0] >= amount), None)

    @property
    def articles(self) -> str:
        return articles(*(pair[1].provenance for pair in (self.below, self.above) if pair))

    def words(self, words: Words) -> str:
        said = [f"trên mức {words(pair[0])} của “{pair[1].name}”" for pair in (self.below,) if pair]
        said += [f"không quá mức {words(pair[0])} của “{pair[1].name}”" for pair in (self.above,) if pair]
        return f"{' và '.join(said)} ({self.area})" if said else "chuẩn không có mức để so"

    def comparison(self, amount: str, words: Words) -> str:
        left = f"{words(self.below[0])} < " if self.below else ""
        right = f" ≤ {words(self.above[0])}" if self.above else ""
        return f"{left}{amount}{right}"


def _yearly(ready: Ready) -> bool:
    """Whether the standard states its lines for a year."""
    return any(line.unit == "year" for line in ready.bounds.lines.values())


def income_figure(ready: Ready, answers: Answers, decision: Decision) -> str:
    """ "thu nhập bình quân 45.999.996 đồng/người/năm", in the unit of the lines; empty where it is not known."""
    total, size = decision.total, len(answers.members)
    if answers.income_month is not None:
        total, size = answers.income_month * MONTHS, 1
    if total is None:
        return ""
    amount, rest = divmod(total, size if _yearly(ready) else size * MONTHS)
    unit = "năm" if _yearly(ready) else "tháng"
    return f"thu nhập bình quân {'khoảng ' if rest else ''}{money(amount)}/người/{unit}"


def income_reason(ready: Ready, answers: Answers, decision: Decision) -> Reason:
    if answers.income_month is not None:
        return _income_of(ready, answers.income_month)
    if decision.total is not None:
        return _income_of_year(ready, decision.total, len(answers.members))
    text = "Chưa có thu nhập bình quân đầu người nên chưa so được với chuẩn thu nhập."
    return Reason("income", "chưa trả lời", "", "", text)


def _income_of(ready: Ready, month: int) -> Reason:
    yearly = _yearly(ready)
    amount, unit = (month * MONTHS, "năm") if yearly else (month, "tháng")
    scales = {"month": MONTHS if yearly else 1, "year": 1}
    between = Between(ready.bounds.lines, ready.area_type, amount, scales)
    words = f"{money(amount)}/người/{unit}"
    text = f"Thu nhập bình quân {words}: {between.words(money)}."
    return Reason("income", words, between.comparison(format_number(amount), format_number), between.articles, text)


def _income_of_year(ready: Ready, total: int, size: int) -> Reason:
    """The sum of the household against lines for all its members."""
    scales = {"month": MONTHS * size, "year": size}
    between = Between(ready.bounds.lines, ready.area_type, total, scales)
    answer = annual_words(total, size)
    text = f"{answer}. Tính cho {size} người trong 12 tháng: {between.words(money)}."
    return Reason("income", answer, between.comparison(format_number(total), format_number), between.articles, text)
