"""``manage.py household ID|--code LOCAL [--area CODE] --on DATE [--json] [--by USERNAME]``: a household as it was on a day."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.access.scope import scope_of
from households.areas.days import DayRefusedError, read_day
from households.registry.codes import RecognisedClass, Relation
from households.registry.looking_up import UnknownHouseholdError, look_up
from households.registry.models import Household
from households.registry.places import named_place
from households.registry.state import HouseholdState, MemberState, state_on
from households.registry.visible import READ, check_sees, codes_in, seen_by
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import today
from povertyportal.vietnamese import format_date


class Command(BaseCommand):
    help = _("Một hộ vào một ngày: ở đâu, gồm những ai, được công nhận là gì. Không hiện số định danh.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("household", nargs="?", help=_("số của hộ trong hệ thống, ví dụ H123 hoặc 123"))
        parser.add_argument("--code", metavar="LOCAL", help=_("mã hộ của địa phương, thay cho số của hộ"))
        parser.add_argument("--area", metavar="CODE", default="", help=_("mã thôn hoặc xã của mã hộ đó"))
        parser.add_argument("--on", metavar="DATE", required=True, help=_("ngày, ví dụ 31/12/2025"))
        parser.add_argument("--json", action="store_true", help=_("chỉ in một tài liệu JSON"))
        parser.add_argument("--by", metavar="USERNAME", help=_("xem với quyền của tài khoản này; mặc định: hệ thống"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            on = _day(options["on"], today())
            by = acting_user(options["by"])
            seen = codes_in(scope_of(by, READ, day=today()), on)
            key = look_up(options["household"], code=options["code"], area=options["area"], on=on, seen=seen)
            check_sees(seen_by(by, key, day=today()), f"H{key}", on=on)
        except (DayRefusedError, UnknownHouseholdError, PermissionDenied) as refused:
            raise CommandError(str(refused)) from refused
        state, invented = state_on(key, on), Household.objects.get(pk=key).invented
        if options["json"]:
            self.stdout.write(json.dumps(_document(state) | {"invented": invented}, ensure_ascii=False, indent=2))
        else:
            marked = [_("Dữ liệu minh họa, không có thật.")] if invented else []
            self.stdout.write("\n".join([*_lines(state), *marked]))


def _day(text: str, today: date) -> date:
    """Raises DayRefusedError, also for a day of which nothing can be known yet."""
    on = read_day(text)
    if on > today:
        message = _("Ngày %(day)s chưa tới; hãy ghi hôm nay (%(today)s) hoặc một ngày đã qua.")
        raise DayRefusedError(text, message % {"day": format_date(on), "today": format_date(today)})
    return on


def _document(state: HouseholdState) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(json.dumps(asdict(state), default=date.isoformat))
    told["place"] = named_place(state.area_code, on=state.day).full if state.area_code else ""
    return told


def _lines(state: HouseholdState) -> list[str]:
    title = _("Hộ H%(key)s ngày %(day)s") % {"key": state.household, "day": format_date(state.day)}
    if not state.exists:
        return [f"{title}: {_absence(state)}"]
    place = named_place(state.area_code, on=state.day).full
    lines = [title, _("Nơi ở: %s") % ", ".join(text for text in (state.address, place) if text)]
    if state.local_code:
        lines.append(_("Mã hộ: %s") % state.local_code)
    if state.unplaced:
        lines.append(_("Cần xếp lại địa bàn."))
    lines += [_member(one) for one in state.members]
    return [*lines, _recognition(state)]


def _absence(state: HouseholdState) -> str:
    if state.merged_into:
        return _("ghi trùng hoặc lập nhầm, hồ sơ đã về hộ H%s.") % state.merged_into
    if state.ended and state.day >= state.ended:
        return _("không còn từ ngày %s.") % format_date(state.ended)
    return _("chưa có; hộ có từ ngày %s.") % (format_date(state.started) if state.started else "?")


def _member(one: MemberState) -> str:
    born = format_date(one.birth_date) if one.birth_date else str(one.birth_year or "")
    return "  - " + ", ".join(text for text in (one.full_name, str(Relation(one.relation).label), born) if text)


def _recognition(state: HouseholdState) -> str:
    told = state.recognition
    if told is None:
        return _("Chưa có công nhận phân loại nào có hiệu lực.")
    return _("%(klass)s năm %(year)s, quyết định %(number)s ngày %(day)s") % {
        "klass": str(RecognisedClass(told.klass).label),
        "year": told.year,
        "number": told.decision_number,
        "day": format_date(told.decision_date),
    }
