from django.urls import path

from povertyportal.core.doors import open_to_strangers, own_account
from povertyportal.core.views import account, home, preferences

urlpatterns = [
    path("", own_account()(home.home), name="home"),
    path("sign-in/", open_to_strangers(asks=["next"])(account.SignIn.as_view()), name="login"),
    path("sign-out/", own_account()(account.SignOut.as_view()), name="logout"),
    path("password/", own_account()(account.PasswordChange.as_view()), name="password_change"),
    path("language/", open_to_strangers()(preferences.set_language), name="set_language"),
    path("theme/", open_to_strangers()(preferences.set_theme), name="set_theme"),
]
