from django.urls import path

from households.web import area_changes, areas, village_files, villages
from povertyportal.core.doors import needs

app_name = "areas"
urlpatterns = [
    path("", needs("areas.read", asks=["on", "q"])(areas.tree), name="tree"),
    path("changes/", needs("areas.propose", asks=["unit", "on"])(area_changes.choose), name="changes"),
    path("changes/<slug:kind>/", needs("areas.propose", asks=["unit", "on"])(area_changes.change), name="change"),
    path("villages/upload/", needs("villages.manage")(village_files.village_upload), name="village_upload"),
    path("villages/mau-thon.csv", needs("villages.manage")(village_files.village_template), name="village_template"),
    path("villages/<slug:code>/rename/", needs("villages.manage")(villages.village_rename), name="village_rename"),
    path("villages/<slug:code>/correct/", needs("villages.manage")(villages.village_correct), name="village_correct"),
    path("villages/<slug:code>/close/", needs("villages.manage")(villages.village_close), name="village_close"),
    path("<slug:code>/villages/", needs("areas.read", asks=["on"])(villages.village_list), name="villages"),
    path("<slug:code>/villages/new/", needs("villages.manage")(villages.village_new), name="village_new"),
    path("<slug:code>/villages/merge/", needs("villages.manage")(villages.village_merge), name="village_merge"),
    path("<slug:code>/", needs("areas.read", asks=["on"])(areas.detail), name="detail"),
]
