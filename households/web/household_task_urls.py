"""Addresses under which something is recorded; household_urls takes them in."""

from django.urls import path

from households.registry.visible import WRITE
from households.web import household_tasks, household_tasks_new, household_withdraw
from households.web.duplicates import DECIDE, duplicate_decide, duplicate_list
from households.web.household_again import ASKS
from povertyportal.core.doors import needs

urlpatterns = [
    path("new/", needs(WRITE, asks=["place"])(household_tasks_new.household_new), name="new"),
    path("duplicates/", needs(DECIDE, asks=["page"])(duplicate_list), name="duplicates"),
    path("duplicates/<int:first>/<int:second>/", needs(DECIDE)(duplicate_decide), name="duplicate"),
    path("<int:household>/do/<slug:task>/", needs(WRITE, asks=[ASKS])(household_tasks.household_task), name="task"),
    path(
        "<int:household>/events/<int:event>/withdraw/", needs(WRITE)(household_withdraw.event_withdraw), name="withdraw"
    ),
    path(
        "<int:household>/persons/<int:person>/correct/",
        needs(WRITE)(household_tasks.correct_person_task),
        name="correct_person",
    ),
]
