from django.urls import path

from households.web import approvals
from povertyportal.core.doors import own_account

app_name = "approvals"
urlpatterns = [
    path("", own_account(asks=["show", "page"])(approvals.approval_list), name="list"),
    path("<int:pk>/", own_account()(approvals.approval_detail), name="detail"),
]
