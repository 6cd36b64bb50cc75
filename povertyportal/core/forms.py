"""Forms of one's own account, with texts an official understands."""

from datetime import datetime
from typing import Any, NoReturn

from django import forms
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.forms import AuthenticationForm, PasswordChangeForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from povertyportal.core import account_rules, clock
from povertyportal.core.dormancy import DORMANT_AFTER, close_if_unused
from povertyportal.core.lockout import locked_until, tell_refused
from povertyportal.core.models import AccountStatus, User
from povertyportal.core.passwords import rules_for
from povertyportal.core.proofs import proven_password
from povertyportal.core.signals import sign_in_event

LONGEST_USERNAME = 150  # of the column; longer ones are not even counted
Texts = dict[str, tuple[Any, Any]]  # field → label, sentence for an empty entry (lazy translations)


def locked_sentence(until: datetime) -> str:
    moment = localtime(until)
    return gettext(
        "Tên đăng nhập này bị khóa đến %(time)s ngày %(day)s vì đã nhập sai quá nhiều lần. "
        "Cần vào ngay: nhờ người quản trị của đơn vị mở khóa."
    ) % {"time": moment.strftime("%H:%M"), "day": date_format(moment, "d/m/Y")}


class SignInForm(AuthenticationForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.error_messages = {
            "invalid_login": _(
                "Tên đăng nhập hoặc mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt rồi nhập lại. "
                "Nhập sai 5 lần thì tên này bị khóa 12 giờ."
            ),
        }
        name_fields(
            self,
            {
                "username": (_("Tên đăng nhập"), _("Hãy nhập tên đăng nhập.")),
                "password": (_("Mật khẩu"), _("Hãy nhập mật khẩu.")),
            },
        )

    def clean_username(self) -> str:
        """Names are small letters; phones like to begin with a capital one. One too long to be stored is nobody's."""
        username = str(self.cleaned_data["username"]).strip().lower()
        if len(username) > LONGEST_USERNAME:
            raise self.get_invalid_login_error()
        return username

    def clean(self) -> dict[str, Any]:
        """A locked name is refused before any password is hashed: a flood stays cheap."""
        username, request = self.cleaned_data.get("username", ""), self.request
        until = locked_until(username, at=clock.now()) if username else None
        if until and request is not None:
            tell_refused(request, username)
            raise ValidationError(locked_sentence(until), code="locked")
        try:
            return super().clean()
        except ValidationError as error:
            until = locked_until(username, at=clock.now())
            raise ValidationError(locked_sentence(until), code="locked") if until else error from error

    def confirm_login_allowed(self, user: AbstractBaseUser) -> None:
        """The password was right: now its owner may learn that the account is closed, and why."""
        assert isinstance(user, User)  # noqa: S101  # for the type checker
        if not settings.DEVELOPMENT and account_rules.is_demonstration(user):
            self._refuse(user, gettext("minh họa"), gettext("Tài khoản minh họa không dùng được ở cổng chính thức."))
        if user.is_active and not close_if_unused(user, at=clock.now()):
            return
        user.refresh_from_db()
        self._refuse(user, user.get_status_display(), _closed_sentences()[user.status])

    def _refuse(self, user: User, detail: str, sentence: str) -> NoReturn:
        sign_in_event.send(
            sender=User, request=self.request, kind="closed", username=user.username, user=user, detail=detail
        )
        raise ValidationError(sentence, code="closed")


def _closed_sentences() -> dict[str, str]:
    return {
        AccountStatus.SUSPENDED: gettext(
            "Tài khoản này đang tạm ngừng. Hãy liên hệ người quản trị của đơn vị để mở lại."
        ),
        AccountStatus.ENDED: gettext("Tài khoản này đã kết thúc. Nếu bạn còn nhiệm vụ, hãy xin tài khoản mới."),
        AccountStatus.DORMANT: gettext(
            "Tài khoản này đã đóng vì %(days)d ngày không đăng nhập. Hãy nhờ người quản trị của đơn vị mở lại."
        )
        % {"days": DORMANT_AFTER.days},
    }


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Mã xác thực"),
        max_length=40,
        error_messages={"required": _("Hãy nhập mã 6 chữ số trong ứng dụng, hoặc một mã dự phòng.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "inputmode": "text",
                "autocapitalize": "none",
                "spellcheck": "false",
            }
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class AttachForm(CodeForm):
    """The first code of an application that has just been set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Mã 6 chữ số")
        self.fields["code"].error_messages["required"] = _("Hãy nhập 6 chữ số ứng dụng đang hiện.")


class PasswordForm(forms.Form):
    """The password again, before something that matters or after the screen was locked."""

    password = forms.CharField(
        label=_("Mật khẩu"),
        strip=False,
        error_messages={"required": _("Hãy nhập mật khẩu.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


class NewPasswordForm(PasswordChangeForm):
    def __init__(self, user: User, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.request = request
        self.error_messages = {
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
        if user.must_change_password:
            self.fields["old_password"].label = _("Mật khẩu vừa dùng để đăng nhập")
        listed = format_html_join("", "<li>{}</li>", ([rule] for rule in rules_for(user)))
        self.fields["new_password1"].help_text = format_html("<ul>{}</ul>", listed)
        self.fields["new_password2"].help_text = _("Nhập giống hệt ô trên để tránh gõ nhầm.")

    def clean_old_password(self) -> str:
        """Wrong ones are counted: an unwatched screen is no place to guess."""
        password = str(self.cleaned_data["old_password"])
        if not proven_password(self.request, self.user, password, at=clock.now()):
            raise ValidationError(gettext("Mật khẩu hiện tại không đúng. Hãy nhập lại."), code="password_incorrect")
        return password

    def validate_password_for_user(self, user: User, *args: Any, **kwargs: Any) -> None:
        """The rules stand below the first field: so does what breaks them."""
        super().validate_password_for_user(user, "new_password1")


def name_fields(form: forms.Form, texts: Texts) -> None:
    """Gives each field its label and the sentence for an empty entry."""
    form.label_suffix = ""
    for name, (label, missing) in texts.items():
        form.fields[name].label = label
        form.fields[name].error_messages["required"] = missing
        form.fields[name].error_messages["null_characters_not_allowed"] = _(
            "Ô này có ký tự không đọc được. Hãy nhập lại."
        )
