"""The locked screen: what the page's script asks, the page for browsers without it, and the form that came too late."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from povertyportal.core import clock, kept_forms, sessions
from povertyportal.core.forms import PasswordForm
from povertyportal.core.models import User
from povertyportal.core.proofs import proven_password
from povertyportal.core.session_guard import account_of, guarded, wants_data
from povertyportal.core.sessions import State
from povertyportal.core.views.account import entrance

LONGEST_REMEMBERED = timedelta(minutes=2)  # how far back the page's script may say that something was done


@require_safe
def session_state(request: HttpRequest) -> JsonResponse:
    """For the page's script: whether the screen is locked, whose session it is, and the token for forms still on the page."""
    state = guarded(request).state
    return JsonResponse({"state": str(state), "user": request.user.pk, "token": get_token(request)})


@require_POST
def session_ping(request: HttpRequest) -> JsonResponse:
    """Somebody typed or clicked in a page that asked nothing of the server; ``idle``: milliseconds since then."""
    found = guarded(request).session
    idle = request.POST.get("idle", "0")
    ago = timedelta(milliseconds=int(idle[:9]) if idle.isascii() and idle.isdigit() else 0)
    if found is not None:
        sessions.note_activity(found, at=clock.now() - min(ago, LONGEST_REMEMBERED))
    return JsonResponse({"state": str(State.OPEN)})


@require_POST
def session_lock(request: HttpRequest) -> HttpResponse:
    """By the page's script when nobody has done anything for long, or by the menu before leaving the desk."""
    found = guarded(request).session
    if found is not None:
        sessions.lock(found, at=clock.now(), request=request)
    if wants_data(request):
        return JsonResponse({"state": str(State.LOCKED)})
    return redirect("unlock")


@require_http_methods(["GET", "HEAD", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """The password opens the session again, also for accounts with a second factor: that was given at the sign-in."""
    user, found = account_of(request), guarded(request)
    target = _target(request)
    if found.state is not State.LOCKED or found.session is None:
        return _opened(request, user, target)
    form = PasswordForm(request.POST or None)
    form.fields["password"].widget.attrs["autofocus"] = True
    if form.is_valid():
        if proven_password(request, user, form.cleaned_data["password"], at=clock.now()):
            sessions.unlock(found.session, at=clock.now(), request=request)
            return _opened(request, user, target)
        form.add_error("password", _("Mật khẩu không đúng. Hãy kiểm tra phím Caps Lock và bộ gõ tiếng Việt."))
        found.session.refresh_from_db()
        if found.session.ended_at is not None:
            return _ended(request)
    if wants_data(request):
        sentence = " ".join(str(error) for errors in form.errors.values() for error in errors)
        return JsonResponse({"state": str(State.LOCKED), "sentence": sentence}, status=403)
    shown = {
        "form": form,
        "next": target,
        "kept": kept_forms.kept_for(user, at=clock.now()),
        "lost": request.GET.get("lost") == "1",
    }
    return render(request, "core/unlock.html", shown)


def _opened(request: HttpRequest, user: User, target: str) -> HttpResponse:
    if wants_data(request):
        return JsonResponse({"state": str(State.OPEN), "token": get_token(request)})
    return HttpResponseRedirect(entrance(user, target))


def _ended(request: HttpRequest) -> HttpResponse:
    sentence = _("Nhập sai mật khẩu %(count)d lần nên phiên đã kết thúc. Hãy đăng nhập lại.")
    sentence %= {"count": sessions.WRONG_UNLOCKS}
    if wants_data(request):
        return JsonResponse({"state": str(State.ENDED), "sentence": sentence}, status=401)
    messages.error(request, sentence)
    return redirect("login")


def _target(request: HttpRequest) -> str:
    target = request.POST.get("next") or request.GET.get("next") or ""
    own = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if own else reverse("home")


@require_http_methods(["GET", "HEAD", "POST"])
def kept_form(request: HttpRequest) -> HttpResponse:
    """The form that was sent too late: send it now, or drop it (POST)."""
    user = account_of(request)
    if request.method == "POST":
        kept_forms.drop(user)
        messages.info(request, _("Đã bỏ biểu mẫu chờ gửi; chưa có gì được lưu từ nó."))
        return redirect("home")
    kept = kept_forms.kept_for(user, at=clock.now())
    if kept is None:
        return redirect("home")
    return render(request, "core/kept_form.html", {"kept": kept, "field": kept_forms.FIELD})
