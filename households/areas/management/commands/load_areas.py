import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils.translation import gettext as _

from households.areas.loading import Difference, Load, load
from households.areas.plan import Plan, make_plan
from households.areas.sources import SourceMissingError
from households.areas.timeline import DataError
from households.areas.units import Level
from households.areas.zones import read_zones
from povertyportal.core.accounts import acting_user


class Command(BaseCommand):
    help = "Nạp đơn vị hành chính theo thời gian; không có --commit thì chỉ cho biết sẽ thay đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--commit", action="store_true", help="ghi vào cơ sở dữ liệu")
        parser.add_argument("--by", metavar="TÀI KHOẢN", help="người thực hiện (không ghi: hệ thống)")
        parser.add_argument("--json", action="store_true", help="in kết quả dạng JSON")
        parser.add_argument("--zones", help="tệp CSV có nguồn về khu vực I-III và xã, thôn đặc biệt khó khăn")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            plan = make_plan()
            if options["zones"]:
                plan = Plan(plan.versions, plan.links, (*plan.traits, *read_zones(options["zones"])))
            found = load(plan, by=acting_user(options["by"]), commit=options["commit"])
        except (SourceMissingError, DataError, OSError) as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(_("Cơ sở dữ liệu không nhận, chưa ghi gì: %(why)s") % {"why": error}) from error
        if options["json"]:
            self.stdout.write(json.dumps(_report(plan, found, options["commit"]), ensure_ascii=False, indent=2))
        else:
            self._tell(found, commit=options["commit"])

    def _tell(self, found: Load, *, commit: bool) -> None:
        for title, difference in _parts(found):
            self.stdout.write(
                _("%(what)s: %(new)d mới, %(changed)d thay đổi, %(same)d giữ nguyên")
                % {
                    "what": title,
                    "new": len(difference.new),
                    "changed": len(difference.changed),
                    "same": difference.same,
                }
            )
            if difference.entered:
                self.stdout.write(_("  %d dòng do người dùng nhập: giữ như đã nhập") % difference.entered)
            if difference.stale:
                shown = "; ".join(difference.stale[:5])
                self.stdout.write(
                    _("  %(count)d dòng đã nạp trước đây không còn trong tệp dữ liệu (không xóa): %(rows)s")
                    % {"count": len(difference.stale), "rows": shown}
                )
        if not commit:
            self.stdout.write(_("Chạy thử, chưa ghi gì. Thêm --commit để ghi."))
        elif found.writes == 0:
            self.stdout.write(_("0 thay đổi."))


def _parts(found: Load) -> list[tuple[str, Difference]]:
    return [
        (_("Đơn vị hành chính"), found.areas),
        (_("Biến động"), found.links),
        (_("Đặc điểm"), found.traits),
    ]


def _report(plan: Plan, found: Load, commit: bool) -> dict[str, Any]:
    tables = {"areas": found.areas, "successions": found.links, "traits": found.traits}
    rows = {
        name: {
            "new": len(one.new),
            "changed": len(one.changed),
            "same": one.same,
            "entered_by_people": one.entered,
            "stale": one.stale,
        }
        for name, one in tables.items()
    }
    levels = {level.value: sum(version.level is level for version in plan.versions) for level in Level}
    return {"committed": commit, "changes": found.writes, "tables": rows, "versions_by_level": levels}
