"""What an official states about a local standard, written as the TOML of its document. Plain Python."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from households.criteria.law.parts import Standard

UNITS = ("month", "year")


@dataclass(frozen=True, slots=True)
class Amounts:
    rural: int
    urban: int


@dataclass(frozen=True, slots=True)
class LocalStandard:
    """``deprivations``: from how many lacking indicators a household below the line is poor; None: by income alone, and
    ``near_poor`` is then the upper line of the near-poor. ``b1``: cut-off of the score, where the province sets one."""

    code: str
    version: int
    title: str
    province: str
    parent: Standard
    first: int
    last: int
    unit: str
    poor: Amounts
    near_poor: Amounts | None
    average: Amounts | None
    deprivations: int | None
    b1: Amounts | None
    number: str
    on: date | None
    text_title: str
    article: str
    confidence: str
    checked: date
    note: str


def write(local: LocalStandard) -> str:
    return "\n".join(_written(local)) + "\n"


def _written(local: LocalStandard) -> Iterator[str]:
    yield f"code = {_text(local.code)}"
    yield f"version = {local.version}"
    yield f"title = {_text(local.title)}"
    yield f"scope = [{_text(local.province)}]"
    yield f"inherits = {_text(local.parent.code)}"
    if local.parent.kinds:  # the rules written here know no kinds of poverty
        yield 'without = ["kinds"]'
    if local.note:
        yield f"note = {_text(local.note)}"
    yield from ("", "[texts.local]", f"number = {_text(local.number)}")
    if local.on:
        yield f"date = {local.on.isoformat()}"
    yield f"title = {_text(local.text_title)}"
    yield from ("", "[provenance]", 'basis = "local"')
    if local.article:
        yield f"article = {_text(local.article)}"
    yield f'confidence = "{local.confidence}"'
    yield f"checked = {local.checked.isoformat()}"
    yield from ("", "[[applies]]", 'purpose = "closing"', f"from = {local.first}", f"to = {local.last}", "")
    yield from _lines(local)
    if local.b1:
        yield from _line("score_lines", "poor", "Điểm ngưỡng B1 của tỉnh", "", local.b1)
    yield from _rules(local)


def _lines(local: LocalStandard) -> Iterator[str]:
    name = "Chuẩn thu nhập hộ nghèo" if local.near_poor else "Chuẩn thu nhập hộ nghèo, hộ cận nghèo"
    yield from _line("lines", "poor", name, local.unit, local.poor)
    if local.near_poor:
        yield from _line("lines", "near_poor", "Chuẩn thu nhập hộ cận nghèo", local.unit, local.near_poor)
    if local.average:
        yield from _line("lines", "average", "Mức sống trung bình, mức trên", local.unit, local.average)


def _line(section: str, code: str, name: str, unit: str, amounts: Amounts) -> Iterator[str]:
    yield from (f"[[{section}]]", f'code = "{code}"', f"name = {_text(name)}")
    if unit:
        yield f'unit = "{unit}"'
    yield from (f"rural = {amounts.rural}", f"urban = {amounts.urban}", "")


def _rules(local: LocalStandard) -> Iterator[str]:
    """Ordered: poor, near-poor, average."""
    below = "Thu nhập bình quân đầu người từ chuẩn của tỉnh trở xuống"
    count = local.deprivations
    if count is None:
        yield from _rule("poor", "Hộ nghèo (chuẩn của tỉnh)", f"{below}.", {"up_to": "poor"})
        if local.near_poor:
            text = "Thu nhập bình quân đầu người trên chuẩn nghèo đến chuẩn cận nghèo của tỉnh."
            yield from _rule("near_poor", "Hộ cận nghèo (chuẩn của tỉnh)", text, {"over": "poor", "up_to": "near_poor"})
    else:
        text = f"{below} và thiếu hụt từ {count} chỉ số trở lên."
        poor: dict[str, str | int] = {"up_to": "poor", "deprivations_from": count}
        yield from _rule("poor", "Hộ nghèo (chuẩn của tỉnh)", text, poor, _scores(local, "b2_from"))
        text = f"{below} và thiếu hụt dưới {count} chỉ số."
        near: dict[str, str | int] = {"up_to": "poor", "deprivations_below": count}
        yield from _rule("near_poor", "Hộ cận nghèo (chuẩn của tỉnh)", text, near, _scores(local, "b2_below"))
    if local.average:
        text = "Thu nhập bình quân đầu người trên chuẩn của tỉnh đến mức trên của mức sống trung bình."
        over = {"over": "near_poor" if local.near_poor else "poor", "up_to": "average"}
        yield from _rule("average", "Hộ có mức sống trung bình (chuẩn của tỉnh)", text, over)


def _scores(local: LocalStandard, bound: str) -> dict[str, str | int]:
    """B2 counts the points of the parent's indicators."""
    points = {one.points for one in local.parent.indicators}
    if not local.b1 or local.deprivations is None or len(points) != 1:
        return {}
    return {"up_to": "poor", bound: local.deprivations * points.pop()}


def _rule(
    code: str, name: str, text: str, income: Mapping[str, str | int], scores: Mapping[str, str | int] | None = None
) -> Iterator[str]:
    yield from ("[[rules]]", f'code = "{code}"', f'class = "{code}"', f"name = {_text(name)}", f"text = {_text(text)}")
    for half, bounds in (("scores", scores), ("income", income)):
        if bounds:
            yield f"[rules.{half}]"
            yield from (f"{key} = {_text(value)}" for key, value in bounds.items())
    yield ""


def _text(value: str | int) -> str:
    """JSON's escapes are TOML's, but for the delete character, which no field lets through."""
    return json.dumps(value, ensure_ascii=False)
