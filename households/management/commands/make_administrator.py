"""``make_administrator USERNAME --area CODE | --nation --full-name NAME [--commit]``: the first one, given by the system."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.accounts import open_account
from households.access.grants import GrantRefusedError, give_grant
from povertyportal.core.accounts import AccountRefused, acting_user
from povertyportal.core.clock import now


class Command(BaseCommand):
    help = _("Lập tài khoản quản trị đầu tiên của một địa bàn và in mật khẩu tạm, chỉ một lần.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username")
        place = parser.add_mutually_exclusive_group(required=True)
        place.add_argument("--area", metavar="CODE", help=_("mã đơn vị hành chính"))
        place.add_argument("--nation", action="store_true", help=_("toàn quốc"))
        parser.add_argument("--full-name", required=True, help=_("họ và tên"))
        parser.add_argument("--reason", default="Lập quản trị viên đầu tiên", help=_("lý do, văn bản phân công"))
        parser.add_argument("--by", metavar="USERNAME", help=_("tài khoản chịu trách nhiệm; mặc định là hệ thống"))
        parser.add_argument("--commit", action="store_true", help=_("ghi vào cơ sở dữ liệu"))
        parser.add_argument("--json", action="store_true", help=_("in kết quả thành một tài liệu JSON"))

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with transaction.atomic():
                told = self._make(options)
                transaction.set_rollback(not options["commit"])
        except (AccountRefused, GrantRefusedError) as error:
            raise CommandError(_("Không lập được, chưa ghi gì: %s") % error) from error
        if options["json"]:
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            self.stdout.write(_told(told))

    def _make(self, options: dict[str, Any]) -> dict[str, Any]:
        by, at = acting_user(options["by"]), now()
        user, password = open_account(
            username=options["username"], full_name=options["full_name"], area_code=options["area"],
            by=by, at=at, reason=options["reason"],
        )  # fmt: skip
        grant = give_grant(
            user=user, role="administrator", area_code=options["area"], on=timezone.localdate(at),
            by=by, at=at, reason=options["reason"],
        )  # fmt: skip
        kept = options["commit"]
        return {"username": user.username, "grant": str(grant), "password": password if kept else None, "stored": kept}


def _told(told: dict[str, Any]) -> str:
    if not told["stored"]:
        return _("Chưa ghi gì (thiếu --commit). Sẽ lập %(username)s: %(grant)s.") % told
    return (
        _(
            "Đã lập %(username)s: %(grant)s.\nMật khẩu tạm, chỉ hiện lần này: %(password)s\n"
            "Lần đăng nhập đầu phải đổi mật khẩu và gắn mã xác thực một lần."
        )
        % told
    )
