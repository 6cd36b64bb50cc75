from django.urls import include, path

from povertyportal.core.doors import open_to_strangers
from povertyportal.core.health import healthz

urlpatterns = [
    path("healthz", open_to_strangers()(healthz), name="healthz"),
    path("", include("povertyportal.core.urls")),
    path("areas/", include("households.web.urls")),
    path("households/", include("households.web.household_urls")),
    path("access/", include("households.web.access_urls")),
    path("rounds/", include("households.web.round_urls")),
    path("surveys/", include("households.web.desk.urls")),
    path("review/", include("households.web.review.urls")),
    path("standards/", include("households.web.standard_urls")),
    path("approvals/", include("households.web.approval_urls")),
    path("records/", include("households.web.records_urls")),
    path("reports/", include("reports.web.urls")),
]

handler400 = "povertyportal.core.views.errors.bad_request"
handler403 = "povertyportal.core.views.errors.permission_denied"
handler404 = "povertyportal.core.views.errors.page_not_found"
handler500 = "povertyportal.core.views.errors.server_error"
