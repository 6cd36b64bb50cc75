from django.urls import path, register_converter

from reports.web.addresses import YearsConverter
from reports.web.views import figures, upload, wrap_up

register_converter(YearsConverter, "years")

app_name = "reports"
urlpatterns = [
    path("", wrap_up.index, name="index"),
    path("tong-ket/<slug:area>/<years:years>/", wrap_up.screen, name="wrap_up"),
    path("tong-ket/<slug:area>/<years:years>/pdf", wrap_up.pdf, name="wrap_up_pdf"),
    path("tong-ket/<slug:area>/<years:years>/json", wrap_up.as_json, name="wrap_up_json"),
    path("figures/", figures.figure_list, name="figures"),
    path("figures/new/", figures.figure_new, name="figure_new"),
    path("figures/upload/", upload.figure_upload, name="figure_upload"),
    path("figures/upload/template", upload.figure_template, name="figure_template"),
    path("figures/upload/example", upload.figure_example, name="figure_example"),
    path("figures/<int:pk>/", figures.figure_detail, name="figure"),
    path("figures/<int:pk>/correct/", figures.figure_correct, name="figure_correct"),
]
