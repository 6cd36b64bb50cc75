"""Whom the rows of a form mean: by key, where two records were merged since the record that stays; and who was typed anew
though the registry has him (a row taken away by mistake, a birth recorded after the form was opened)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Protocol

from households.registry.models import Person
from households.surveys.checks.seen import Row, rows_of
from households.surveys.forms.merging import Answers
from povertyportal.vietnamese import fold

CELL = "-person"


class Member(Protocol):
    @property
    def person(self) -> int: ...
    @property
    def full_name(self) -> str: ...
    @property
    def birth_date(self) -> date | None: ...
    @property
    def birth_year(self) -> int | None: ...


def meant(answers: Mapping[str, Sequence[str]], members: Sequence[Member], on: date) -> Answers:
    """With the person of every row that names a member by key, or by name and birth where no row has his key."""
    found = read_through_merges(answers, [one.person for one in members])
    rows = rows_of(found, on)
    here = {row.person for row in rows}
    left = [one for one in members if one.person not in here]
    for row in rows:
        alike = [one for one in left if _same(one, row)] if row.person is None else []
        if len(alike) == 1:
            left.remove(alike[0])
            found[row.field("person")] = [str(alike[0].person)]
    return found


def _same(one: Member, row: Row) -> bool:
    if not row.born or fold(one.full_name) != fold(row.text("name")):
        return False
    first, last = row.born
    return first == one.birth_date if first == last and one.birth_date else first.year == one.birth_year


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
