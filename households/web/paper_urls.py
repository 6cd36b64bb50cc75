"""Blank forms of a standard, inside the names of households.web.standard_urls."""

from django.urls import path

from households.web import papers
from povertyportal.core.doors import needs

urlpatterns = [
    path(
        f"<slug:code>/{file}.pdf",
        needs("standards.read", asks=["variant"])(papers.blank),
        {"form": form},
        name=f"form_{form}",
    )
    for form, file in (("a", "phieu-a"), ("b", "phieu-b"), ("viii", "phu-luc-viii"))
]
