"""Fields of a form and what stands in them, in words, for whoever reads what was written."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from households.criteria.questionnaire.sheet import Control, Sheet
from households.criteria.questionnaire.typed import CELL
from households.criteria.vocabulary import vocabulary
from households.registry.models import Person
from households.surveys.forms.numbers import UNKNOWN, masks_of, tokens_in

_NUMBERED = re.compile(r"^\d+\s+")
PERSON = "person"


@dataclass(frozen=True, slots=True)
class Wording:
    """``rows``: row of the roster → how it is called; ``masks``: of numbers; ``persons``: key → name."""

    plain: Mapping[str, Control]
    columns: Mapping[str, Control]
    rows: Mapping[str, str]
    masks: Mapping[str, str]
    persons: Mapping[str, str]

    def label(self, name: str) -> str:
        cell = CELL.fullmatch(name)
        if cell is None:
            return self.plain[name].label if name in self.plain else self._unasked(name)
        row = self.rows.get(cell[1]) or _("Dòng đã xóa")
        column = self.columns.get(cell[2])
        return f"{row}: {self._column(cell[2], column)}"

    def _column(self, name: str, column: Control | None) -> str:
        if name == PERSON:
            return _("người trong cổng")
        if column is not None:
            return column.label
        known = vocabulary().member.get(name)
        return known.title if known else name

    def _unasked(self, name: str) -> str:
        """A question that the form does not ask any more, or not on this day."""
        known = vocabulary().household.get(name.removeprefix("h-"))
        return known.title if known else name

    def value(self, name: str, values: Sequence[str]) -> str:
        cell = CELL.fullmatch(name)
        control = self.columns.get(cell[2]) if cell else self.plain.get(name)
        texts = [self._text(control, bool(cell and cell[2] == PERSON), value) for value in values]
        return "; ".join(texts)

    def _text(self, control: Control | None, is_person: bool, value: str) -> str:
        if is_person:
            return self.persons.get(value, _("(không rõ)"))
        if value == UNKNOWN:
            return _("(không rõ)")
        if value.startswith("#"):
            return self.masks.get(value, value)
        words = control.options.get(value, value) if control else value
        return _NUMBERED.sub("", words) if control and control.options else words


def labels_of(sheet: Sheet, answers: Mapping[str, Sequence[str]]) -> Wording:
    """For fields alone, not for what stands in them; no query."""
    columns = {one.name: one for one in sheet.roster}
    return Wording({one.name: one for one in sheet.controls()}, columns, _rows(answers), masks={}, persons={})


def wording_of(
    sheet: Sheet, answers: Mapping[str, Sequence[str]], others: Iterable[tuple[str, Sequence[str]]]
) -> Wording:
    """``others``: fields and values that are to be told beside the answers; at most 2 queries."""
    told = list(others)
    tokens = tokens_in(answers).union(*(tokens_in({name: values}) for name, values in told))
    keys = {value for name, values in told if name.endswith(f"-{PERSON}") for value in values if value.isdigit()}
    rows = Person.objects.filter(pk__in=keys).values_list("pk", "full_name") if keys else ()
    persons = {str(key): name for key, name in rows}
    return replace(labels_of(sheet, answers), masks=masks_of(tokens), persons=persons)


def _rows(answers: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """In the order of the page: "Người thứ 2 (Nông Thị Bình)"."""
    indexes = sorted({int(cell[1]) for name, values in answers.items() if values and (cell := CELL.fullmatch(name))})
    found = {}
    for number, index in enumerate(indexes, start=1):
        name = "".join(answers.get(f"m{index}-name", ()))
        words = _("Người thứ %(number)s (%(name)s)") if name else _("Người thứ %(number)s")
        found[str(index)] = words % {"number": number, "name": name}
    return found
