"""Accounts for a demonstration, with random passwords kept in the data folder. Refused when DEBUG=0."""

import json
import secrets
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from povertyportal.core.models import User
from povertyportal.environment import kept_secret

ACCOUNTS = (
    ("canbo", "Cán bộ nhập liệu (minh họa)", "nhập và đính chính số liệu công bố", True),
    ("nguoixem", "Người xem (minh họa)", "chỉ xem", False),
)


class Command(BaseCommand):
    help = "Tạo tài khoản minh họa và in mật khẩu."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--may", action="append", default=[], metavar="APP.QUYỀN", help="quyền cho người được nhập")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Tài khoản minh họa không được dùng khi DEBUG=0.")
        rows = [self._account(*account, may=options["may"]) for account in ACCOUNTS]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            self.stdout.write(f"  {row['username']:<10} {row['password']:<24} {row['about']}")

    @transaction.atomic
    def _account(self, username: str, full_name: str, about: str, enters: bool, *, may: list[str]) -> dict[str, str]:
        user, created = User.objects.get_or_create(username=username, defaults={"full_name": full_name})
        path = settings.DATA_DIR / "secrets" / f"demo-{username}"
        password = kept_secret(path, lambda: f"Demo-{secrets.token_urlsafe(12)}")
        if created:
            user.set_password(password)
            user.save()
        if enters:
            user.user_permissions.add(*[self._permission(name) for name in may])
        shown = password if user.check_password(password) else "(đã được đổi)"
        return {"username": username, "password": shown, "about": about}

    def _permission(self, name: str) -> Permission:
        app, _, codename = name.partition(".")
        try:
            return Permission.objects.get(content_type__app_label=app, codename=codename)
        except Permission.DoesNotExist as error:
            raise CommandError(f"Không có quyền {name!r}.") from error
