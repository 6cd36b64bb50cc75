"""A history row as a reader sees it: fields by their Vietnamese names, values in words, before → after."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povertyportal.core.models import User
from povertyportal.records.search import Found
from povertyportal.vietnamese import format_date

LABELS = {"insert": gettext_lazy("thêm"), "update": gettext_lazy("sửa"), "delete": gettext_lazy("xóa")}
_RANGE = re.compile(r"^(?:empty|[\[(]([^,]*),([^)\]]*)[)\]])$")
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` is empty for a new row, ``after`` for a removed one."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Entry:
    at: datetime
    username: str
    person: str
    action: str
    label: str  # insert, update, delete
    key: str  # of the table
    table: str
    object_id: int
    name: str
    changes: tuple[Change, ...]
    reason: str
    address: str
    via: str


@dataclass(frozen=True, slots=True)
class Run:
    """Entries that tell the same of several rows: ten recovery codes made at once are read as one line."""

    entry: Entry
    times: int


def runs(told: Iterable[Entry]) -> list[Run]:
    """Neighbours that differ in the number of their row alone stand together."""
    alike = groupby(told, key=lambda entry: replace(entry, object_id=0))
    return [Run(one[0], len(one)) for one in (list(same) for _, same in alike)]


def entries(found: Iterable[Found], known: Iterable[models.Model] = ()) -> list[Entry]:
    """In the order given; 1 query for each model that the rows refer to, people included, beyond what is ``known``, and for
    each table that tells a field of its rows together."""
    rows = list(found)
    names = _names_of(rows, {(type(one), one.pk): str(one) for one in known})
    words = Words(names, _together(rows))
    return [_entry(row, words) for row in rows]


Names = Mapping[tuple[type[models.Model], Any], str]


@dataclass(frozen=True, slots=True)
class Words:
    """``names``: of what rows refer to, by model and key; ``together``: fields told for many rows at once, by the row's id."""

    names: Names
    together: Mapping[tuple[int, str], str]


def _together(found: list[Found]) -> dict[tuple[int, str], str]:
    by_table: dict[str, list[Found]] = {}
    for one in found:
        by_table.setdefault(one.told.key, []).append(one)
    told: dict[tuple[int, str], str] = {}
    for some in by_table.values():
        rows = [side for one in some for side in (one.row, one.before) if side]
        for name, words in some[0].told.together.items():
            told |= {(id(row), name): text for row, text in zip(rows, words(rows), strict=True)}
    return told


def _entry(found: Found, words: Words) -> Entry:
    context = found.context
    shown = {field.name: _shown(found, field, found.row, words) for field in _fields(found)}
    username = str(context.get("username", ""))
    return Entry(
        at=timezone.localtime(found.at),
        username=username,
        person=words.names.get((User, context.get("user")), username),
        action=str(LABELS.get(found.label, found.label)),
        label=found.label,
        key=found.told.key,
        table=str(found.told.title),
        object_id=found.object_id,
        name=found.told.name.format_map(shown).strip(" ,:") or f"№ {found.object_id}",
        changes=tuple(_changes(found, shown, words)),
        reason=str(context.get("reason", "")),
        address=str(context.get("address", "")),
        via=str(context.get("via", "")),
    )


def _changes(found: Found, shown: dict[str, str], words: Words) -> Iterator[Change]:
    for field in _fields(found):
        if field.primary_key or field.name in found.told.hidden:
            continue
        title, now = _title(field), shown[field.name]
        if found.label == "insert" and now:
            yield Change(title, "", now)
        elif found.label == "delete" and now:
            yield Change(title, now, "")
        elif found.label == "update":
            before = found.before
            if before is None or before.get(str(field.column)) != found.row.get(str(field.column)):
                yield Change(title, _shown(found, field, before, words) if before else _("chưa có trong nhật ký"), now)


def _title(field: "models.Field[Any, Any]") -> str:
    title = str(field.verbose_name)
    return title[:1].upper() + title[1:]


def _fields(found: Found) -> "list[models.Field[Any, Any]]":
    """Fields of the table that its history keeps."""
    return [field for field in found.told.model._meta.fields if field.column in found.row]


def _names_of(found: list[Found], known: Names) -> Names:
    """What the rows refer to, in words; a row that is gone has no entry."""
    wanted: dict[type[models.Model], set[Any]] = {User: {row.context.get("user") for row in found}}
    for row in found:
        for field in _fields(row):
            if isinstance(field, models.ForeignKey):
                related: Any = field.related_model
                wanted.setdefault(related, set()).update(
                    side[field.column] for side in (row.row, row.before or {}) if side.get(field.column) is not None
                )
    return dict(known) | {
        (model, key): str(one)
        for model, keys in wanted.items()
        for key, one in _by_key(model, [key for key in keys if key is not None and (model, key) not in known]).items()
    }


def _by_key(model: type[models.Model], keys: list[Any]) -> dict[Any, models.Model]:
    return model._default_manager.in_bulk(keys) if keys else {}


def _shown(found: Found, field: "models.Field[Any, Any]", row: Mapping[str, Any], words: Words) -> str:
    value = row.get(str(field.column))
    if value is None or value == "":
        return ""
    if field.name in found.told.together:
        return words.together[id(row), field.name]
    if field.name in found.told.words:
        return found.told.words[field.name](value)
    if isinstance(field, models.ForeignKey):
        related: Any = field.related_model
        return words.names.get((related, value), f"№ {value}")
    return str(dict(field.flatchoices).get(value, value)) if field.choices else _plain(field, value)


def _plain(field: "models.Field[Any, Any]", value: Any) -> str:
    """A value as PostgreSQL puts it into JSON, in words."""
    if isinstance(value, bool):
        return str(_("có") if value else _("không"))
    return _text(field, value) if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _text(field: "models.Field[Any, Any]", value: str) -> str:
    """A text as stored, or a date, a moment or a period written the way people do."""
    if isinstance(field, models.DateTimeField):
        return timezone.localtime(datetime.fromisoformat(value)).strftime("%H:%M:%S %d/%m/%Y")
    if isinstance(field, models.DateField):
        return format_date(date.fromisoformat(value))
    span = _RANGE.match(value) if field.get_internal_type() == "DateRangeField" else None
    return _period(span) if span else value


def _period(span: "re.Match[str]") -> str:
    """Half-open as stored; told with its last day."""
    start, end = span[1] or "", span[2] or ""
    if span[0] == "empty":
        return _("không ngày nào")
    first = _("từ %s") % format_date(date.fromisoformat(start)) if _DAY.match(start) else _("chưa rõ ngày bắt đầu")
    if not _DAY.match(end):
        return first
    last = format_date(date.fromisoformat(end) - timedelta(days=1))
    return _("%(start)s, đến hết %(last)s") % {"start": first, "last": last}
