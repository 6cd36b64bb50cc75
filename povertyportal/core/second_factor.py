"""The second proof of who somebody is: a code from an application on his phone, or a recovery code from paper."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from povertyportal.core import account_rules
from povertyportal.core.account_models import CodeDevice, OpenSession, RecoveryCode
from povertyportal.core.crypto import fingerprints, seal, unseal
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.core.one_time_codes import matching_step, new_recovery_codes, plain_recovery_code
from povertyportal.core.sessions import end_sessions


def has_second_factor(user: User) -> bool:
    return CodeDevice.objects.filter(user=user, confirmed=True).exists()


def device_of(user: User) -> CodeDevice | None:
    return CodeDevice.objects.filter(user=user, confirmed=True).first()


def signs_in_with_second_factor(user: User) -> bool:
    """Has one, or must have one and can go nowhere before it is set up."""
    return user.pk is not None and (has_second_factor(user) or account_rules.requires_second_factor(user))


@transaction.atomic
def enrol(
    *, user: User, key: bytes, at: datetime, by: User, reason: str, last_step: int = -1, keep: OpenSession | None = None
) -> list[str]:
    """Take this key for the account, in place of any before. Returns its recovery codes, which are stored as hashes only.

    Sessions other than ``keep`` end: they were opened without a code of this application.
    """
    with acting(by=by, reason=reason):
        CodeDevice.objects.update_or_create(
            user=user,
            defaults={
                "name": "", "confirmed": True, "made_at": at, "last_step": last_step,
                "sealed_key": seal(key, about=about_device(user)),
            },
        )  # fmt: skip
        end_sessions(user, at=at, why=_("Ứng dụng mã xác thực mới được gắn"), but=keep)
        return renew_recovery_codes(user=user, at=at, by=by, reason=reason)


@transaction.atomic
def renew_recovery_codes(*, user: User, at: datetime, by: User, reason: str) -> list[str]:
    """Ten new ones; those still unused before are worth nothing from now on."""
    codes = new_recovery_codes()
    with acting(by=by, reason=reason):
        RecoveryCode.objects.filter(user=user, used_at=None).update(used_at=at)
        RecoveryCode.objects.bulk_create(
            [RecoveryCode(user=user, fingerprint=_fingerprints(user, code)[0], made_at=at) for code in codes]
        )
    return codes


@transaction.atomic
def remove(*, user: User, at: datetime, by: User, reason: str) -> None:
    """Take the application and the recovery codes away; a new one is set up at the next sign-in where one is required."""
    with acting(by=by, reason=reason):
        CodeDevice.objects.filter(user=user).delete()
        RecoveryCode.objects.filter(user=user, used_at=None).update(used_at=at)


def take_code(*, user: User, typed: str, at: datetime) -> bool:
    """Whether it is a code of this minute that nobody has used before. Two who try at once: one gets through."""
    device = device_of(user)
    if device is None:
        return False
    key = unseal(device.sealed_key, about=about_device(user))
    step = matching_step(key, typed, at=at, after=device.last_step)
    return step is not None and bool(CodeDevice.objects.filter(pk=device.pk, last_step__lt=step).update(last_step=step))


@transaction.atomic
def take_recovery_code(*, user: User, typed: str, at: datetime) -> bool:
    """Whether it is one of his codes, not used before; it is used up now."""
    code = plain_recovery_code(typed)
    if not code:
        return False
    with acting(by=user, reason=_("Đăng nhập bằng mã dự phòng")):
        left = RecoveryCode.objects.filter(user=user, used_at=None, fingerprint__in=_fingerprints(user, code))
        return bool(left.update(used_at=at))


def recovery_codes_left(user: User) -> int:
    return RecoveryCode.objects.filter(user=user, used_at=None).count()


def about_device(user: User) -> str:
    return f"code device of {user.pk}"


def _fingerprints(user: User, code: str) -> list[bytes]:
    return fingerprints(f"{user.pk} {plain_recovery_code(code)}", purpose="recovery code")
