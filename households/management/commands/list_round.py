"""``manage.py list_round ROUND --area CODE --by USERNAME [--commit] [--json]``: the list of a periodic round."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.areas.queries import UnknownAreaError
from households.registry.problems import RegistryRefusedError
from households.surveys.findings import planned
from households.surveys.forms.listing import check_listable, list_for_round
from households.surveys.models import SurveyRound
from households.surveys.queries import all_rounds, round_covering, round_of
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import now, today
from povertyportal.vietnamese import format_number


class Command(BaseCommand):
    help = _("Đưa mọi hộ nghèo, cận nghèo đang quản lý vào danh sách của đợt định kỳ. Không có --commit thì chỉ đếm.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help=_("mã đợt: 2026-periodic"))
        parser.add_argument("--area", metavar="CODE", required=True, help=_("mã thôn, xã, huyện hoặc tỉnh"))
        parser.add_argument("--by", metavar="USERNAME", required=True, help=_("lập với quyền của tài khoản này"))
        parser.add_argument("--commit", action="store_true", help=_("ghi vào cơ sở dữ liệu"))
        parser.add_argument("--json", action="store_true", help=_("in kết quả thành một tài liệu JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        by, area = acting_user(options["by"]), options["area"]
        try:
            round = _round(options["round"], area)
            check_listable(round, area, by=by, day=today())
            villages = planned(round, area, today())
            listed = list_for_round(round=round, area_code=area, by=by, at=now()) if options["commit"] else 0
        except (RegistryRefusedError, PermissionDenied, UnknownAreaError) as refused:
            raise CommandError(str(refused)) from refused
        told = {
            "round": round.code,
            "area": area,
            "stored": options["commit"],
            "households": listed if options["commit"] else sum(one.poor + one.near_poor for one in villages),
            "poor": sum(one.poor for one in villages),
            "near_poor": sum(one.near_poor for one in villages),
            "villages": len(villages),
        }
        self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2) if options["json"] else _sentence(told))


def _round(code: str, area: str) -> SurveyRound:
    """The area's own round, or the one that covers it. Raises CommandError, UnknownAreaError."""
    if found := round_of(code, area):
        return found
    newest = all_rounds().filter(code=code).order_by("-area_on").first()
    if newest is not None:
        commune = area.partition("-")[0]
        if found := round_covering(code, commune, on=newest.area_on):
            return found
    raise CommandError(_("Không có đợt %(code)s nào gồm %(area)s.") % {"code": code, "area": area})


def _sentence(told: dict[str, Any]) -> str:
    words = {**told, "households": format_number(told["households"]), "villages": format_number(told["villages"])}
    if told["stored"]:
        return _("Đã đưa %(households)s hộ của %(villages)s thôn vào danh sách đợt %(round)s.") % words
    return (
        _("Sẽ đưa %(households)s hộ của %(villages)s thôn vào danh sách đợt %(round)s; thêm --commit để ghi.") % words
    )
