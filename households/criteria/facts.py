"""A standard as a list of named facts, so that two standards can be laid side by side. Plain Python."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from households.criteria.law.parts import Application, Purpose, Standard
from households.criteria.telling import tell
from households.criteria.telling_rules import UNITS, amounts, bound, by_income, by_scores


@dataclass(frozen=True, slots=True)
class Fact:
    """``key``: the same fact in two standards has the same key. ``words``: those of the law, shown where only they differ."""

    key: str
    label: str
    value: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    label: str
    left: str
    right: str

    @property
    def differs(self) -> bool:
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class Compared:
    title: str
    pairs: tuple[Pair, ...]

    @property
    def different(self) -> int:
        return sum(pair.differs for pair in self.pairs)


def compare(left: Standard, right: Standard) -> list[Compared]:
    return [Compared(title, tuple(_pairs(list(of(left)), list(of(right))))) for title, of in _SECTIONS]


def _pairs(left: Sequence[Fact], right: Sequence[Fact]) -> Iterator[Pair]:
    """In the order of the left; what only the right has follows."""
    others = {fact.key: fact for fact in right}
    for fact in left:
        other = others.pop(fact.key, None)
        if other and other.value == fact.value and other.words != fact.words:
            yield Pair(fact.label, f"{fact.value} “{fact.words}”", f"{other.value} “{other.words}”")
        else:
            yield Pair(fact.label, fact.value, other.value if other else "")
    yield from (Pair(fact.label, "", fact.value) for fact in others.values())


def _general(standard: Standard) -> Iterator[Fact]:
    yield Fact("basis", "Căn cứ", standard.provenance.basis.number)
    yield Fact("years", "Năm rà soát", "; ".join(_years(one) for one in standard.applications))
    yield Fact("leap", "Sinh ngày 29/02 tròn tuổi ngày", "{1:02d}/{0:02d}".format(*standard.leap_birthday))


def _years(one: Application) -> str:
    years = str(one.first) if one.first == one.last else f"{one.first}–{one.last}"
    return years if one.purpose is Purpose.CLOSING else f"{years} (đầu kỳ)"


def _lines(standard: Standard) -> Iterator[Fact]:
    for one in standard.lines:
        span = "" if one.first is None else f", năm {one.first}–{one.last}"
        yield Fact(f"{one.code}{one.first}", f"{one.name}{span}", f"{amounts(one)} {UNITS[one.unit]}")
    for one in standard.score_lines:
        yield Fact(f"score.{one.code}", one.name, f"{amounts(one)} điểm")


def _rules(standard: Standard) -> Iterator[Fact]:
    for one in standard.rules:
        yield Fact(f"{one.code}.scores", f"{one.name}, theo điểm", by_scores(one, standard))
        yield Fact(f"{one.code}.income", f"{one.name}, theo thu nhập", by_income(one, standard))


def _indicators(standard: Standard) -> Iterator[Fact]:
    for one in standard.indicators:
        yield Fact(one.code, one.name, f"{tell(one.test).plain} ({one.points} điểm)", words=one.text)


def _sheets(standard: Standard) -> Iterator[Fact]:
    if sheet := standard.sheet_a:
        yield Fact("a", "Phiếu A: không khảo sát khi có từ", f"{sheet.stop_at} trong {len(sheet.items)} tiêu chí")
        yield Fact("a.items", "Phiếu A, các tiêu chí", "; ".join(one.text for one in sheet.items if one.text))
    if standard.variants:
        yield Fact("variants", "Bảng điểm B1 theo vùng", ", ".join(one.name for one in standard.variants))
    if survey := standard.income_survey:
        yield Fact("viii", "Phiếu thu nhập, các nguồn", ", ".join(one.name for one in survey.sources))
        over, up_to = (_named(code, standard) for code in (survey.average_over, survey.average_up_to))
        yield Fact("viii.average", "Phiếu thu nhập, mức sống trung bình", f"trên {over}; đến {up_to}" if up_to else "")
        since = f", từ năm {survey.worker_from}" if survey.worker_from else ""
        worker = _named(survey.worker_up_to, standard)
        yield Fact("viii.worker", "Người lao động có thu nhập thấp", f"đến {worker}{since}" if worker else "")


def _named(code: str | None, standard: Standard) -> str:
    """The line of a code in its values and unit; empty without one."""
    lines = [one for one in standard.lines if one.code == code]
    return f"{bound(code, lines)} {UNITS[lines[0].unit]}" if code and lines else ""


def _codes(standard: Standard) -> Iterator[Fact]:
    for one in standard.code_lists:
        yield Fact(one.name, one.title, "; ".join(entry.name for entry in one.entries))


_SECTIONS: tuple[tuple[str, Callable[[Standard], Iterator[Fact]]], ...] = (
    ("Thông tin chung", _general),
    ("Mức thu nhập và điểm ngưỡng", _lines),
    ("Quy tắc phân loại", _rules),
    ("Chỉ số thiếu hụt", _indicators),
    ("Phiếu rà soát", _sheets),
    ("Danh mục", _codes),
)
