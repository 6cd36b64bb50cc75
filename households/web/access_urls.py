from django.urls import path

from households.web import accounts, grants, rights
from povertyportal.core.doors import needs, own_account

manager = needs("accounts.manage")
giver = needs("grants.give")

app_name = "access"
urlpatterns = [
    path("", own_account()(grants.my_grants), name="mine"),
    path("accounts/", needs("accounts.manage", asks=accounts.FILTERS)(accounts.account_list), name="accounts"),
    path("new-account/", manager(accounts.account_new), name="account_new"),
    path("accounts/<str:username>/", manager(accounts.account_detail), name="account"),
    path("accounts/<str:username>/sees/", manager(accounts.account_sees), name="account_sees"),
    path("accounts/<str:username>/grant/", giver(grants.give), name="give"),
    path("accounts/<str:username>/<slug:code>/", manager(accounts.account_change), name="account_change"),
    path("grants/<int:pk>/end/", giver(grants.end), name="end"),
    path("rights/", own_account(asks=["q"])(rights.rights), name="rights"),
    path("rights/signed/<int:pk>/", needs("rights.read")(rights.rights_review), name="rights_review"),
    path("rights/<slug:code>/", needs("rights.read", asks=["page"])(rights.rights_area), name="rights_area"),
]
