from django.urls import include, path

from households.web import standards
from povertyportal.core.doors import needs

app_name = "standards"
urlpatterns = [
    path("", needs("standards.read")(standards.standard_list), name="list"),
    path("try/", include("households.web.classify_urls")),
    path("", include("households.web.paper_urls")),
    path("<slug:code>/", needs("standards.read", asks=["version"])(standards.standard_detail), name="detail"),
]
