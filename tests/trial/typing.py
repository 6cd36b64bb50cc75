"""A household's answers as somebody would type them into the try-out page."""

from collections.abc import Iterator, Mapping
from typing import Any

YES_NO = {True: "yes", False: "no"}


def typed(answers: Mapping[str, Any], code: str) -> dict[str, Any]:
    """``answers``: as docs/classify.schema.json has them; ``code``: of the standard."""
    fields: dict[str, Any] = {
        f"{code}:{key}": str(answers[key]) for key in ("a", "b1", "b2", "deprivations") if answers.get(key) is not None
    }
    if answers.get("income_month") is not None:
        fields["income_month"] = str(answers["income_month"])
    for index, member in enumerate(answers.get("members", [])):
        fields |= {f"m{index}-{name}": value for name, value in _member(member)}
    return fields | dict(_household(answers.get("household", {}), code))


def _member(member: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in member.items():
        if value is None:
            continue
        if name == "birth_date":
            year, month, day = value.split("-")
            yield "birth", f"{day}/{month}/{year}"
        elif name == "birth_year":
            if not member.get("birth_date"):
                yield "birth", str(value)
        else:
            yield name, YES_NO[value] if isinstance(value, bool) else value


def _household(household: Mapping[str, Any], code: str) -> Iterator[tuple[str, Any]]:
    for name, value in household.items():
        if value is None:
            continue
        if name == "a":
            yield from ((f"{code}:a-{item}", YES_NO[has]) for item, has in value.items() if has is not None)
        elif name == "b1":
            yield from ((f"{code}:t-{group}", _ticks(ticked)) for group, ticked in value.items() if ticked is not None)
        elif name == "annual_income":
            for source, amount in value.items():
                yield from _money(source, amount)
        elif isinstance(value, list):
            yield f"h-{name}", value or ["-"]
        elif isinstance(value, bool):
            yield f"h-{name}", YES_NO[value]
        else:
            yield f"h-{name}", str(value).replace(".", ",")


def _ticks(ticked: Any) -> Any:
    return (ticked or ["-"]) if isinstance(ticked, list) else ticked


def _money(source: str, amount: Any) -> Iterator[tuple[str, str]]:
    if isinstance(amount, Mapping):
        yield from ((f"y-{source}-{side}", str(value)) for side, value in amount.items() if value is not None)
    elif amount is not None:
        yield f"y-{source}", str(amount)
