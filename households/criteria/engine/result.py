"""What the engine answers: the class, the scores, and a reason for each line that a person can check in the law."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from households.criteria.law.parts import Class


@dataclass(frozen=True, slots=True)
class Reason:
    """One line: ``rule`` names it ("indicator.health_insurance", "sheet_a", "b1", "b2", "class.poor"), ``answer`` what the
    household said, ``comparison`` the test ("2 người ≥ 1 người"), ``article`` where the law says so, ``text`` the sentence."""

    rule: str
    answer: str
    comparison: str
    article: str
    text: str


@dataclass(frozen=True, slots=True)
class Missing:
    """``where``: path of the answer ("members[2].health_insurance"); ``text``: the same in words."""

    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Scores:
    """``a``: ticks of Phiếu A; points of B1 and B2; number of deprivations; đồng per person and month, rounded down for
    display only. None where it does not follow from the answers."""

    a: int | None = None
    b1: int | None = None
    b2: int | None = None
    deprivations: int | None = None
    income_month: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """``klass`` is None while missing answers could still change it. ``gate``: Phiếu A says "survey" or "stop".
    ``low_income_worker`` only where Phụ lục VIII was answered."""

    klass: Class | None
    kind: str | None
    unsure: bool
    scores: Scores
    indicators: Mapping[str, bool | None]
    gate: str | None
    low_income_worker: bool | None
    reasons: tuple[Reason, ...]
    missing: tuple[Missing, ...]
    standard: str
    digest: str

    @property
    def complete(self) -> bool:
        return not self.missing

    def to_json(self) -> dict[str, Any]:
        return {
            "class": self.klass.value if self.klass else None,
            "kind": self.kind,
            "unsure": self.unsure,
            "scores": {name: getattr(self.scores, name) for name in Scores.__slots__},
            "indicators": dict(self.indicators),
            "gate": self.gate,
            "low_income_worker": self.low_income_worker,
            "reasons": [{name: getattr(one, name) for name in Reason.__slots__} for one in self.reasons],
            "missing": [{"where": one.where, "text": one.text} for one in self.missing],
            "complete": self.complete,
            "standard": {"code": self.standard, "digest": self.digest},
        }
