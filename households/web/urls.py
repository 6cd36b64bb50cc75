from django.urls import path

from households.web import area_changes, areas
from povertyportal.core.doors import needs

app_name = "areas"
urlpatterns = [
    path("", needs("areas.read", asks=["on", "q"])(areas.tree), name="tree"),
    path("changes/", needs("areas.propose", asks=["unit", "on"])(area_changes.choose), name="changes"),
    path("changes/<slug:kind>/", needs("areas.propose", asks=["unit", "on"])(area_changes.change), name="change"),
    path("<slug:code>/", needs("areas.read", asks=["on"])(areas.detail), name="detail"),
]
