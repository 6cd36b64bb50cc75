"""Signing in (password, then code) and out, changing the password, and what somebody can see of his own account."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash, views
from django.contrib.auth.forms import AuthenticationForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from povertyportal.core import account_rules, clock, second_factor
from povertyportal.core.accounts import change_password
from povertyportal.core.forms import CodeForm, NewPasswordForm, SignInForm, locked_sentence
from povertyportal.core.kept_forms import kept_for
from povertyportal.core.lockout import locked_until, tell_refused
from povertyportal.core.models import User
from povertyportal.core.passwords import ADMINISTRATOR_MONTHS, months_later, must_change_password
from povertyportal.core.proofs import proven_code
from povertyportal.core.session_guard import account_of, guarded
from povertyportal.core.sessions import open_sessions
from povertyportal.core.sign_in import await_code, awaiting_code, forget_step, sign_in

FEW_CODES = 3


class SignIn(views.LoginView):
    form_class = SignInForm
    redirect_authenticated_user = True

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        """Not to the page of signing in itself."""
        url = super().get_redirect_url()
        return "" if urlsplit(url).path == self.request.path else url

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        assert isinstance(user, User)  # noqa: S101  # for the type checker
        if second_factor.has_second_factor(user):
            await_code(self.request, user, target=self.get_success_url(), at=clock.now())
            return redirect("sign_in_code")
        sign_in(self.request, user, second_factor=False)
        return HttpResponseRedirect(entrance(user, self.get_success_url()))


def entrance(user: User, target: str) -> str:
    """Where somebody goes who has just shown who he is: a form that waits for him comes first."""
    return reverse("kept_form") if kept_for(user, at=clock.now()) else target


@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """The second step. A name that got locked meanwhile, or five minutes without a code, lead back to the first."""
    at = clock.now()
    waiting = awaiting_code(request, at=at)
    if request.user.is_authenticated:
        return redirect("home")
    if waiting is None:
        if forget_step(request):
            messages.warning(request, _("Đã quá 5 phút từ khi nhập mật khẩu. Hãy đăng nhập lại từ đầu."))
        return redirect("login")
    user, target = waiting
    form = CodeForm(request.POST or None)
    form.fields["code"].widget.attrs["autofocus"] = True
    if form.is_valid() and not locked_until(user.username, at=at):
        if proven_code(request, user, form.cleaned_data["code"], at=at):
            sign_in(request, user, second_factor=True)
            _warn_of_few_codes(request, user)
            return HttpResponseRedirect(entrance(user, target))
        form.add_error("code", _code_refusal())
    if until := locked_until(user.username, at=at):
        tell_refused(request, user.username)
        forget_step(request)
        messages.error(request, locked_sentence(until))
        return redirect("login")
    return render(request, "core/sign_in_code.html", {"form": form})


def _code_refusal() -> str:
    return _(
        "Mã không đúng hoặc đã dùng rồi. Hãy chờ ứng dụng hiện mã mới rồi nhập lại; "
        "nếu vẫn sai, hãy để điện thoại tự chỉnh ngày giờ. Nhập sai 5 lần thì tên này bị khóa 12 giờ."
    )


def _warn_of_few_codes(request: HttpRequest, user: User) -> None:
    left = second_factor.recovery_codes_left(user)
    if left <= FEW_CODES:
        text = _("Bạn còn %(left)d mã dự phòng. Hãy lập mã mới ở trang Tài khoản của tôi, rồi in ra cất giữ.")
        messages.warning(request, text % {"left": left})


class SignOut(views.LogoutView):
    """POST only, so that no link or picture on another page can sign somebody out. What pages kept on the device goes too,
    unless the page says that something of other accounts is there, which they sealed and did not send yet."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        if request.POST.get("device") != "kept" and _may_clear(request):
            answer["Clear-Site-Data"] = '"storage"'
        return answer


def _may_clear(request: HttpRequest) -> bool:
    """Browsers obey only where nobody between could have written the header: https, or the machine itself."""
    name = request.get_host().rpartition(":")[0] or request.get_host()
    return request.is_secure() or name in ("localhost", "127.0.0.1", "[::1]")


@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: HttpRequest) -> HttpResponse:
    user = account_of(request)
    form = NewPasswordForm(user, request.POST or None, request=request)
    if form.is_valid():
        change_password(
            user=user, password=form.cleaned_data["new_password1"], at=clock.now(), keep=guarded(request).session
        )
        update_session_auth_hash(request, user)
        messages.success(request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác của tài khoản này đã kết thúc."))
        return redirect("home")
    return render(request, "registration/password_change_form.html", {"form": form, "why": _why_change(user)})


def _why_change(user: User) -> str:
    """Why nothing else can be done before; empty for a change of one's own free will."""
    if user.must_change_password:
        return _(
            "Mật khẩu này do người khác cấp hoặc không còn đủ mạnh. Hãy đặt mật khẩu mới chỉ mình bạn biết để dùng tiếp."
        )
    if must_change_password(user, at=clock.now()):
        return _("Mật khẩu của người quản trị phải đổi hai tháng một lần và đã đến hạn. Hãy đổi để dùng tiếp.")
    return ""


@require_safe
def my_account(request: HttpRequest) -> HttpResponse:
    user, at = account_of(request), clock.now()
    changed = user.password_changed_at
    due = months_later(changed, ADMINISTRATOR_MONTHS) if changed and account_rules.is_administrator(user) else None
    found = {
        "password_due": due,
        "device": second_factor.device_of(user),
        "codes_left": second_factor.recovery_codes_left(user),
        "few_codes": FEW_CODES,
        "must_have": account_rules.requires_second_factor(user),
        "sessions": open_sessions(user, at=at).count(),
    }
    return render(request, "core/my_account.html", found)
