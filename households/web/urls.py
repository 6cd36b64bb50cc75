from django.urls import path

from households.web import areas
from povertyportal.core.doors import own_account

app_name = "areas"
urlpatterns = [
    path("", own_account(asks=["on", "q"])(areas.tree), name="tree"),
    path("<slug:code>/", own_account(asks=["on"])(areas.detail), name="detail"),
]
