"""Forms of one's own account, with texts an official understands."""

from typing import Any, ClassVar

from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class SignInForm(AuthenticationForm):
    error_messages: ClassVar[dict[str, Any]] = {
        "invalid_login": _(
            "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
        ),
        "inactive": _("Tài khoản này đã ngừng hoạt động. Hãy liên hệ người quản trị của đơn vị."),
    }

    def __init__(self, request: HttpRequest | None = None, *args: object, **kwargs: object) -> None:
        super().__init__(request, *args, **kwargs)
        self.label_suffix = ""
        for name, label, missing in (
            ("username", _("Tên đăng nhập"), _("Hãy nhập tên đăng nhập.")),
            ("password", _("Mật khẩu"), _("Hãy nhập mật khẩu.")),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = missing


class NewPasswordForm(PasswordChangeForm):
    error_messages: ClassVar[dict[str, Any]] = {
        "password_incorrect": _("Mật khẩu hiện tại không đúng. Hãy nhập lại."),
        "password_mismatch": _("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại cả hai ô."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        for name, label, missing in (
            ("old_password", _("Mật khẩu hiện tại"), _("Hãy nhập mật khẩu hiện tại.")),
            ("new_password1", _("Mật khẩu mới"), _("Hãy nhập mật khẩu mới.")),
            ("new_password2", _("Nhập lại mật khẩu mới"), _("Hãy nhập lại mật khẩu mới.")),
        ):
            self.fields[name].label = label
            self.fields[name].error_messages["required"] = missing
        self.fields["new_password2"].help_text = _("Nhập giống hệt ô trên để tránh gõ nhầm.")
