"""Why a change cannot be, and what it does, in sentences for officials."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.areas.changes.outcome import Problem
from households.areas.models import CONFIDENCES, LEVELS, TraitKind
from households.areas.planning.checks import Refusal
from households.areas.planning.operations import Kind, Operation
from households.areas.planning.plan import Plan
from households.areas.units import Confidence, Level, Version
from povertyportal.vietnamese import format_date, sort_key

MOST_NAMED = 12

REFUSALS = {
    "no_legal_basis": gettext_lazy("Còn thiếu căn cứ: số, ngày và cơ quan ban hành nghị quyết hoặc quyết định."),
    "text_too_long": gettext_lazy("Dài quá %(most)s ký tự; hãy viết gọn lại."),
    "one_unit": gettext_lazy("Việc này làm với đúng một đơn vị."),
    "two_units": gettext_lazy("Sáp nhập cần ít nhất hai đơn vị, kể cả đơn vị tiếp nhận."),
    "no_units": gettext_lazy(
        "Thành lập mới không lấy từ đơn vị nào; lấy từ đơn vị khác thì chọn “Chia” hoặc “Sáp nhập”."
    ),
    "named_twice": gettext_lazy("Mã %(code)s được ghi hai lần; mỗi đơn vị chỉ ghi một lần."),
    "not_in_force": gettext_lazy(
        "Ngày %(day)s không có đơn vị nào mang mã %(code)s; hãy xem lại mã và ngày có hiệu lực."
    ),
    "other_level": gettext_lazy("%(unit)s không phải %(level)s; việc này chỉ làm với đơn vị cùng cấp."),
    "changes_later": gettext_lazy(
        "%(unit)s đã có thay đổi từ ngày %(day)s; không ghi được thay đổi có hiệu lực trước ngày đó."
    ),
    "changes_that_day": gettext_lazy(
        "%(unit)s bắt đầu đúng ngày %(day)s; một đơn vị không thay đổi hai lần trong một ngày. "
        "Nếu cùng ngày còn bỏ cấp huyện: ghi sáp nhập xã trước, bỏ cấp huyện sau, sáp nhập tỉnh sau cùng."
    ),
    "child_changes_later": gettext_lazy(
        "%(unit)s thuộc đơn vị này và có thay đổi riêng từ ngày %(day)s; không chuyển đơn vị đó trước ngày ấy được."
    ),
    "starts_later": gettext_lazy(
        "%(unit)s thuộc đơn vị này và được lập từ ngày %(day)s; hãy ghi ngày kết thúc sau ngày đó."
    ),
    "one_target": gettext_lazy("Cần ghi đúng một đơn vị sau thay đổi."),
    "two_targets": gettext_lazy("Chia cần ít nhất hai đơn vị sau thay đổi; đơn vị cũ còn lại cũng ghi là một đơn vị."),
    "no_targets": gettext_lazy("Việc này không tạo đơn vị nào."),
    "code_twice": gettext_lazy("Mã %(code)s được ghi cho hai đơn vị mới."),
    "code_form": gettext_lazy(
        "“%(code)s” không phải mã %(level)s: cấp tỉnh có 2 chữ số, cấp huyện 3, cấp xã 5; mã thôn bắt đầu bằng mã xã."
    ),
    "code_taken": gettext_lazy("Mã %(code)s đang là mã của %(unit)s; hãy ghi mã khác, theo văn bản."),
    "type_unknown": gettext_lazy("“%(type)s” không phải loại đơn vị của cấp này; chọn một trong: %(types)s."),
    "name_form": gettext_lazy("Tên còn trống, không có chữ hay số nào, hoặc dài quá %(most)s ký tự."),
    "nothing_changes": gettext_lazy("%(unit)s đã đúng như vậy rồi; không có gì thay đổi."),
    "changes_more": gettext_lazy("Việc này không đổi mục này của %(unit)s; hãy để nguyên hoặc chọn việc khác."),
    "not_below": gettext_lazy("Mã %(code)s không trực thuộc đơn vị nào trong thay đổi này."),
    "child_target": gettext_lazy("Đơn vị %(code)s được xếp vào mã %(target)s, nhưng không đơn vị mới nào mang mã đó."),
    "child_unassigned": gettext_lazy("Chưa chọn %(unit)s thuộc đơn vị mới nào."),
    "has_children": gettext_lazy("%(unit)s còn %(child)s trực thuộc; hãy chuyển hoặc kết thúc các đơn vị đó trước."),
    "no_districts": gettext_lazy("%(unit)s không có đơn vị cấp huyện nào vào ngày này."),
    "province_parent": gettext_lazy("Đơn vị cấp tỉnh không thuộc đơn vị nào; hãy để trống."),
    "parent_not_in_force": gettext_lazy("Ngày %(day)s không có đơn vị cấp trên nào mang mã “%(code)s”."),
    "parent_level": gettext_lazy("%(unit)s không thể là đơn vị cấp trên của %(level)s."),
    "parent_ends": gettext_lazy("%(unit)s thay đổi từ ngày %(day)s; hãy ghi ngày đó hoặc ngày sau."),
    "same_name": gettext_lazy("Cùng nơi đó đã có %(name)s; hai đơn vị cạnh nhau không trùng cả loại lẫn tên."),
}


def problem(refusal: Refusal) -> Problem:
    values = {name: _told(value) for name, value in refusal.values.items()}
    return Problem(refusal.field, str(REFUSALS[refusal.code]) % values)


def _told(value: Any) -> str:
    if isinstance(value, Version):
        return named(value)
    if isinstance(value, Level):
        return str(dict(LEVELS)[value.value])
    if isinstance(value, date):
        return format_date(value)
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def named(unit: Version) -> str:
    """ "Xã Đa Thông (01375)"."""
    return f"{unit.full_name} ({unit.code})"


def sentences(plan: Plan) -> tuple[str, ...]:
    """All that the change does, the main thing first."""
    return (
        _main(plan),
        *_followed(plan),
        *_same_names(plan),
        *_facts(plan),
        *_doubt(plan.operation),
    )


def _main(plan: Plan) -> str:
    operation = plan.operation
    units = _all(one for one in plan.cut if one.code in operation.units)
    targets = [one for one in plan.made if one.code in {target.code for target in operation.targets}]
    parts = _all(one for one in plan.cut if one.code in operation.parts)
    values = {
        "day": format_date(operation.on),
        "units": units,
        "targets": _all(targets),
        "parts": parts,
        "above": _above(plan, targets[0].parent_code) if targets else "",
        "code": operation.units[0] if operation.units else "",
    }
    if operation.kind is Kind.DISSOLVE_DISTRICTS:
        return _dissolved(plan)
    if operation.kind is Kind.MERGE and parts:
        text = PART_MERGED if units else PARTS_ONLY
        return str(text) % values
    return str(DONE[operation.kind]) % values


DONE = {
    Kind.CREATE: gettext_lazy("Từ ngày %(day)s lập mới %(targets)s, thuộc %(above)s."),
    Kind.END: gettext_lazy("Từ ngày %(day)s không còn %(units)s; không đơn vị nào tiếp nhận."),
    Kind.MERGE: gettext_lazy("Từ ngày %(day)s, toàn bộ %(units)s hợp thành %(targets)s, thuộc %(above)s."),
    Kind.SPLIT: gettext_lazy("Từ ngày %(day)s, %(units)s chia thành %(targets)s."),
    Kind.RENAME: gettext_lazy("Từ ngày %(day)s, %(units)s đổi tên thành %(targets)s; mã giữ nguyên."),
    Kind.RECODE: gettext_lazy("Từ ngày %(day)s, %(units)s đổi mã, thành %(targets)s."),
    Kind.RECLASSIFY: gettext_lazy("Từ ngày %(day)s, %(units)s chuyển loại, thành %(targets)s; mã giữ nguyên."),
    Kind.MOVE: gettext_lazy("Từ ngày %(day)s, %(units)s chuyển về %(above)s; mã giữ nguyên."),
}
PART_MERGED = gettext_lazy(
    "Từ ngày %(day)s, toàn bộ %(units)s và một phần %(parts)s hợp thành %(targets)s, thuộc %(above)s; "
    "phần còn lại của %(parts)s vẫn mang mã và tên cũ."
)
PARTS_ONLY = gettext_lazy(
    "Từ ngày %(day)s, một phần %(parts)s hợp thành %(targets)s, thuộc %(above)s; phần còn lại vẫn mang mã và tên cũ."
)


def _above(plan: Plan, code: str) -> str:
    found = next((one for one in plan.after if one.code == code), None)
    return found.full_name if found else _("trung ương")


def _dissolved(plan: Plan) -> str:
    province = next(one for one in plan.above if one.code == plan.operation.units[0])
    districts = [one for one in plan.cut if one.level is Level.DISTRICT]
    message = ngettext(
        "Từ ngày %(day)s, %(province)s không còn cấp huyện: %(count)s đơn vị kết thúc (%(districts)s).",
        "Từ ngày %(day)s, %(province)s không còn cấp huyện: %(count)s đơn vị kết thúc (%(districts)s).",
        len(districts),
    )
    return message % {
        "day": format_date(plan.operation.on),
        "province": province.full_name,
        "count": len(districts),
        "districts": _all(districts),
    }


def _all(units: Iterable[Version], *, most: int = MOST_NAMED) -> str:
    names = [named(one) for one in units]
    more = [_("và %(count)s đơn vị khác") % {"count": len(names) - most}] if len(names) > most else []
    return ", ".join(names[:most] + more)


def _followed(plan: Plan) -> Iterator[str]:
    """What goes along: villages with their commune, communes with their district."""
    own = {target.code for target in plan.operation.targets} | {*plan.operation.units, *plan.operation.parts}
    moved = [one for one in plan.made if one.code not in own] + [new for _old, new in plan.amended]
    for parent in dict.fromkeys(one.parent_code for one in moved):
        units = [one for one in moved if one.parent_code == parent]
        yield _("%(count)s đơn vị chuyển về %(above)s, giữ nguyên mã và tên: %(units)s.") % {
            "count": len(units),
            "above": _above(plan, parent),
            "units": _all(units),
        }
    ended = [one for one in plan.cut if one.level is Level.VILLAGE and plan.operation.kind is Kind.END]
    below = [one for one in ended if one.code not in own]
    if below:
        yield _("Cùng kết thúc: %(units)s.") % {"units": _all(below)}
    if plan.stay:
        yield _("%(count)s đơn vị trực thuộc giữ nguyên, vì mã đơn vị cấp trên không đổi.") % {"count": len(plan.stay)}


def _same_names(plan: Plan) -> Iterator[str]:
    seen: dict[tuple[str, str, str], Version] = {}
    for one in sorted(plan.after, key=lambda one: one.code):
        if one.level is Level.VILLAGE:
            first = seen.setdefault((one.parent_code, one.type, sort_key(one.name)), one)
            if first is not one:
                yield _("Trùng tên sau thay đổi: %(first)s và %(second)s; nên đổi tên một trong hai.") % {
                    "first": named(first),
                    "second": named(one),
                }


def _facts(plan: Plan) -> Iterator[str]:
    names = {one.code: one.full_name for one in plan.after}
    values = {"urban": _("thành thị"), "rural": _("nông thôn")}
    before = {(fact.code, fact.value) for fact in plan.facts_cut}
    for fact in plan.facts_made:
        if fact.kind == TraitKind.SETTLEMENT and (fact.code, fact.value) not in before:
            yield _("%(unit)s được xếp là %(value)s, theo loại đơn vị.") % {
                "unit": names[fact.code],
                "value": values[fact.value],
            }
    zones = [fact for fact in plan.facts_cut if fact.kind not in (TraitKind.SETTLEMENT, TraitKind.REGION)]
    if zones and plan.operation.kind is not Kind.RECODE:
        yield _("Khu vực, mức đặc biệt khó khăn của đơn vị cũ kết thúc theo đơn vị; đơn vị mới cần quyết định riêng.")


def _doubt(operation: Operation) -> Iterator[str]:
    if operation.confidence is not Confidence.VERIFIED:
        yield _("Độ tin cậy của văn bản: %(how)s.") % {"how": dict(CONFIDENCES)[operation.confidence.value]}
