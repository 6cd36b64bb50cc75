"""What a local document takes from the standard of the nation it names: whole sections, each that it does not write itself."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import ClassVar, TypeVar

from households.criteria.law.citing import Citing
from households.criteria.law.cursor import Table
from households.criteria.law.parts import (
    CodeList,
    Dimension,
    IncomeSurvey,
    Indicator,
    LegalText,
    Line,
    Rule,
    SheetA,
    Standard,
    Variant,
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Inherited:
    """Empty for a document without ``inherits``. ``OPTIONAL``: sections that ``without`` may leave out."""

    OPTIONAL: ClassVar[tuple[str, ...]] = (
        "score_lines",
        "kinds",
        "dimensions",
        "indicators",
        "sheet_a",
        "variants",
        "income_survey",
        "code_lists",
    )

    texts: tuple[LegalText, ...] = ()
    lines: tuple[Line, ...] = ()
    score_lines: tuple[Line, ...] = ()
    dimensions: tuple[Dimension, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    rules: tuple[Rule, ...] = ()
    kinds: Mapping[str, str] = field(default_factory=dict)
    sheet_a: SheetA | None = None
    variants: tuple[Variant, ...] = ()
    income_survey: IncomeSurvey | None = None
    code_lists: tuple[CodeList, ...] = ()


def written(
    document: Table, citing: Citing, section: str, read: Callable[[Table, Citing], Value], inherited: Value
) -> Value:
    if section in document:
        return read(document, citing)
    document.touch(section)
    return inherited


def inherited_from(parent: Standard | None, *, own: frozenset[str], without: frozenset[str]) -> Inherited:
    """``own``: sections that the document writes itself."""
    if parent is None:
        return Inherited()
    left = {name: getattr(parent, name) for name in Inherited.__slots__ if name not in without}
    base = Inherited(**left)
    return _with_other_lines(base, own) if "lines" in own else base


def _with_other_lines(base: Inherited, own: frozenset[str]) -> Inherited:
    """Points and the ticks of Phiếu A estimate an income against the parent's lines: they say nothing of other ones. Of
    Phụ lục VIII the sources stay; its bounds name lines that are now others."""
    survey = base.income_survey
    bare = survey and replace(
        survey, average_over=None, average_up_to=None, worker_up_to=None, worker_from=None, worker_provenance=None
    )
    rules = base.rules if "score_lines" in own else _without_scores(base.rules)
    return replace(base, score_lines=(), sheet_a=None, rules=rules, income_survey=bare)


def _without_scores(rules: tuple[Rule, ...]) -> tuple[Rule, ...]:
    return tuple(replace(rule, scores=None) for rule in rules if rule.income)
