from django.urls import path, register_converter

from povertyportal.core.doors import own_account
from reports.web.addresses import YearsConverter
from reports.web.views import figures, upload, wrap_up

register_converter(YearsConverter, "years")

app_name = "reports"
urlpatterns = [
    path("", own_account()(wrap_up.index), name="index"),
    path("tong-ket/<slug:area>/<years:years>/", own_account(asks=["map"])(wrap_up.screen), name="wrap_up"),
    path("tong-ket/<slug:area>/<years:years>/pdf", own_account(asks=["map"])(wrap_up.pdf), name="wrap_up_pdf"),
    path("tong-ket/<slug:area>/<years:years>/json", own_account(asks=["map"])(wrap_up.as_json), name="wrap_up_json"),
    path("figures/", own_account(asks=figures.FILTERS)(figures.figure_list), name="figures"),
    path("figures/new/", own_account(asks=figures.NEW_FILTERS)(figures.figure_new), name="figure_new"),
    path("figures/upload/", own_account()(upload.figure_upload), name="figure_upload"),
    path("figures/upload/template", own_account()(upload.figure_template), name="figure_template"),
    path("figures/upload/example", own_account()(upload.figure_example), name="figure_example"),
    path("figures/<int:pk>/", own_account()(figures.figure_detail), name="figure"),
    path("figures/<int:pk>/correct/", own_account()(figures.figure_correct), name="figure_correct"),
]
