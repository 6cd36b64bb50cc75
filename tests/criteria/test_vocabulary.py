"""docs/classify.schema.json and vocabulary.toml ask the same questions and accept the same answers."""

import json
from pathlib import Path
from typing import Any

import pytest

from households.criteria.vocabulary import Field, Kind, Subject, read_vocabulary, vocabulary

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "classify.schema.json").read_text(encoding="utf-8"))["$defs"]


def shape(kind: Kind, options: list[str]) -> dict[str, Any]:
    """What the schema must say of a field of this kind, beside title, bounds and description."""
    return {
        Kind.TEXT: {"type": ["string", "null"]},
        Kind.DATE: {"type": ["string", "null"], "format": "date"},
        Kind.YEAR: {"type": ["integer", "null"]},
        Kind.FLAG: {"type": ["boolean", "null"]},
        Kind.CHOICE: {"enum": [*options, None]},
        Kind.CHOICES: {"type": ["array", "null"], "items": {"enum": options}, "uniqueItems": True},
        Kind.AREA: {"type": ["number", "null"], "multipleOf": 0.01},
    }.get(kind, {"type": ["object", "null"]})


@pytest.mark.parametrize("subject", Subject)
def test_the_schema_asks_exactly_these_fields_in_this_order(subject: Subject) -> None:
    asked = SCHEMA[subject.value]
    assert list(asked["properties"]) == list(vocabulary().of(subject))
    assert asked["additionalProperties"] is False


@pytest.mark.parametrize(
    "field",
    [*vocabulary().member.values(), *vocabulary().household.values()],
    ids=lambda one: f"{one.subject}.{one.name}",
)
def test_the_schema_accepts_exactly_these_answers(field: Field) -> None:
    said = SCHEMA[field.subject.value]["properties"][field.name]
    assert said["title"] == field.title
    assert shape(field.kind, list(field.options)).items() <= said.items()


def test_options_belong_to_choices() -> None:
    fields = [*vocabulary().member.values(), *vocabulary().household.values()]
    with_options = {one.name for one in fields if one.options}
    assert with_options == {one.name for one in fields if one.kind in (Kind.CHOICE, Kind.CHOICES)}


def test_a_kind_that_nobody_reads_is_refused() -> None:
    with pytest.raises(ValueError, match="'colour' is not a valid Kind"):
        read_vocabulary('[member.hair]\ntitle = "Tóc"\nkind = "colour"\n[household]\n')
