"""Questions of the survey itself: the registry's columns of the roster, the head of the paper, causes, groups and needs."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache

from django.utils.translation import gettext as _

from households.criteria.law.parts import CodeList, Standard
from households.criteria.questionnaire.sheet import NONE_OF_ALL, Block, Control
from households.criteria.questionnaire.typed import Typed
from households.registry.codes import Relation, Sex
from households.registry.ethnicities import ethnicities

DAY = "s-day"
PERSON, IDENTITY = "person", "identity"
LISTS = ("causes", "target_groups", "supports")  # code lists of the closing standard that a form asks for
NONE_TOO = ("target_groups", "supports")  # of which "none of these" is an answer
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_KEY, _TOKEN = re.compile(r"\d{1,18}"), re.compile(r"#\d{1,18}")


@lru_cache(1)
def registry_columns() -> tuple[Control, ...]:
    """``person``: key of who is known to the portal; ``identity``: key of the sealed number, never digits."""
    groups = {key: one.name for key, one in ethnicities().items()}
    return (
        Control("relation", "choice", "Quan hệ với chủ hộ", _numbered(dict(Relation.choices))),
        Control("sex", "choice", "Giới tính", _numbered(dict(Sex.choices))),
        Control("ethnicity", "choice", "Dân tộc", groups),
        Control(IDENTITY, "identity", "Số định danh cá nhân (CCCD)"),
    )


def _numbered(options: Mapping[str, object]) -> dict[str, str]:
    return {
        code: f"{number} {str(words).capitalize()}" for number, (code, words) in enumerate(options.items(), start=1)
    }


def with_registry_columns(columns: Sequence[Control]) -> tuple[Control, ...]:
    """The key first, then name and birth, the registry's, and what the standards ask."""
    first = [one for one in columns if one.name in ("name", "birth")]
    others = [one for one in columns if one not in first]
    return (Control(PERSON, "hidden", ""), *first, *registry_columns(), *others)


def head_block() -> Block:
    controls = (
        Control(DAY, "date", "Ngày điều tra", help="ngày/tháng/năm"),
        Control("s-reviewer", "text", "Rà soát viên"),
        Control("s-respondent", "text", "Người cung cấp thông tin"),
    )
    return Block("Thông tin chung", controls, key="head")


def note_block() -> Block:
    return Block("Ghi chú", (Control("s-note", "text", "Ghi chú của rà soát viên"),), key="note")


def causes_block(closing: Standard) -> Block:
    known = {one.name: one for one in closing.code_lists}
    controls = tuple(_codes(known[name]) for name in LISTS if name in known)
    return Block("Nguyên nhân, nhóm đối tượng, nhu cầu hỗ trợ", controls, key="causes")


def _codes(one: CodeList) -> Control:
    options = {entry.code: entry.name for entry in one.entries}
    if one.name in NONE_TOO:
        options[NONE_OF_ALL] = "Không thuộc nhóm nào" if one.name == "target_groups" else "Không có nhu cầu"
    return Control(f"s-{one.name}", "choices", one.title, options)


# what was typed


def day_typed(typed: Typed, year: int) -> date | None:
    """Of the survey; of another year no standard of the round could be applied."""
    text = typed.text(DAY)
    if not text:
        return None
    found = _day(text)
    if found is None:
        typed.say(DAY, _("“%s” không phải ngày; ghi ngày/tháng/năm, ví dụ 05/10/2026.") % text)
    elif found.year != year:
        typed.say(DAY, _("Ngày điều tra phải trong năm rà soát %s.") % year)
        return None
    return found


def _day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    try:
        return date(*map(int, reversed(match.groups()))) if match else None
    except ValueError:
        return None


def check_own(blocks: Sequence[Block], typed: Typed) -> None:
    """Faults of answers that the engine does not read."""
    for index in typed.filled_indexes():
        for name, sentence in _row_faults(index, typed):
            typed.say(name, sentence)
    for control in (one for block in blocks for one in block.controls if one.name.startswith("s-")):
        _check_choices(control, typed)


def _row_faults(index: int, typed: Typed) -> Iterator[tuple[str, str]]:
    for column in registry_columns():
        name = f"m{index}-{column.name}"
        value = typed.text(name)
        if value and column.kind == "choice" and value not in column.options:
            yield name, _("“%s” không có trong danh sách; hãy chọn một mục.") % value
    if (value := typed.text(f"m{index}-{PERSON}")) and not _KEY.fullmatch(value):
        yield f"m{index}-{PERSON}", _("Mã người không đúng.")
    if (value := typed.text(f"m{index}-{IDENTITY}")) and not _TOKEN.fullmatch(value):
        yield f"m{index}-{IDENTITY}", _("Số này chưa được cất kín; hãy nhập lại.")


def _check_choices(control: Control, typed: Typed) -> None:
    if control.kind != "choices":
        return
    chosen = [one for one in typed.all(control.name) if one]
    for one in chosen:
        if one not in control.options:
            typed.say(control.name, _("“%s” không có trong danh sách; hãy chọn một mục.") % one)
    if NONE_OF_ALL in chosen and len(chosen) > 1:
        typed.say(control.name, _("Vừa chọn “không” vừa chọn mục khác; hãy bỏ một trong hai."))
