"""A result told line by line, for a page and for a slip. Plain Python; texts in Vietnamese only, as the law is.

The page that shows a household's classification, the survey desk and the slip all build on this.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from households.criteria.engine.result import Missing, Reason, Result
from households.criteria.engine.scoring import STOP
from households.criteria.law.parts import Class, Indicator, Standard, Sureness
from povertyportal.vietnamese import format_number

OPEN_TITLE = "Chưa xếp loại được"
STOPPED_TITLE = "Dừng ở Phiếu A, không rà soát tiếp"
STILL_OPEN = "Có thêm các câu trả lời này mới xếp loại được."
SETTLED = "Trả lời các câu này không làm đổi xếp loại ở trên."  # a class is given only where no answer could change it
TITLES = {
    Class.POOR: "Hộ nghèo",
    Class.NEAR_POOR: "Hộ cận nghèo",
    Class.AVERAGE: "Hộ có mức sống trung bình",
    Class.NOT_POOR: "Hộ không nghèo, không cận nghèo",
}
SHEET_A, B1, CLASS = "sheet_a", "b1", "class"
SHEET_A_TITLE = "Phiếu A"
GROUPS = (
    (CLASS, "Xếp loại"),
    (SHEET_A, "Phiếu A: nhận dạng nhanh"),
    (B1, "Phiếu B1: điểm về thu nhập"),
    ("income", "Thu nhập"),
    ("b2", "Phiếu B2: tổng điểm thiếu hụt"),
    ("deprivations", "Số chỉ số thiếu hụt"),
    ("average_survey", "{survey}: mức sống trung bình"),
    ("low_income_worker", "Người lao động có thu nhập thấp"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """``state``: deprived, fine, open; empty where the line is no indicator. ``because``: the reason's sentence without the
    verdict and the name, which stand beside it. ``law``: in which case the law says a household is deprived; ``cited``: where,
    without the mark of how sure that is (which the article of the reason bears)."""

    title: str
    state: str
    reason: Reason
    because: str
    law: str = ""
    cited: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    title: str
    lines: tuple[Line, ...]
    summary: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    title: str
    value: str


@dataclass(frozen=True, slots=True)
class Explained:
    """``tone``: code of the class, or "open". ``why``: sentences for the class, also that a case is not sure and
    was not applied. ``notes``: what is not sure of the standard; ``about``: what the document says of itself."""

    standard: Standard
    result: Result
    title: str
    tone: str
    why: tuple[str, ...]
    figures: tuple[Figure, ...]
    groups: tuple[Group, ...]
    dimensions: tuple[Group, ...]
    missing: tuple[Missing, ...]
    notes: tuple[str, ...]
    about: str

    @property
    def missing_means(self) -> str:
        return SETTLED if self.result.klass else STILL_OPEN


def explain(result: Result, standard: Standard) -> Explained:
    if is_stopped(result):
        return _stopped(result, standard)
    reasons = {reason.rule: reason for reason in result.reasons}
    title = class_title(result, standard)
    return Explained(
        standard=standard,
        result=result,
        title=title,
        tone=result.klass.value if result.klass else "open",
        why=tuple(_after(f"{title}: ", one.text) for one in result.reasons if _family(one) == CLASS),
        figures=tuple(_figures(result, standard)),
        groups=tuple(_groups(result, standard)),
        dimensions=tuple(_dimensions(result, standard, reasons)),
        missing=result.missing,
        notes=tuple(_notes(result, standard)),
        about=standard.note,
    )


def is_stopped(result: Result) -> bool:
    """Phiếu A ends the review; what Phiếu B would ask is nobody's to answer then."""
    return result.klass is None and result.gate == STOP


