from django.urls import path, register_converter

from povertyportal.core.doors import needs
from reports.web.access import ENTER, FIGURES, REPORTS
from reports.web.addresses import YearsConverter
from reports.web.views import figures, upload, wrap_up

register_converter(YearsConverter, "years")

report = needs(REPORTS, asks=["map"])

app_name = "reports"
urlpatterns = [
    path("", needs(REPORTS)(wrap_up.index), name="index"),
    path("tong-ket/<slug:area>/<years:years>/", report(wrap_up.screen), name="wrap_up"),
    path("tong-ket/<slug:area>/<years:years>/pdf", report(wrap_up.pdf), name="wrap_up_pdf"),
    path("tong-ket/<slug:area>/<years:years>/json", report(wrap_up.as_json), name="wrap_up_json"),
    path("figures/", needs(FIGURES, asks=figures.FILTERS)(figures.figure_list), name="figures"),
    path("figures/new/", needs(ENTER, asks=figures.NEW_FILTERS)(figures.figure_new), name="figure_new"),
    path("figures/upload/", needs(ENTER)(upload.figure_upload), name="figure_upload"),
    path("figures/upload/template", needs(ENTER)(upload.figure_template), name="figure_template"),
    path("figures/upload/example", needs(ENTER)(upload.figure_example), name="figure_example"),
    path("figures/<int:pk>/", needs(FIGURES)(figures.figure_detail), name="figure"),
    path("figures/<int:pk>/correct/", needs(ENTER)(figures.figure_correct), name="figure_correct"),
]
