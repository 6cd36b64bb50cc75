from django.urls import path

from households.review.rights import READ
from households.web.review import board, dossiers
from households.web.review.door_urls import AT_THE_DOOR
from households.web.review.law_urls import GONE_BY
from households.web.review.paper_urls import ON_PAPER
from households.web.review.superior_urls import UP_AND_DOWN
from households.web.review.village_urls import VILLAGES
from povertyportal.core.doors import needs

app_name = "review"
urlpatterns = [
    path("", needs(READ, asks=["round", "q", "page"])(dossiers.dossiers), name="list"),
    path("rounds/<int:round>/<slug:area>/<slug:code>/", needs(READ, asks=["page"])(board.opening), name="open"),
    path("<int:pk>/", needs(READ, asks=["page"])(board.board), name="board"),
    path("<int:pk>/steps/", needs(READ, asks=["page"])(board.steps), name="steps"),
    *VILLAGES,
    *AT_THE_DOOR,
    *ON_PAPER,
    *UP_AND_DOWN,
    *GONE_BY,
]
