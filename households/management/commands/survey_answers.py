"""``manage.py survey_answers --round CODE --area CODE --standard CODE [--on DATE|--on-of-form] [--area-type rural|urban]``: the
answers of forms, as ``manage.py classify`` reads them."""

import json
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.criteria.law.parts import AreaType
from households.surveys.classification import Look, answers_seen
from households.surveys.forms.reach import READ
from households.surveys.looking import looks, round_around, typed_forms
from households.surveys.sheets.bound import bound_standards
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import today
from povertyportal.vietnamese import format_date


class Command(BaseCommand):
    help = _(
        "In câu trả lời của các phiếu trong một đợt, đúng như lệnh classify đọc. classify tính cho một ngày và một khu "
        "vực: các phiếu khác ngày hoặc khác khu vực thì chọn bằng --on và --area-type."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--round", required=True, metavar="MÃ", help=_("ví dụ 2026-periodic"))
        parser.add_argument("--area", required=True, metavar="MÃ", help=_("địa bàn: thôn, xã, huyện, tỉnh"))
        parser.add_argument("--standard", required=True, metavar="MÃ", help=_("chuẩn đã gắn vào đợt, ví dụ nd07-2021"))
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--on", metavar="NGÀY", help=_("chỉ phiếu điều tra ngày này, ví dụ 2026-10-15"))
        which.add_argument(
            "--on-of-form", action="store_true", help=_("mọi phiếu, kèm ngày, khu vực, vùng của từng phiếu")
        )
        parser.add_argument("--area-type", choices=[one.value for one in AreaType], help=_("chỉ phiếu của khu vực này"))

        parser.add_argument("--by", metavar="USERNAME", help=_("xem với quyền của tài khoản này; mặc định: hệ thống"))

    def handle(self, *args: Any, **options: Any) -> None:
        found = [one for one in _allowed(options) if _chosen(one, options)]
        unread = [one for one in found if one.faults]
        for one in unread:
            self.stderr.write(_("Phiếu %(form)s còn ô sai, không in: %(fields)s") % _told(one))
        whole = [one for one in found if not one.faults]
        if not options["on_of_form"]:
            _check_one_setting(whole)
        content = [_printed(one, options) for one in whole]
        self.stdout.write(json.dumps(content, ensure_ascii=False, indent=1, default=_number))


def _allowed(options: dict[str, Any]) -> Iterator[Look]:
    """Forms of the area that the standard is bound to. Raises CommandError."""
    code, area_code = options["round"], options["area"]
    found = round_around(code, area_code)
    if found is None:
        raise CommandError(_("Không có đợt %(code)s nào rà soát %(area)s.") % {"code": code, "area": area_code})
    try:
        check_may(acting_user(options["by"]), READ, code=area_code, on=found.area_on, day=today())
    except PermissionDenied as refused:
        raise CommandError(str(refused)) from refused
    if not any(one.applied.code == options["standard"] for one in bound_standards(found, found.days.lower)):
        told = {"standard": options["standard"], "code": found.code}
        raise CommandError(_("Chuẩn %(standard)s không gắn vào đợt %(code)s.") % told)
    return looks(typed_forms(found, area_code))


def _chosen(one: Look, options: dict[str, Any]) -> bool:
    on = _day(options["on"])
    has_rows = bool(one.typed.filled_indexes())
    return has_rows and on in (None, one.on) and options["area_type"] in (None, one.ground.area_type.value)


def _printed(one: Look, options: dict[str, Any]) -> dict[str, Any]:
    bound = next(bound for bound in one.bounds if bound.applied.code == options["standard"])
    answers = answers_seen(one, bound)
    if not options["on_of_form"]:
        return answers
    setting = {"on": one.on.isoformat(), "area_type": one.ground.area_type.value, "variant": one.ground.variant}
    return {"form": one.form.pk, **setting, "answers": answers}


def _told(one: Look) -> dict[str, Any]:
    return {"form": one.form.pk, "fields": ", ".join(sorted(one.faults))}


def _check_one_setting(found: list[Look]) -> None:
    """``classify`` takes one day and one kind of area."""
    settings = sorted({(one.on, one.ground.area_type.value) for one in found})
    if len(settings) > 1:
        listed = "; ".join(f"{format_date(day)} {area}" for day, area in settings)
        raise CommandError(_("Các phiếu này khác ngày hoặc khác khu vực (%s); hãy thêm --on và --area-type.") % listed)


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as bad:
        message = _("--on: “%s” không phải ngày; ghi NĂM-THÁNG-NGÀY, ví dụ 2026-10-15.")
        raise CommandError(message % text) from bad


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    raise TypeError(type(value))
