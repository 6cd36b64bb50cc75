"""Below /standards/try/, inside the names of households.web.standard_urls."""

from django.urls import path

from households.web import trial
from households.web.trial_forms import FIELDS
from povertyportal.core.doors import needs

urlpatterns = [
    path("", needs("standards.read", asks=FIELDS)(trial.trial), name="try"),
    path("slip/", needs("standards.read")(trial.slip), name="try_slip"),
]
