"""All documents read and set against each other: what ``manage.py check_standards`` says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from households.criteria.law.faults import DocumentFaults, Fault
from households.criteria.law.parts import Standard
from households.criteria.law.places import places_of
from households.criteria.law.shelf import FOLDER, documents, misnamed, read_standard
from households.criteria.law.years import overlapping


@dataclass(frozen=True, slots=True)
class Proved:
    """``faults``: (file as named by the caller, fault), file by file, by line."""

    standards: tuple[Standard, ...]
    faults: tuple[tuple[str, Fault], ...]


@dataclass(frozen=True, slots=True)
class _Read:
    name: str
    text: str
    standard: Standard | None
    faults: tuple[Fault, ...]


def prove(files: Iterable[Path]) -> Proved:
    """These files, each against the shipped documents; without any, the shipped ones."""
    paths = list(files)
    given = list(_reading(paths or documents(), {}))
    codes = {one.standard.code for one in given if one.standard}
    others = (
        [one for one in _reading(documents(), {}) if one.standard and one.standard.code not in codes] if paths else []
    )
    faults = [(one.name, fault) for one in given for fault in one.faults]
    faults += [*_same_code(given), *_overlapping([*others, *given], given)]
    order = {one.name: number for number, one in enumerate(given)}
    faults.sort(key=lambda fault: (order[fault[0]], fault[1]))
    return Proved(tuple(one.standard for one in given if one.standard), tuple(faults))


def _reading(paths: Iterable[Path], shelf: dict[str, Standard]) -> Iterator[_Read]:
    """A file may inherit from one before it, or from a shipped document."""
    shipped_names = set(documents())
    for path in paths:
        if path not in shipped_names and not shelf:
            shelf.update({one.standard.code: one.standard for one in _reading(documents(), {}) if one.standard})
        read = _read(path, shelf)
        if read.standard:
            shelf[read.standard.code] = read.standard
        yield read


def _read(path: Path, shelf: dict[str, Standard]) -> _Read:
    name = path.name if path.parent == FOLDER else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = path.read_bytes()[: error.start].count(b"\n") + 1
        return _Read(name, "", None, (Fault(line, "", "chữ không phải mã UTF-8: lưu lại tệp với mã UTF-8."),))
    except FileNotFoundError:
        return _Read(name, "", None, (Fault(1, "", "không có tệp này."),))
    except OSError:
        return _Read(name, "", None, (Fault(1, "", "không đọc được: phải là một tệp mà tài khoản này được đọc."),))
    try:
        standard = read_standard(text, name=name, shelf=shelf)
    except DocumentFaults as found:
        return _Read(name, text, None, found.faults)
    wrong = misnamed(path, standard)
    return _Read(name, text, standard, (wrong,) if wrong else ())


def _same_code(given: list[_Read]) -> Iterator[tuple[str, Fault]]:
    seen: dict[str, str] = {}
    for one in given:
        code = one.standard.code if one.standard else ""
        if code in seen:
            line = places_of(one.text).line(("code",))
            yield one.name, Fault(line, "code", f"mã “{code}” đã dùng ở tệp {seen[code]}.")
        elif code:
            seen[code] = one.name


def _overlapping(all_read: list[_Read], given: list[_Read]) -> Iterator[tuple[str, Fault]]:
    texts = {id(one.standard): one for one in given if one.standard}
    for overlap in overlapping(one.standard for one in all_read if one.standard):
        at = texts.get(id(overlap.second))
        if at and overlap.first.code != overlap.second.code:
            path = ("applies", overlap.number)
            yield at.name, Fault(places_of(at.text).line(path), f"Năm áp dụng {overlap.number + 1}", overlap.text)