def _stopped(result: Result, standard: Standard) -> Explained:
    only = replace(result, reasons=tuple(one for one in result.reasons if _family(one) == SHEET_A))
    figures = tuple(one for one in _figures(result, standard) if one.title == SHEET_A_TITLE)
    groups = tuple(_groups(only, standard))
    return Explained(
        standard=standard, result=result, title=STOPPED_TITLE, tone="open", why=(), figures=figures, groups=groups,
        dimensions=(), missing=(), notes=(), about=standard.note,
    )  # fmt: skip


def class_title(result: Result, standard: Standard) -> str:
    """As the standard calls it: "Hộ nghèo về thu nhập"."""
    if result.klass is None:
        return OPEN_TITLE
    named = [rule.name for rule in standard.rules if rule.result is result.klass and rule.kind == (result.kind or "")]
    return named[0] if len(named) == 1 else TITLES[result.klass]


def _family(reason: Reason) -> str:
    return reason.rule.partition(".")[0]


def _figures(result: Result, standard: Standard) -> Iterable[Figure]:
    scores = result.scores
    known = (
        (SHEET_A_TITLE, scores.a, "tiêu chí"),
        ("Điểm B1", scores.b1, "điểm"),
        ("Điểm B2", scores.b2, "điểm"),
        (
            "Thiếu hụt",
            scores.deprivations,
            f"trên {len(standard.indicators)} chỉ số" if standard.indicators else "chỉ số",
        ),
        ("Thu nhập", scores.income_month, "đồng/người/tháng"),
    )
    return (Figure(title, f"{format_number(value)} {unit}") for title, value, unit in known if value is not None)


def _groups(result: Result, standard: Standard) -> Iterable[Group]:
    survey = standard.income_survey.called if standard.income_survey else ""
    for code, title in GROUPS:
        lines = tuple(Line(_title(one, standard), "", one, one.text) for one in result.reasons if _family(one) == code)
        if lines:
            yield Group(code, title.format(survey=survey), lines)


def _title(reason: Reason, standard: Standard) -> str:
    names = {f"class.{rule.code}": rule.name for rule in standard.rules}
    return names.get(reason.rule, "")


def _dimensions(result: Result, standard: Standard, reasons: Mapping[str, Reason]) -> Iterable[Group]:
    for dimension in standard.dimensions:
        own = [one for one in standard.indicators if one.dimension == dimension and one.code in result.indicators]
        lines = tuple(_indicator_line(one, result, reasons) for one in own)
        if lines:
            yield Group(dimension.code, dimension.name, lines, _summary(lines))


def _indicator_line(indicator: Indicator, result: Result, reasons: Mapping[str, Reason]) -> Line:
    deprived = result.indicators[indicator.code]
    state = "open" if deprived is None else "deprived" if deprived else "fine"
    bare = Reason(f"indicator.{indicator.code}", "", "", indicator.provenance.cited, indicator.text)
    reason = reasons.get(f"indicator.{indicator.code}", bare)
    because = _after(f"“{indicator.name}”: ", reason.text)
    return Line(indicator.name, state, reason, because, indicator.text, indicator.provenance.cited)


def _after(start: str, sentence: str) -> str:
    """What follows it, as a sentence of its own; the whole where it does not occur."""
    _, found, rest = sentence.partition(start)
    return rest[:1].upper() + rest[1:] if found else sentence


def _summary(lines: tuple[Line, ...]) -> str:
    deprived = [line for line in lines if line.state == "deprived"]
    return f"thiếu hụt {len(deprived)} trên {len(lines)} chỉ số" if deprived else ""


def _notes(result: Result, standard: Standard) -> Iterable[str]:
    if standard.draft:
        yield "Chuẩn này là bản thảo, chưa dùng để quyết định."
    unread = [
        one
        for one in standard.indicators
        if one.code in result.indicators and one.provenance.confidence is not Sureness.VERIFIED
    ]
    if unread:
        total = len(standard.indicators)
        told = f"Cả {total}" if len(unread) == total else f"{len(unread)} trên {total}"
        yield f"{told} chỉ số chưa đối chiếu với văn bản gốc."
