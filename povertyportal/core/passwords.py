"""Password rules of security level 3, with texts that say what would be right (process.md §6.2)."""

import calendar
import re
import secrets
import string
from datetime import datetime
from difflib import SequenceMatcher

from django.contrib.auth import password_validation as rules
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from povertyportal.core import account_rules
from povertyportal.core.account_models import UsedPassword
from povertyportal.core.models import User, composed
from povertyportal.core.second_factor import signs_in_with_second_factor
from povertyportal.vietnamese import fold

SHORTEST_ALONE = 14  # characters, of four classes, where the password is all that protects
SHORTEST_WITH_CODE = 8
REMEMBERED = 10
ADMINISTRATOR_MONTHS = 2

_CLEAR_LETTERS = "".join(sorted(set(string.ascii_letters) - set("lIoO")))
_CLEAR_DIGITS = "23456789"


class StrongEnough:
    """14 characters of four classes; 8 where a one-time code is asked for too."""

    def validate(self, password: str, user: User | None = None) -> None:
        password = composed(password)
        with_code = user is not None and signs_in_with_second_factor(user)
        shortest = SHORTEST_WITH_CODE if with_code else SHORTEST_ALONE
        missing = [] if with_code else missing_classes(password)
        if len(password) < shortest:
            text = _("Mật khẩu quá ngắn: cần ít nhất %(shortest)d ký tự, mới có %(length)d.")
            raise ValidationError(text, params={"shortest": shortest, "length": len(password)}, code="too_short")
        if missing:
            raise ValidationError(
                _("Mật khẩu còn thiếu: %(what)s."), params={"what": ", ".join(missing)}, code="classes"
            )

    def get_help_text(self) -> str:
        return _("Ít nhất 14 ký tự, đủ chữ thường, chữ hoa, chữ số và ký hiệu.")

    def get_help_text_with_code(self) -> str:
        return _("Ít nhất 8 ký tự (tài khoản này còn hỏi mã xác thực khi đăng nhập).")


def rules_for(user: User) -> list[str]:
    """What a new password of this user must be, a sentence each."""
    with_code = signs_in_with_second_factor(user)
    return [
        rule.get_help_text_with_code() if with_code and isinstance(rule, StrongEnough) else rule.get_help_text()
        for rule in rules.get_default_password_validators()
    ]


def missing_classes(password: str) -> list[str]:
    """The classes of characters a password has none of, in words. Letters with marks are letters; a blank is a symbol."""
    classes = {
        _("chữ thường"): any(letter.islower() for letter in password),
        _("chữ hoa"): any(letter.isupper() for letter in password),
        _("chữ số"): any(letter.isdigit() for letter in password),
        _("ký hiệu (ví dụ dấu cách, dấu chấm, @, #)"): any(not letter.isalnum() for letter in password),
    }
    return [name for name, found in classes.items() if not found]


def is_strong_alone(password: str) -> bool:
    """Whether it may protect an account that signs in without a code."""
    return len(password) >= SHORTEST_ALONE and not missing_classes(password)


class NotUsedBefore:
    """None of the last ten. Each look costs a hash, so it comes after the cheap rules have passed."""

    def validate(self, password: str, user: User | None = None) -> None:
        if user is None or user.pk is None:
            return
        password = composed(password)
        hashes = UsedPassword.objects.filter(user=user).order_by("-set_at", "-pk").values_list("password", flat=True)
        if any(check_password(password, known) for known in hashes[:REMEMBERED]):
            text = _("Bạn đã dùng mật khẩu này rồi: hãy chọn mật khẩu khác với %(count)d mật khẩu gần nhất.")
            raise ValidationError(text, params={"count": REMEMBERED}, code="used_before")

    def get_help_text(self) -> str:
        return _("Khác với %(count)d mật khẩu gần nhất của bạn.") % {"count": REMEMBERED}


class UnlikeTheUser(rules.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("username", "full_name", "email")

    def __init__(self, max_similarity: float = 0.7) -> None:
        super().__init__(self.DEFAULT_USER_ATTRIBUTES, max_similarity)

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError that names no attribute: which one it was helps only a guesser."""
        text = _("Mật khẩu quá giống tên đăng nhập, họ tên hoặc thư điện tử của bạn.")
        try:
            super().validate(password, user)
        except ValidationError as error:
            raise ValidationError(text, code=error.code) from error
        if any(self._much_alike(password, str(getattr(user, name, ""))) for name in self.DEFAULT_USER_ATTRIBUTES):
            raise ValidationError(text, code="password_too_similar")

    def _much_alike(self, password: str, value: str) -> bool:
        """Whether they say the same without accents, blanks and signs: "dangthithu@" and "Đặng Thị Thử"."""
        typed, known = (re.sub(r"[\W_]", "", fold(text)) for text in (password, value.partition("@")[0]))
        return bool(known) and SequenceMatcher(None, typed, known).ratio() >= self.max_similarity

    def get_help_text(self) -> str:
        return _("Không giống tên đăng nhập, họ tên hoặc thư điện tử của bạn.")


class Uncommon(rules.CommonPasswordValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu này quá phổ biến nên dễ bị đoán. Hãy chọn mật khẩu khác.")

    def get_help_text(self) -> str:
        return _("Không phải mật khẩu nhiều người dùng, như “12345678” hay “matkhau”.")


class NotOnlyDigits(rules.NumericPasswordValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu chỉ gồm chữ số. Hãy thêm chữ cái hoặc ký hiệu.")

    def get_help_text(self) -> str:
        return _("Không chỉ gồm chữ số.")


def temporary_password() -> str:
    """Nineteen characters in groups of four, of all classes, none of which look alike when read out or written down."""
    while True:
        groups = ["".join(secrets.choice(_CLEAR_LETTERS + _CLEAR_DIGITS) for _ in range(4)) for _ in range(4)]
        password = "-".join(groups)
        if not missing_classes(password):
            return password


def must_change_password(user: User, *, at: datetime) -> bool:
    """A password somebody else chose, or an administrator's that is two months old."""
    if user.must_change_password:
        return True
    changed = user.password_changed_at
    return (
        changed is not None
        and account_rules.is_administrator(user)
        and months_later(changed, ADMINISTRATOR_MONTHS) <= at
    )


def months_later(moment: datetime, months: int) -> datetime:
    """The same day and hour some months later; the last day of the month when it has no such day."""
    years, month = divmod(moment.month - 1 + months, 12)
    year = moment.year + years
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)
