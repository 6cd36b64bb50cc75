"""Attaching the application that shows one-time codes, replacing and detaching it, and new recovery codes."""

import base64
import binascii
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from povertyportal.core import account_rules, clock, second_factor
from povertyportal.core.account_models import OpenSession
from povertyportal.core.accounts import detach_second_factor
from povertyportal.core.crypto import Unreadable, seal, unseal
from povertyportal.core.forms import AttachForm, PasswordForm
from povertyportal.core.models import User
from povertyportal.core.one_time_codes import matching_step, new_key, qr_picture, typed_key
from povertyportal.core.proofs import proven_password
from povertyportal.core.session_guard import account_of, guarded

NEW_KEY = "new_code_key"


@require_http_methods(["GET", "HEAD", "POST"])
def second_factor_page(request: HttpRequest) -> HttpResponse:
    """What the form's button asks for (``do``); without one, the page to attach, or the one about what is attached."""
    user = account_of(request)
    wish = request.POST.get("do", "")
    if wish == "attach":
        return _attach(request, user, at=clock.now())
    if wish in ("replace", "renew", "detach"):
        return _with_password(request, user, wish, at=clock.now())
    if wish == "keep":
        request.session.pop(NEW_KEY, None)
        return redirect("second_factor")
    if second_factor.has_second_factor(user) and NEW_KEY not in request.session:
        return _about(request, user, PasswordForm())
    return _scan(request, user, AttachForm())


def _scan(request: HttpRequest, user: User, form: AttachForm) -> HttpResponse:
    """The same key until it is attached: scanned once, typed over later, or the page loaded again."""
    key = _kept_key(request, user)
    if key is None:
        key = new_key()
        request.session[NEW_KEY] = base64.b64encode(seal(key, about=_whose(user))).decode()
    shown = {
        "form": form,
        "qr": qr_picture(key, user.username),
        "key": typed_key(key),
        "required": account_rules.requires_second_factor(user),
        "replacing": second_factor.has_second_factor(user),
    }
    return render(request, "core/second_factor_attach.html", shown)


def _attach(request: HttpRequest, user: User, *, at: datetime) -> HttpResponse:
    key, form = _kept_key(request, user), AttachForm(request.POST)
    if key is None:
        messages.warning(request, _("Chưa gắn gì: khóa trên trang đã cũ. Hãy quét mã mới dưới đây."))
        return redirect("second_factor")
    step = matching_step(key, form.cleaned_data["code"], at=at, after=-1) if form.is_valid() else None
    if step is None:
        if not form.errors:
            form.add_error("code", _("Mã không khớp. Hãy nhập 6 chữ số ứng dụng đang hiện, trước khi mã đổi."))
        return _scan(request, user, form)
    reason = _("Gắn ứng dụng mã xác thực")
    session = guarded(request).session
    codes = second_factor.enrol(user=user, key=key, at=at, by=user, reason=reason, last_step=step, keep=session)
    del request.session[NEW_KEY]
    _mark_session(request)
    return _show_codes(request, codes)


def _with_password(request: HttpRequest, user: User, wish: str, *, at: datetime) -> HttpResponse:
    form = PasswordForm(request.POST)
    if not form.is_valid():
        return _about(request, user, form)
    if not proven_password(request, user, form.cleaned_data["password"], at=at):
        form.add_error("password", _("Mật khẩu không đúng, nên chưa thay đổi gì. Hãy nhập lại."))
        return _about(request, user, form)
    if wish == "replace":
        request.session[NEW_KEY] = ""
        return redirect("second_factor")
    if wish == "renew":
        reason = _("Lập mã dự phòng mới")
        return _show_codes(request, second_factor.renew_recovery_codes(user=user, at=at, by=user, reason=reason))
    return _detach(request, user, form.cleaned_data["password"], at=at)


def _detach(request: HttpRequest, user: User, password: str, *, at: datetime) -> HttpResponse:
    if account_rules.requires_second_factor(user):
        messages.error(request, _("Vai trò của bạn bắt buộc có mã xác thực, nên chỉ thay được, không gỡ được."))
        return redirect("second_factor")
    detach_second_factor(user=user, password=password, at=at)
    _mark_session(request, second_factor_given=False)
    messages.success(request, _("Đã gỡ mã xác thực. Từ nay bạn đăng nhập chỉ bằng mật khẩu."))
    return redirect("my_account")


def _about(request: HttpRequest, user: User, form: PasswordForm) -> HttpResponse:
    shown = {
        "form": form,
        "device": second_factor.device_of(user),
        "codes_left": second_factor.recovery_codes_left(user),
        "required": account_rules.requires_second_factor(user),
    }
    return render(request, "core/second_factor.html", shown)


def _show_codes(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Once, in the answer itself: they are stored as hashes only."""
    return render(request, "core/recovery_codes.html", {"codes": codes, "made": clock.today()})


def _mark_session(request: HttpRequest, *, second_factor_given: bool = True) -> None:
    session = guarded(request).session
    if session is not None:
        OpenSession.objects.filter(pk=session.pk).update(second_factor=second_factor_given)


def _kept_key(request: HttpRequest, user: User) -> bytes | None:
    try:
        return unseal(base64.b64decode(request.session.get(NEW_KEY, "")), about=_whose(user))
    except (Unreadable, binascii.Error):
        return None


def _whose(user: User) -> str:
    return f"new code key of {user.pk}"
