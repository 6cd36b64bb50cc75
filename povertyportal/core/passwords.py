"""Django's password rules with texts that say what would be right."""

from django.contrib.auth import password_validation as rules
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from povertyportal.core.models import User


class LongEnough(rules.MinimumLengthValidator):
    def get_error_message(self) -> str:
        return _("Mật khẩu quá ngắn: cần ít nhất %(length)d ký tự.") % {"length": self.min_length}

    def get_help_text(self) -> str:
        return _("Ít nhất %(length)d ký tự.") % {"length": self.min_length}


class UnlikeTheUser(rules.UserAttributeSimilarityValidator):
    DEFAULT_USER_ATTRIBUTES = ("username", "full_name", "email")

    def __init__(self, max_similarity: float = 0.7) -> None:
        super().__init__(self.DEFAULT_USER_ATTRIBUTES, max_similarity)

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError that names no attribute: which one it was helps only a guesser."""
        try:
            super().validate(password, user)
        except ValidationError as error:
            text = _("Mật khẩu quá giống tên đăng nhập, họ tên hoặc thư điện tử của bạn.")
            raise ValidationError(text, code=error.code) from error

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
