"""The slip of a trial classification: one page to hand to the household, in plain sentences."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.explained import Explained, Line
from households.criteria.law.parts import AreaType
from households.criteria.rule_words import AREA_NAMES
from households.papers.printing import paper_pdf, source_line
from povertyportal.vietnamese import day_in_text

LONGEST_ANSWER = 150
ROOMY, SNUG = 2_300, 3_600  # characters of a slip in the usual and in the smaller letters
STATES = {"deprived": "Thiếu hụt", "fine": "Không", "open": "Chưa rõ"}


@dataclass(frozen=True, slots=True)
class Slip:
    """``head``: name of the head of household, may be empty. ``table``: of B1 points, if boxes were ticked."""

    told: Explained
    head: str
    on: date
    area_type: AreaType
    printed_on: date
    table: B1Table | None = None


def slip_pdf(slip: Slip) -> bytes:
    context = slip_context(slip)
    source = f"{source_line(slip.told.standard, slip.table)} · in ngày {day_in_text(slip.printed_on)}"
    return paper_pdf("papers/slip.html", title="Phiếu kết quả phân loại thử", source=source, context=context)


def slip_context(slip: Slip) -> dict[str, Any]:
    rows = [_row(group.title, line) for group in slip.told.dimensions for line in group.lines]
    context = {
        "told": slip.told,
        "head": slip.head,
        "on": day_in_text(slip.on),
        "area": AREA_NAMES[slip.area_type],
        "rows": rows,
        "others": [line for group in slip.told.groups for line in group.lines if group.code != "class"],
        "missing": slip.told.missing[:MOST_MISSING],
        "missing_more": max(0, len(slip.told.missing) - MOST_MISSING),
        "demonstration": bool(slip.table and slip.table.demonstration),
    }
    return context | {"size": _size(rows)}


MOST_MISSING = 8


def _row(dimension: str, line: Line) -> dict[str, str]:
    return {
        "dimension": dimension,
        "title": line.title,
        "state": line.state,
        "state_words": STATES[line.state],
        "answer": _short(line.reason.comparison or line.reason.answer),
        "article": line.reason.article,
    }


def _short(text: str) -> str:
    """A long list of names would push the slip over its page."""
    return text if len(text) <= LONGEST_ANSWER else text[: LONGEST_ANSWER - 1].rsplit(" ", 1)[0] + " …"


def _size(rows: list[dict[str, str]]) -> str:
    letters = sum(len(row["answer"]) + len(row["title"]) + len(row["article"]) for row in rows)
    return "" if letters < ROOMY else "snug" if letters < SNUG else "tight"
