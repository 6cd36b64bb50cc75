"""``manage.py open_round CODE --area CODE --on DATE --by USERNAME [--from DATE --until DATE] [--commit] [--json]``."""

import json
from argparse import ArgumentParser
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from households.areas.days import DayRefusedError, read_day
from households.areas.queries import find_area
from households.criteria.law.years import Applicable
from households.surveys.awaited import awaited
from households.surveys.models import SurveyRound
from households.surveys.refusals import RoundRefusedError
from households.surveys.rounds import check_round, open_round, plan_round
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date


class Command(BaseCommand):
    help = _("Mở một đợt rà soát. Không có --commit thì chỉ nói sẽ mở gì.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help=_("mã đợt: 2026-periodic, hoặc 2026-03-inyear"))
        parser.add_argument("--area", metavar="CODE", required=True, help=_("mã xã, huyện hoặc tỉnh"))
        parser.add_argument("--on", metavar="DATE", required=True, help=_("ngày lấy địa giới"))
        parser.add_argument("--by", metavar="USERNAME", required=True, help=_("mở với quyền của tài khoản này"))
        parser.add_argument("--from", metavar="DATE", dest="first", help=_("ngày đầu; mặc định theo quy định"))
        parser.add_argument("--until", metavar="DATE", help=_("ngày cuối; mặc định theo quy định"))
        parser.add_argument("--basis", metavar="TEXT", default="", help=_("kế hoạch, căn cứ"))
        parser.add_argument("--commit", action="store_true", help=_("ghi vào cơ sở dữ liệu"))
        parser.add_argument("--json", action="store_true", help=_("in kết quả thành một tài liệu JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        by = acting_user(options["by"])
        try:
            found = _opened(by, options)
        except (DayRefusedError, RoundRefusedError, PermissionDenied) as refused:
            raise CommandError(str(refused)) from refused
        told = _document(found, stored=options["commit"])
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if options["json"] else _sentence(told))


def _opened(by: User, options: dict[str, Any]) -> SurveyRound:
    asked = {
        "code": options["code"],
        "area_code": options["area"],
        "on": read_day(options["on"]),
        "days": _days(options["first"], options["until"]),
        "legal_basis": options["basis"],
    }
    if options["commit"]:
        return open_round(by=by, at=now(), **asked)
    planned = plan_round(**asked)
    check_round(planned, by=by, day=today())
    return planned


def _days(first: str | None, until: str | None) -> DateRange | None:
    if not first and not until:
        return None
    if not first or not until:
        raise CommandError(_("Ghi cả hai ngày --from và --until, hoặc không ghi ngày nào."))
    return DateRange(read_day(first), read_day(until) + timedelta(days=1))


def _document(found: SurveyRound, *, stored: bool) -> dict[str, Any]:
    last: date = found.days.upper - timedelta(days=1)
    bound = ((name, getattr(found, name)) for name in Applicable.__slots__)
    return {
        "id": found.pk,
        "code": found.code,
        "area": found.area_code,
        "area_name": find_area(code=found.area_code, on=found.area_on).full_name,
        "on": found.area_on.isoformat(),
        "first_day": found.days.lower.isoformat(),
        "last_day": last.isoformat(),
        "standards": {name: row.code for name, row in bound if row},
        "awaited": [row.code for row in awaited(found)],
        "stored": stored,
    }


def _sentence(told: dict[str, Any]) -> str:
    words = told | {
        "first": format_date(date.fromisoformat(told["first_day"])),
        "last": format_date(date.fromisoformat(told["last_day"])),
        "bound": ", ".join(told["standards"].values()),
    }
    sentence = (
        _("Đã mở đợt %(code)s cho %(area_name)s (%(area)s), %(first)s–%(last)s; chuẩn: %(bound)s.")
        if told["stored"]
        else _(
            "Chưa mở (thiếu --commit). Sẽ mở đợt %(code)s cho %(area_name)s (%(area)s), %(first)s–%(last)s; "
            "chuẩn: %(bound)s."
        )
    ) % words
    if told["awaited"]:
        message = _("Chưa gắn chuẩn mở đầu giai đoạn sau (%s): chưa áp dụng trên cổng khi mở đợt.")
        sentence += " " + message % ", ".join(told["awaited"])
    return sentence
