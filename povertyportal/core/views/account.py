"""Signing in and out, and changing one's own password."""

from django.contrib import messages
from django.contrib.auth import views
from django.contrib.auth.forms import PasswordChangeForm
from django.http import HttpResponse
from django.urls import reverse_lazy
from django.utils.translation import gettext as _

from povertyportal.core.forms import NewPasswordForm, SignInForm


class SignIn(views.LoginView):
    form_class = SignInForm
    redirect_authenticated_user = True


class SignOut(views.LogoutView):
    """POST only, so that no link or picture on another page can sign somebody out."""


class PasswordChange(views.PasswordChangeView):
    form_class = NewPasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        response = super().form_valid(form)
        messages.success(self.request, _("Đã đổi mật khẩu. Các phiên đăng nhập khác của tài khoản này đã kết thúc."))
        return response
