"""The documents that the portal ships (``standards/*.toml``), read once."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from households.criteria.law.faults import DocumentFaults, Fault
from households.criteria.law.parts import Standard
from households.criteria.law.reading import read_document

FOLDER = Path(__file__).parents[1] / "standards"


class UnknownStandardError(KeyError):
    def __init__(self, code: str, known: Iterable[str]) -> None:
        super().__init__(code)
        self.code = code
        self.known = tuple(known)

    def __str__(self) -> str:
        return f"Không có chuẩn “{self.code}”. Có: {', '.join(self.known)}."


def shipped() -> tuple[Standard, ...]:
    """The nation's in order of time, then the local ones. Raises DocumentFaults of the first file that has any."""
    return tuple(_by_code().values())


def standard(code: str) -> Standard:
    found = _by_code().get(code)
    if found is None:
        raise UnknownStandardError(code, _by_code())
    return found


def read_standard(text: str, *, name: str, shelf: Mapping[str, Standard] | None = None) -> Standard:
    """One document, shipped, entered in the page or read back from the database. ``shelf``: standards by code that it may
    inherit from; without it the shipped ones. Raises DocumentFaults."""
    return read_document(text, name=name, parent_of=(_by_code() if shelf is None else shelf).get)


def documents() -> tuple[Path, ...]:
    """The shipped files, those of the nation first, for a local one needs its parent."""
    return tuple(sorted(FOLDER.glob("*.toml"), key=lambda path: (_is_local(path), path.name)))


def content(code: str) -> str:
    """The text of a shipped document."""
    return (FOLDER / f"{standard(code).code}.toml").read_text(encoding="utf-8")


@cache
def _by_code() -> Mapping[str, Standard]:
    found: dict[str, Standard] = {}
    for path in documents():
        one = read_standard(path.read_text(encoding="utf-8"), name=path.name, shelf=found)
        if wrong := misnamed(path, one):
            raise DocumentFaults(path.name, [wrong])
        found[one.code] = one
    ordered = sorted(found.values(), key=lambda one: (bool(one.scope), _first_year(one), one.code))
    return MappingProxyType({one.code: one for one in ordered})


def misnamed(path: Path, standard: Standard) -> Fault | None:
    """A shipped file carries its standard's code, by which it is found again."""
    if path.parent != FOLDER or path.stem == standard.code:
        return None
    return Fault(1, "code", f"tệp phải mang tên {standard.code}.toml.")


def _first_year(standard: Standard) -> int:
    return min(application.first for application in standard.applications)


def _is_local(path: Path) -> bool:
    try:
        return "inherits" in tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError:
        return False
