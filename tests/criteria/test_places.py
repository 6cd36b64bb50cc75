"""Each value of a document is found again in its line."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from households.criteria.law.places import Path, places_of
from households.criteria.law.shelf import content, documents


def paths(value: Any, path: Path = ()) -> Iterator[Path]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from paths(inner, (*path, number))


@pytest.mark.parametrize("code", [path.stem for path in documents()])
def test_a_key_stands_in_the_line_that_is_told(code: str) -> None:
    text = content(code)
    lines, places = text.splitlines(), places_of(text)
    for path in paths(tomllib.loads(text)):
        names = [part for part in path if isinstance(part, str)]
        assert names[-1] in lines[places.line(path) - 1] or isinstance(path[-1], int)
    assert set(places._lines) == set(paths(tomllib.loads(text)))


def test_strings_comments_and_dotted_keys_do_not_confuse() -> None:
    text = (
        '# "[a]" = 1\n'
        'title = "a # [b] = \\" c"\n'
        'long = """first\n'
        "[not.a.table]\n"
        '"""\n'
        "dotted.'key' = 'x # y'\n"
        '[ table . "quoted name" ]\n'
        "list = [ # comment ]\n"
        "  [1, 2],\n"
        "  { a = 1, b = [\n"
        "    3 ] },\n"
        "]\n"
    )
    places = places_of(text)
    table: Path = ("table", "quoted name")
    found = {
        ("title",): 2,
        ("long",): 3,
        ("dotted", "key"): 6,
        table: 7,
        (*table, "list", 0, 1): 9,
        (*table, "list", 1, "a"): 10,
        (*table, "list", 1, "b", 0): 11,
    }
    assert {path: places.line(path) for path in found} == found


def test_what_is_not_written_is_told_by_the_table_around_it() -> None:
    places = places_of("a = 1\n[[b]]\nc = 1\n[[b]]\nd = 2\n[b.e]\nf = 3\n")
    assert places.line(("b", 1, "e", "missing")) == 6
    assert places.line(("b", 0, "missing", "deep")) == 2
    assert places.line(("nothing",)) == 1


def test_lines_of_windows_count_the_same() -> None:
    assert places_of('\ufeffa = 1\r\nb = """x\r\ny"""\r\nc = 2\r\n').line(("c",)) == 4
