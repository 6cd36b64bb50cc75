"""Forms of one's own account, with texts an official understands."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from povertyportal.core.models import User

Texts = dict[str, tuple[Any, Any]]  # field → label, sentence for an empty entry (lazy translations)


class SignInForm(AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {
            "invalid_login": _(
                "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại."
            ),
            "inactive": _("Tài khoản này đã ngừng hoạt động. Hãy liên hệ người quản trị của đơn vị."),
        }
        name_fields(
            self,
            {
                "username": (_("Tên đăng nhập"), _("Hãy nhập tên đăng nhập.")),
                "password": (_("Mật khẩu"), _("Hãy nhập mật khẩu.")),
            },
        )


class NewPasswordForm(PasswordChangeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {
            "password_incorrect": _("Mật khẩu hiện tại không đúng. Hãy nhập lại."),
            "password_mismatch": _("Hai lần nhập mật khẩu mới không giống nhau. Hãy nhập lại cả hai ô."),
        }
        name_fields(
            self,
            {
                "old_password": (_("Mật khẩu hiện tại"), _("Hãy nhập mật khẩu hiện tại.")),
                "new_password1": (_("Mật khẩu mới"), _("Hãy nhập mật khẩu mới.")),
                "new_password2": (_("Nhập lại mật khẩu mới"), _("Hãy nhập lại mật khẩu mới.")),
            },
        )
        self.fields["new_password2"].help_text = _("Nhập giống hệt ô trên để tránh gõ nhầm.")

    def validate_password_for_user(self, user: User, *args: Any, **kwargs: Any) -> None:
        """The rules stand below the first field: so does what breaks them."""
        super().validate_password_for_user(user, "new_password1")


def name_fields(form: forms.Form, texts: Texts) -> None:
    """Gives each field its label and the sentence for an empty entry."""
    form.label_suffix = ""
    for name, (label, missing) in texts.items():
        form.fields[name].label = label
        form.fields[name].error_messages["required"] = missing
