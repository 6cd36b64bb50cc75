from django.urls import path

from households.review.rights import READ
from households.web.review import board
from households.web.review.door_urls import AT_THE_DOOR
from households.web.review.superior_urls import UP_AND_DOWN
from povertyportal.core.doors import needs

app_name = "review"
urlpatterns = [
    path("", needs(READ, asks=["round", "area", "page"])(board.dossiers), name="list"),
    path("rounds/<int:round>/<slug:area>/<slug:code>/", needs(READ)(board.opening), name="open"),
    path("<int:pk>/", needs(READ)(board.board), name="board"),
    *AT_THE_DOOR,
    *UP_AND_DOWN,
]
