"""Addresses of the papers, of a commune's package and of the texts."""

from django.urls import path

from households.review.rights import READ, TEXTS
from households.web.review import package, papers, texts
from povertyportal.core.doors import needs

ON_PAPER = [
    path("papers/<slug:code>.pdf", needs(READ, asks=["kind"])(papers.blank), name="blank"),
    path("papers/<slug:code>/<int:pk>.pdf", needs(READ, asks=["village", "tagged"])(papers.paper), name="paper"),
    path("papers/<slug:code>/<int:pk>.xlsx", needs(READ, asks=["village"])(papers.paper_sheet), name="paper_sheet"),
    path("<int:pk>/papers/", needs(READ)(papers.papers), name="papers"),
    path("<int:pk>/papers/package/", needs(READ)(package.start), name="package"),
    path("packages/<uuid:key>/", needs(READ)(package.job), name="package_job"),
    path("packages/<uuid:key>/state/", needs(READ)(package.state), name="package_state"),
    path("packages/<uuid:key>/cancel/", needs(READ)(package.cancel), name="package_cancel"),
    path("packages/files/<uuid:key>/", needs(READ)(package.file), name="package_file"),
    path("texts/", needs(TEXTS)(texts.texts), name="texts"),
    path("texts/<slug:code>/", needs(TEXTS)(texts.text), name="text"),
    path("texts/<slug:code>/<int:pk>.pdf", needs(TEXTS)(texts.version), name="text_version"),
]
