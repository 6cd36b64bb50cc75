"""Persons whom a form names by their key, where two records of one were merged since: the record that stays is meant."""

from collections.abc import Collection, Mapping, Sequence

from households.registry.models import Person
from households.surveys.forms.merging import Answers

CELL = "-person"


def read_through_merges(answers: Mapping[str, Sequence[str]], known: Collection[int]) -> Answers:
    """``known``: keys that need no asking, as those of the household's members; no query where there are no others."""
    named = {
        name: int(text) for name, values in answers.items() if name.endswith(CELL) for text in values if _is_key(text)
    }
    asked = set(named.values()) - set(known)
    rows = Person.objects.filter(pk__in=asked).exclude(merged_into=None) if asked else Person.objects.none()
    became = {row.pk: str(row.merged_into_id) for row in rows}
    return {
        name: [became[named[name]]] if named.get(name) in became else list(values) for name, values in answers.items()
    }


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18
