"""Addresses of the list, the superior's opinion, the decisions and the certificates."""

from django.urls import path

from households.review.rights import LEAD, OPINE, READ
from households.web.review import answer, certificates, decide, decisions, inbox, steps
from povertyportal.core.doors import needs

UP_AND_DOWN = [
    path("inbox/", needs(OPINE, asks=["show", "page"])(inbox.inbox), name="inbox"),
    path("<int:pk>/compile/", needs(READ, asks=["show", "page"])(steps.compiling), name="compile"),
    path("<int:pk>/ask/", needs(READ)(steps.asking), name="ask"),
    path("<int:pk>/answer/", needs(READ, asks=["show", "page"])(answer.answering), name="answer"),
    path("<int:pk>/decide/", needs(READ, asks=decide.ASKS)(decide.deciding), name="decide"),
    path("<int:pk>/decide/<slug:name>.pdf", needs(LEAD, asks=["on"])(decide.preview), name="preview"),
    path("<int:pk>/decisions/", needs(READ)(decisions.decisions), name="decisions"),
    path("decisions/<int:pk>/", needs(READ, asks=["page"])(decisions.decision), name="decision"),
    path("decisions/<int:pk>/correct/", needs(LEAD, asks=["q"])(decisions.correcting), name="correct"),
    path("<int:pk>/certificates/", needs(READ, asks=["page"])(certificates.certificates), name="certificates"),
    path("certificates/<int:pk>/reprint/", needs(LEAD)(certificates.printing_again), name="reprint"),
]
