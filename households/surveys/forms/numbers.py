"""Personal numbers on a form: typed digits are sealed before anything is stored, and only "#<key>" of the sealed number goes
on: into the answers, every save, every finding. A page shows the mask."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from households.registry.codes import NumberKind
from households.registry.models import SealedNumber
from households.registry.numbers import sealed
from households.surveys.forms.merging import Change, plain

COLUMN = "identity"
_FIELD = re.compile(rf"m\d{{1,10}}-{COLUMN}")
_TOKEN = re.compile(r"#(\d{1,18})")
UNKNOWN = "#0"  # of what stood in a page and was never kept: equal to nothing stored


def is_number_field(name: str) -> bool:
    return bool(_FIELD.fullmatch(name))


def token_of(number: SealedNumber | int) -> str:
    return f"#{number if isinstance(number, int) else number.pk}"


def key_in(values: Sequence[str]) -> int | None:
    """Of the sealed number; None for an empty field."""
    found = _TOKEN.fullmatch(values[0]) if len(values) == 1 else None
    return int(found[1]) if found else None


def tokens_in(answers: Mapping[str, Sequence[str]]) -> set[str]:
    return {
        value
        for name, values in answers.items()
        if is_number_field(name)
        for value in values
        if _TOKEN.fullmatch(value)
    }


def seal_typed(changes: Iterable[Change]) -> list[Change]:
    """With tokens in place of typed digits. Needs a transaction; raises sealed.NotANumber for what can be none."""
    return [_sealed(change) if is_number_field(change.name) else change for change in changes]


def _sealed(change: Change) -> Change:
    return replace(change, before=tuple(_known(change.before)), after=tuple(_kept(change.after)))


def _known(values: Iterable[str]) -> Iterator[str]:
    """A page whose answer was lost may still take the digits it sent for what is stored."""
    for text in plain(values):
        if _TOKEN.fullmatch(text):
            yield text
        else:
            found = sealed.find(NumberKind.PERSONAL, text)
            yield token_of(found) if found else UNKNOWN


def _kept(values: Iterable[str]) -> Iterator[str]:
    for text in plain(values):
        yield text if _TOKEN.fullmatch(text) else token_of(sealed.keep(NumberKind.PERSONAL, text))


def masks_of(tokens: Iterable[str]) -> dict[str, str]:
    """ "#17" → "•••••••••345"; 1 query, none for no token."""
    keys = {int(found[1]) for token in tokens if (found := _TOKEN.fullmatch(token))}
    rows = SealedNumber.objects.filter(pk__in=keys) if keys else ()
    return {token_of(row): sealed.masked(row) for row in rows}
