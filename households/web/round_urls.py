from django.urls import path

from households.surveys.rounds import OPEN
from households.surveys.totals import ENTER
from households.web import round_steps, rounds, rounds_open, rounds_totals
from households.web.rounds import READ
from povertyportal.core.doors import needs

app_name = "rounds"
urlpatterns = [
    path("", needs(READ, asks=["year", "area", "page"])(rounds.round_list), name="list"),
    path("new/", needs(OPEN)(rounds_open.round_open), name="open"),
    path("<int:pk>/", needs(READ, asks=["page"])(rounds.detail), name="detail"),
    path("<int:pk>/totals/", needs(ENTER, asks=["page"])(rounds_totals.totals), name="totals"),
    path("<int:pk>/opening-standard/", needs(OPEN)(round_steps.bind), name="bind"),
    path("<int:pk>/withdraw/", needs(OPEN)(round_steps.withdraw), name="withdraw"),
]
