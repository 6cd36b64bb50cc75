"""A table of B1 points as a document (TOML of the portal's own files, JSON of the database) → ``B1Table``. Plain Python."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from households.criteria.b1.parts import B1Table, Group, Option
from households.criteria.law.conditions import read_test, read_who
from households.criteria.law.cursor import Found, Table


class TableFaultsError(ValueError):
    """A document of points that cannot be used; the text has a line for each fault."""


def canonical(document: Any) -> str:
    """The same text for the same content, whatever the order of its keys."""
    return json.dumps(document, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest_of(document: Mapping[str, Any]) -> str:
    return sha256(canonical(document).encode()).hexdigest()


def read_table(document: Mapping[str, Any]) -> B1Table:
    """Raises TableFaultsError."""
    found = Found()
    data = Table(document, (), found)
    variants = data.texts("variants")
    read = B1Table(
        standard=data.text("standard"),
        version=data.number("version", low=1),
        name=data.text("name"),
        demonstration=data.flag("demonstration", False),
        partial=data.flag("partial", False),
        groups=tuple(_group(one, variants) for one in data.tables("groups")),
        digest=digest_of(document),
        note=data.text("note", ""),
    )
    data.end()
    found.faults.extend(((), text) for text in _contradictions(read))
    if found.faults:
        raise TableFaultsError("\n".join(f"{_where(path)}{text}" for path, text in found.faults))
    return read


def scored(table: B1Table) -> B1Table:
    """Of a partial table: groups without any points can not be ticked; they are named as absent."""
    if not table.partial:
        return table
    empty = [one for one in table.groups if not any(_points(one))]
    names = tuple(one.name for one in empty)
    return replace(table, groups=tuple(one for one in table.groups if one not in empty), absent=table.absent + names)


def _points(group: Group) -> Iterator[bool]:
    return (points is not None for option in group.options for points in option.points.values())


def _group(data: Table, variants: list[str]) -> Group:
    zero = data.table_or_none("zero_if_all")
    group = Group(
        code=data.text("code"),
        name=data.text("name"),
        multiple=data.flag("multiple", False),
        zero_if_all=read_who(zero) if zero else None,
        options=tuple(_option(one, variants) for one in data.tables("options")),
        note=data.text("note", ""),
    )
    data.end()
    return group


def _option(data: Table, variants: list[str]) -> Option:
    when = data.table_or_none("when")
    points = data.table("points") if "points" in data else None
    data.touch("points")
    option = Option(
        code=data.text("code"),
        name=data.text("name"),
        when=read_test(when) if when else None,
        points={code: points.number_or_none(code, low=-LARGEST) if points else None for code in variants},
    )
    if points:
        points.end(also=variants)
    data.end()
    return option


LARGEST = 1000


def _contradictions(table: B1Table) -> Iterator[str]:
    for name, codes in (("nhóm", [one.code for one in table.groups]), *_codes_of_options(table)):
        yield from (f"{name} “{code}” ghi hai lần." for code in sorted(set(codes)) if codes.count(code) > 1)
    if not table.groups:
        yield "bảng không có nhóm nào."
    for group in table.groups:
        derived = [one.when is not None for one in group.options]
        if not derived:
            yield f"nhóm “{group.code}” không có ô nào."
        elif any(derived) and not all(derived):
            yield f"nhóm “{group.code}”: ô tính từ danh sách thành viên không đi cùng ô đánh dấu tay."


def _codes_of_options(table: B1Table) -> Iterator[tuple[str, list[str]]]:
    for group in table.groups:
        yield f"nhóm “{group.code}”, ô", [one.code for one in group.options]


def _where(path: tuple[str | int, ...]) -> str:
    return (
        "".join(f"[{one + 1}]" if isinstance(one, int) else f".{one}" for one in path).lstrip(".") + ": "
        if path
        else ""
    )
