"""Documents made wrong on purpose: a shipped text with one thing changed, and what reading it says."""

from collections.abc import Iterable

from households.criteria.law.faults import DocumentFaults, Fault
from households.criteria.law.parts import Standard
from households.criteria.law.shelf import content, read_standard


def changed(code: str, *changes: tuple[str, str]) -> str:
    """The shipped text with the first occurrence of each ``old`` replaced: ``old`` must be there."""
    text = content(code)
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def faults(text: str, shelf: Iterable[Standard] | None = None) -> tuple[Fault, ...]:
    try:
        read_standard(text, name="t.toml", shelf=None if shelf is None else {one.code: one for one in shelf})
    except DocumentFaults as found:
        return found.faults
    return ()


def line_of(text: str, marker: str, nth: int = 1) -> int:
    """Number of the ``nth`` line that begins with a header as marker, else that holds the marker."""
    fits = str.startswith if marker.startswith("[") else str.__contains__
    lines = [number for number, line in enumerate(text.splitlines(), 1) if fits(line.strip(), marker)]
    return lines[nth - 1]


def only_fault(text: str) -> Fault:
    found = faults(text)
    assert len(found) == 1, [f"{one.line}: {one.sentence}" for one in found]
    return found[0]
