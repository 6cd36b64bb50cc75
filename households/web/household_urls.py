from django.urls import path

from households.registry.visible import FULL_NUMBERS, READ
from households.web import (
    household_events,
    household_filters,
    household_history,
    household_numbers,
    household_search,
    household_task_urls,
    households,
)
from households.web.household_search_forms import ASKS
from povertyportal.core.doors import needs

app_name = "households"
urlpatterns = [
    path("", needs(READ, asks=[*ASKS, "page"])(household_search.household_list), name="list"),
    path("filters/", needs(READ)(household_filters.filter_save), name="filter_save"),
    path("filters/<int:pk>/delete/", needs(READ)(household_filters.filter_delete), name="filter_delete"),
    *household_task_urls.urlpatterns,
    path("<int:household>/", needs(READ, asks=["on"])(households.detail), name="detail"),
    path("<int:household>/numbers/", needs(FULL_NUMBERS, asks=["on"])(household_numbers.numbers), name="numbers"),
    path("<int:household>/events/", needs(READ, asks=["on", "page"])(household_events.events), name="events"),
    path("<int:household>/papers/", needs(READ, asks=["on"])(household_history.documents), name="documents"),
    path("<int:household>/history/", needs(READ, asks=["on", "page"])(household_history.history), name="history"),
]
