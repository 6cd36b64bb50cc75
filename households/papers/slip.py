"""The slip of a trial classification: one page to hand to the household, in plain sentences."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.explained import CLASS, Explained, Line
from households.criteria.law.parts import AreaType, Class
from households.criteria.rule_words import AREA_NAMES
from households.papers.printing import one_page_pdf, source_line
from povertyportal.vietnamese import day_in_text

PROCEDURE_SINCE = date(2021, 9, 1)  # Decision 24/2021/QĐ-TTg in force
SURVEYED = {"who": "hộ có mức sống trung bình", "basis": "Quyết định 24/2021/QĐ-TTg"}
WORKER = {"who": "người lao động có thu nhập thấp", "basis": "Nghị định 30/2025/NĐ-CP"}
STATES = {"deprived": "Thiếu hụt", "fine": "Không", "open": "Chưa rõ"}


@dataclass(frozen=True, slots=True)
class Setting:
    """How a slip is set: the letters, the longest sentence, how many missing answers, whether each box of B1 has a line."""

    size: str
    sentence: int
    missing: int
    boxes: bool


SETTINGS = (
    Setting("", 170, 8, boxes=True),
    Setting("snug", 170, 8, boxes=True),
    Setting("tight", 150, 8, boxes=True),
    Setting("tight", 90, 4, boxes=False),
)


@dataclass(frozen=True, slots=True)
class Surveyed:
    """Of a slip of a survey: ``number`` of the household, ``place`` where it lives, ``round`` and for which result of it the
    standard is applied."""

    number: str
    place: str
    round: str
    purpose: str


@dataclass(frozen=True, slots=True)
class Slip:
    """``surveyed``: None for a trial.

    ``head``: name of the head of household, may be empty; ``first``: the first of the roster, told where no head is named.
    ``table``: of B1 points, if boxes were ticked."""

    told: Explained
    head: str
    on: date
    area_type: AreaType
    printed_on: date
    table: B1Table | None = None
    first: str = ""
    surveyed: Surveyed | None = None


def slip_pdf(slip: Slip) -> bytes:
    source = f"{source_line(slip.told.standard, slip.table)} · in ngày {day_in_text(slip.printed_on)}"
    contexts = (slip_context(slip, setting) for setting in SETTINGS)
    return one_page_pdf(
        "papers/slip.html",
        title="Phiếu kết quả rà soát" if slip.surveyed else "Phiếu kết quả phân loại thử",
        source=source,
        contexts=contexts,
    )


def slip_context(slip: Slip, setting: Setting) -> dict[str, Any]:
    told = slip.told
    missing = sorted(told.missing, key=lambda one: (one.where.startswith("members"), "." in one.where))[
        : setting.missing
    ]
    return {
        "told": told,
        "survey": slip.surveyed,
        "head": slip.head,
        "first": slip.first,
        "on": day_in_text(slip.on),
        "area": AREA_NAMES[slip.area_type],
        "rows": [_row(line, setting.sentence) for group in told.dimensions for line in group.lines],
        "others": [_other(line) for line in _others(told) if setting.boxes or not _is_box(line)],
        "missing": [_short(one.text, setting.sentence) for one in missing],
        "missing_more": len(told.missing) - len(missing),
        "procedure_known": slip.on >= PROCEDURE_SINCE,
        "surveyed": list(_surveyed(told)),
        "demonstration": bool(slip.table and slip.table.demonstration),
        "size": setting.size,
    }


def _surveyed(told: Explained) -> Iterator[dict[str, str]]:
    """What is found by the income survey, and so is posted and re-checked in its own way."""
    if told.result.klass is Class.AVERAGE:
        yield SURVEYED
    if told.result.low_income_worker:
        yield WORKER


def _others(told: Explained) -> Iterator[Line]:
    """What is no indicator and not the class itself."""
    for group in told.groups:
        if group.code != CLASS:
            yield from group.lines


def _is_box(line: Line) -> bool:
    return line.reason.rule.startswith("b1.")


def _other(line: Line) -> dict[str, str]:
    """The table of points is named once, with the sum."""
    return {"text": line.reason.text, "article": "" if _is_box(line) else line.reason.article}


def _row(line: Line, longest: int) -> dict[str, str]:
    return {
        "title": line.title,
        "state": line.state,
        "state_words": STATES[line.state],
        "answer": _short(line.because, longest),
        "article": line.cited,
    }


def _short(text: str, longest: int) -> str:
    """A long list of names would push the slip over its page."""
    return text if len(text) <= longest else text[: longest - 1].rsplit(" ", 1)[0] + " …"
