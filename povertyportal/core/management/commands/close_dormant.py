import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from povertyportal.core import clock
from povertyportal.core.accounts import acting_user
from povertyportal.core.dormancy import DORMANT_AFTER, close_dormant, unused_accounts


class Command(BaseCommand):
    help = "Đóng các tài khoản không đăng nhập trong 45 ngày (chạy thử nếu không có --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--commit", action="store_true", help="thực sự đóng")
        parser.add_argument("--by", metavar="TÊN_ĐĂNG_NHẬP", help="người thực hiện (mặc định: hệ thống)")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        at, by = clock.now(), acting_user(options["by"])
        if not by.has_perm("accounts.manage"):
            raise CommandError(f"Tài khoản {by.username} không có quyền quản lý tài khoản hôm nay.")
        found = close_dormant(at=at, by=by) if options["commit"] else list(unused_accounts(at=at))
        if options["json"]:
            told = {"committed": options["commit"], "accounts": [user.username for user in found]}
            self.stdout.write(json.dumps(told, ensure_ascii=False))
            return
        for user in found:
            self.stdout.write(f"  {user.username:<24} {user.full_name}")
        done = "Đã đóng" if options["commit"] else "Sẽ đóng (thêm --commit để thực hiện)"
        self.stdout.write(f"{done}: {len(found)} tài khoản không đăng nhập trong {DORMANT_AFTER.days} ngày.")
