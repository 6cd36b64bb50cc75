"""The report for machines: every number under its full key, the sentences, the tables, the findings."""

import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from povertyportal.documents.wording import NBSP
from reports.rendering.numbers import numbers_of
from reports.rendering.outline import Heading, Moved, outline
from reports.tables import Block, Chart, Figure, FigureKey, Finding, Missing, Number, Paragraph, ReportData, Table


def render_json(report: ReportData, findings: Sequence[Finding] = ()) -> str:
    """Values are strings, exact as stored; days are ISO 8601. One document, keys in a fixed order. Blanks that only keep
    a printed line together are plain blanks here."""
    return json.dumps(report_as_dict(report, findings), ensure_ascii=False, indent=2).replace(NBSP, " ") + "\n"


def report_as_dict(report: ReportData, findings: Sequence[Finding]) -> dict[str, Any]:
    plan = outline(report)
    return {
        "report": report.code,
        "scope": _scope(report),
        "letterhead": _letterhead(report),
        "standards": list(report.standards),
        "basis": list(report.basis),
        "opening": [_block(one) for one in plan.opening],
        "sections": [_heading(one) for one in plan.headings],
        "closing": [_block(one) for one in plan.ending],
        "appendices": [_block(one) for one in plan.appendices],
        "numbers": [{"under": place, **_number(one)} for place, one in numbers_of(report)],
        "figures": [_figure(one) for one in report.figures],
        "findings": [_finding(one) for one in findings],
    }


def _scope(report: ReportData) -> dict[str, str]:
    scope = report.scope
    return {
        "area": scope.area,
        "area_name": scope.area_name,
        "area_type": scope.area_type,
        "boundary_on": scope.boundary_on.isoformat(),
        "period_from": scope.period_from.isoformat(),
        "period_to": scope.period_to.isoformat(),
        "on": scope.on.isoformat(),
    }


def _letterhead(report: ReportData) -> dict[str, Any]:
    head = report.letterhead
    return {
        "kind": head.kind,
        "subject": head.subject,
        "issuing_body": head.issuing_body,
        "parent_body": head.parent_body,
        "number": head.number,
        "symbol": head.symbol,
        "place": head.place,
        "signed_on": head.signed_on.isoformat() if head.signed_on else None,
    }


def _heading(heading: Heading) -> dict[str, Any]:
    """``number`` is as printed; null where the heading is left out of the PDF or has none."""
    return {
        "number": heading.number or None,
        "title": heading.title,
        "level": heading.level,
        "printed": heading.printed,
        "blocks": [_block(block) for block in heading.blocks],
        "sections": [_heading(child) for child in heading.children],
    }


def _block(block: Block | Moved) -> dict[str, Any]:
    match block:
        case Paragraph():
            sentences = [{"text": one.text, "numbers": [_number(n) for n in one.numbers]} for one in block.sentences]
            return {"type": "paragraph", "bullet": block.bullet, "sentences": sentences}
        case Missing():
            return {"type": "missing", "reason": block.reason}
        case Moved():
            return {"type": "appendix", "label": block.label, "code": block.table.code}
        case Chart():
            return {"type": "chart", "code": block.code, "title": block.title, "description": block.description}
        case Table():
            return _table(block)


def _table(table: Table) -> dict[str, Any]:
    return {
        "type": "table",
        "code": table.code,
        "title": table.title,
        "columns": [{"title": one.title, "unit": one.unit, "numeric": one.numeric} for one in table.columns],
        "rows": [
            [{"text": cell.text, "number": _number(cell.number) if cell.number else None} for cell in row]
            for row in table.rows
        ],
        "source": table.source,
        "wide": table.wide,
    }


def _number(number: Number) -> dict[str, Any]:
    return {
        "text": number.text,
        "value": exact(number.value),
        "upper": _optional(number.upper),
        "unit": number.unit,
        "qualifier": number.qualifier.value,
        "kind": number.kind,
        "keys": [_key(key) for key in number.keys],
    }


def _figure(figure: Figure) -> dict[str, Any]:
    return {
        "report": figure.report,
        **_key(figure.key),
        "value": exact(figure.value),
        "upper": _optional(figure.upper),
        "unit": figure.unit,
        "qualifier": figure.qualifier.value,
        "published": figure.published,
        "note": figure.note,
    }


def _key(key: FigureKey) -> dict[str, str]:
    return {
        "area": key.area,
        "boundary_on": key.boundary_on.isoformat(),
        "standard": key.standard,
        "programme": key.programme,
        "measure": key.measure,
        "period_from": key.period_from.isoformat(),
        "period_to": key.period_to.isoformat(),
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "expected": finding.expected,
        "place": finding.place,
        "keys": [_key(key) for key in finding.keys],
    }


def exact(value: Decimal) -> str:
    """84184.73, never 8.418473E+4; zeros that a column's scale added are left out, so 991.000000 is 991."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _optional(value: Decimal | None) -> str | None:
    return None if value is None else exact(value)
