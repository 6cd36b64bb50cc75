"""``manage.py withdraw_event HOUSEHOLD [EVENT] [--reason TEXT] --by USERNAME [--commit]``: a mistaken event is withdrawn; without
EVENT the events of the household are listed with their numbers."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from households.registry.actions.taking_back import withdraw_event
from households.registry.looking_up import UnknownHouseholdError, look_up
from households.registry.models import HouseholdEvent
from households.registry.problems import RegistryRefusedError
from households.registry.visible import check_sees, seen_by
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.vietnamese import format_date


class Command(BaseCommand):
    help = _(
        "Bỏ một sự kiện ghi nhầm của hộ; không ghi số sự kiện thì liệt kê các sự kiện. Không có --commit thì không lưu gì."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("household", help=_("số của hộ trong hệ thống, ví dụ H123 hoặc 123"))
        parser.add_argument("event", nargs="?", type=int, help=_("số của sự kiện, như danh sách cho biết"))
        parser.add_argument("--reason", default="", help=_("vì sao bỏ"))
        parser.add_argument("--by", metavar="USERNAME", required=True, help=_("làm với quyền của tài khoản này"))
        parser.add_argument("--commit", action="store_true", help=_("lưu; mặc định chỉ thử"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = acting_user(options["by"])
            key = look_up(options["household"], code=None, area="", on=today(), seen=None)
            if options["event"] is None:
                self._list(key, by)
            else:
                self._withdraw(key, options, by)
        except (UnknownHouseholdError, RegistryRefusedError, PermissionDenied) as refused:
            raise CommandError(str(refused)) from refused

    def _list(self, household: int, by: User) -> None:
        seen = seen_by(by, household, day=today())
        rows = HouseholdEvent.objects.filter(household=household, withdraws=None).order_by("on", "pk")
        shown = [row for row in rows.select_related("person", "withdrawn_by__by") if seen.on(row.on)]
        if not shown:
            check_sees(seen, f"H{household}", on=today())
        for row in shown:
            self.stdout.write(_line(row))

    def _withdraw(self, household: int, options: dict[str, Any], by: User) -> None:
        row = HouseholdEvent.objects.filter(pk=options["event"], household=household).first()
        if row is None:
            told = {"household": household, "event": options["event"]}
            raise CommandError(_("Hộ H%(household)s không có sự kiện số %(event)s.") % told)
        with transaction.atomic():
            withdraw_event(event=row.pk, reason=options["reason"], by=by, at=now())
            transaction.set_rollback(not options["commit"])
        told = {"what": row.get_kind_display(), "day": format_date(row.on), "household": household}
        if options["commit"]:
            self.stdout.write(_("Đã bỏ sự kiện “%(what)s” ngày %(day)s của hộ H%(household)s.") % told)
        else:
            self.stdout.write(
                _("Bỏ được sự kiện “%(what)s” ngày %(day)s của hộ H%(household)s; chưa lưu, thêm --commit.") % told
            )


def _line(row: HouseholdEvent) -> str:
    text = f"{row.pk}  {format_date(row.on)}  {row.get_kind_display()}"
    if row.person:
        text += f": {row.person.full_name}"
    done: HouseholdEvent | None = getattr(row, "withdrawn_by", None)
    return text + (_("  (ghi nhầm, %(who)s đã bỏ)") % {"who": done.by} if done else "")
