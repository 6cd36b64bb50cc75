from django.urls import path

from povertyportal.core.doors import open_to_strangers, own_account
from povertyportal.core.views import account, account_factor, account_lock, account_sessions, home, preferences

urlpatterns = [
    path("", own_account()(home.home), name="home"),
    path("sign-in/", open_to_strangers(asks=["next"])(account.SignIn.as_view()), name="login"),
    path("sign-in/code/", open_to_strangers()(account.sign_in_code), name="sign_in_code"),
    path("sign-out/", open_to_strangers()(account.SignOut.as_view()), name="logout"),
    path("account/", own_account()(account.my_account), name="my_account"),
    path("account/second-factor/", own_account()(account_factor.second_factor_page), name="second_factor"),
    path("account/sessions/", own_account()(account_sessions.my_sessions), name="my_sessions"),
    path("password/", own_account()(account.password_change), name="password_change"),
    path("unlock/", own_account(asks=["next", "lost"])(account_lock.unlock), name="unlock"),
    path("kept-form/", own_account()(account_lock.kept_form), name="kept_form"),
    path("session/", own_account()(account_lock.session_state), name="session_state"),
    path("session/ping/", own_account()(account_lock.session_ping), name="session_ping"),
    path("session/lock/", own_account()(account_lock.session_lock), name="session_lock"),
    path("language/", open_to_strangers()(preferences.set_language), name="set_language"),
    path("theme/", open_to_strangers()(preferences.set_theme), name="set_theme"),
]
