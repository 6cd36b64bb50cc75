from django.urls import path

from households.web import standards
from povertyportal.core.doors import needs

app_name = "standards"
urlpatterns = [
    path("", needs("standards.read")(standards.standard_list), name="list"),
    path("<slug:code>/", needs("standards.read", asks=["version"])(standards.standard_detail), name="detail"),
]
