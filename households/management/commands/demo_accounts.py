"""Accounts for a demonstration: every role in one commune and its province, and a colleague elsewhere. Refused with DEBUG=0.

Passwords and keys of one-time codes are random and kept below ``DATA_DIR/secrets``, so that the codes can be printed.
"""

import base64
import json
import secrets
from argparse import ArgumentParser
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from django.utils import timezone

from households.access.accounts import open_account
from households.access.demonstration import REASON
from households.access.grants import give_grant
from households.access.models import Grant
from households.access.rights import can_sign, content_of, reviews_of, sign_rights
from households.access.roles import catalogue
from households.areas.models import Area
from povertyportal.core.accounts import change_password, resume, system_user
from povertyportal.core.clock import now
from povertyportal.core.models import AccountStatus, User
from povertyportal.core.one_time_codes import STEP_SECONDS, code_at, new_key
from povertyportal.core.periods import on as valid_on
from povertyportal.core.second_factor import device_of, enrol
from povertyportal.environment import kept_secret
from povertyportal.records.proposals import digest_of

CHANGED = "(đã được đổi)"
DEMO_LOCK = 0x44454D4F  # "DEMO"


@dataclass(frozen=True, slots=True)
class Demo:
    """``area``: code of the unit, None for the nation."""

    username: str
    full_name: str
    role: str
    area: str | None


COMMUNE, PROVINCE, FOREIGN = "01392", "04", "06688"
DEMOS = (
    Demo("rasoat", "Hoàng Thị Mỷ", "village_reviewer", COMMUNE),
    Demo("canbo", "Nông Thị Bích Đào", "commune_official", COMMUNE),
    Demo("lanhdao", "Triệu Văn Sình", "commune_leader", COMMUNE),
    Demo("thamtra", "Lục Thị Ngọc Ánh", "district_reviewer", PROVINCE),
    Demo("capso", "Đàm Quang Vinh", "province_reviewer", PROVINCE),
    Demo("kiemtoan", "Bế Thị Thu Hường", "auditor", PROVINCE),
    Demo("quantri", "Lê Quang Trị", "administrator", PROVINCE),
    Demo("quantri2", "Phùng Thị Kim Chi", "administrator", PROVINCE),
    Demo("canbo-ql", "Vũ Đức Thắng", "commune_official", FOREIGN),
    Demo("capbo", "Nguyễn Hoàng Nam", "province_reviewer", None),
    Demo("quantri-qg", "Phạm Thị Hồng Nhung", "administrator", None),
    Demo("thanhtra", "Trương Công Minh", "auditor", None),
)


class Command(BaseCommand):
    help = "Tạo tài khoản minh họa, in mật khẩu và mã xác thực một lần đang dùng được."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError("Tài khoản minh họa không được dùng khi DEBUG=0.")
        rows = _made_ready(now())
        at = now()  # making the accounts takes seconds; codes live for thirty
        for row, demo in zip(rows, DEMOS, strict=True):
            row["code"] = _code(demo, at)
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        left = STEP_SECONDS - int(at.timestamp()) % STEP_SECONDS
        self.stdout.write(f"  {'Tài khoản':<11} {'Mật khẩu':<22} {'Mã 1 lần':<9} Vai trò, địa bàn")
        for row in rows:
            self.stdout.write(f"  {row['username']:<11} {row['password']:<22} {row['code']:<9} {row['about']}")
        self.stdout.write(f"  Mã một lần còn dùng khoảng {left} giây nữa; mỗi mã dùng một lần.")


@transaction.atomic
def _made_ready(at: datetime) -> list[dict[str, str]]:
    """Of two starts at once the second waits, and finds the accounts of the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [DEMO_LOCK])
    rows = [_account(demo, at) for demo in DEMOS]
    _one_signed_table(at)
    return rows


def _account(demo: Demo, at: datetime) -> dict[str, str]:
    user = User.objects.filter(username=demo.username).first() or _made(demo, at)
    if user.status == AccountStatus.DORMANT:  # the demonstration rested for long
        resume(user=user, by=system_user(), at=at, reason=REASON)
    unchanged = user.password_changed_at == user.date_joined and _secret(demo, "password").exists()
    shown = _password(demo) if unchanged else CHANGED
    return {"username": demo.username, "password": shown, "code": "", "about": _about(user)}


def _one_signed_table(at: datetime) -> None:
    """The leader has signed the rights of his commune, so that a signed table can be looked at."""
    area = valid_on(Area.objects.filter(code=COMMUNE), timezone.localdate(at)).first()
    leader = User.objects.get(username="lanhdao")
    if area is None:  # merged away in the demonstration
        return
    if not reviews_of(area).exists() and can_sign(area, leader, at):
        digest = digest_of(content_of(area, day=timezone.localdate(at)))
        sign_rights(area=area, digest=digest, note="Đã đối chiếu (minh họa)", by=leader, at=at)


def _secret(demo: Demo, what: str) -> Any:
    return settings.DATA_DIR / "secrets" / f"demo-{demo.username}-{what}"


def _password(demo: Demo) -> str:
    return kept_secret(_secret(demo, "password"), lambda: f"Demo-{secrets.token_hex(5)}-{secrets.randbelow(90) + 10}")


def _made(demo: Demo, at: datetime) -> User:
    by = system_user()
    user, _first = open_account(
        username=demo.username,
        full_name=f"{demo.full_name} (minh họa)",
        area_code=demo.area,
        by=by,
        at=at,
        reason=REASON,
    )
    give_grant(user=user, role=demo.role, area_code=demo.area, on=timezone.localdate(at), by=by, at=at, reason=REASON)
    change_password(user=user, password=_password(demo), at=at, keep=None)
    if catalogue().roles[demo.role].second_factor:
        enrol(user=user, key=_key(demo), at=at, by=by, reason=REASON)
    return user


def _key(demo: Demo) -> bytes:
    return base64.b32decode(kept_secret(_secret(demo, "key"), lambda: base64.b32encode(new_key()).decode()))


def _code(demo: Demo, at: datetime) -> str:
    """The code of this half minute; a dash where none is asked for. One's own application has another key."""
    user = User.objects.get(username=demo.username)
    device = device_of(user)
    if device is None:
        return "–"
    unchanged = device.made_at == user.date_joined and _secret(demo, "key").exists()
    return code_at(_key(demo), at) if unchanged else CHANGED


def _about(user: User) -> str:
    """Whose it is, and that it is closed where somebody has closed it."""
    grants = "; ".join(str(grant) for grant in Grant.objects.filter(user=user).select_related("area"))
    return (grants or "chưa có quyền") + ("" if user.is_active else f" ({user.get_status_display()})")
