"""Addresses of what is done in the villages: meeting, posting, complaints."""

from django.urls import path

from households.review.rights import READ, VILLAGE
from households.web.review import complaints, meeting, panel, posting, proposing, village
from povertyportal.core.doors import needs

VILLAGES = [
    path("<int:pk>/villages/<slug:code>/", needs(READ, asks=["page", "show"])(village.village), name="village"),
    path("<int:pk>/villages/<slug:code>/end/", needs(VILLAGE)(village.end), name="end"),
    path("<int:pk>/villages/<slug:code>/meeting/", needs(VILLAGE)(meeting.meeting), name="meeting"),
    path(
        "<int:pk>/villages/<slug:code>/complain/", needs(VILLAGE, asks=["form"])(complaints.complain), name="complain"
    ),
    path("<int:pk>/posting/", needs(VILLAGE, asks=["village", "turn"])(posting.post), name="post"),
    path("<int:pk>/take-down/", needs(VILLAGE)(posting.down), name="take_down"),
    path("<int:pk>/complaints/", needs(READ, asks=["page"])(complaints.complaints), name="complaints"),
    path("<int:pk>/complaints/<int:complaint>/", needs(READ)(complaints.complaint), name="complaint"),
    path("<int:pk>/forms/<int:form>/propose/", needs(VILLAGE)(proposing.propose), name="propose"),
    path("households/<int:household>/", needs(READ, asks=["on"])(panel.household), name="household"),
]
