from django.urls import path

from households.web import areas
from povertyportal.core.doors import needs

app_name = "areas"
urlpatterns = [
    path("", needs("areas.read", asks=["on", "q"])(areas.tree), name="tree"),
    path("<slug:code>/", needs("areas.read", asks=["on"])(areas.detail), name="detail"),
]
