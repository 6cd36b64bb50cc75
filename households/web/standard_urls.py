from django.urls import include, path, re_path

from households.web import (
    b1_tables,
    b1_upload,
    standard_compare,
    standard_entry,
    standard_files,
    standard_steps,
    standards,
)
from povertyportal.core.doors import needs

app_name = "standards"
READ, PROPOSE = needs("standards.read"), needs("standards.propose")
CODE = "(?P<code>[-a-zA-Z0-9_]+)"
urlpatterns = [
    path("", needs("standards.read")(standards.standard_list), name="list"),
    path("new/", PROPOSE(standard_entry.new_local), name="new"),
    path("new/document/", PROPOSE(standard_entry.new_document), name="new_document"),
    path("compare/", needs("standards.read", asks=["left", "right"])(standard_compare.compared), name="compare"),
    path("try/", include("households.web.classify_urls")),
    path("", include("households.web.paper_urls")),
    path("<slug:code>/b1/", READ(b1_tables.b1_list), name="b1"),
    path("<slug:code>/b1/new/", PROPOSE(b1_upload.b1_new), name="b1_new"),
    path("<slug:code>/b1/demonstration/", READ(b1_tables.b1_demonstration), name="b1_demonstration"),
    re_path(rf"^{CODE}/b1/template\.(?P<kind>csv|xlsx)$", READ(b1_upload.b1_template), name="b1_template"),
    path("<slug:code>/b1/<int:version>/", READ(b1_tables.b1_table), name="b1_table"),
    re_path(
        rf"^{CODE}/b1/(?P<version>[0-9]{{1,6}})/points\.(?P<kind>csv|xlsx)$",
        READ(b1_upload.b1_points),
        name="b1_points",
    ),
    path("<slug:code>/b1/<int:version>/<slug:step>/", PROPOSE(b1_tables.b1_step), name="b1_step"),
    re_path(
        rf"^{CODE}/(?P<version>[0-9]{{1,6}})/document\.(?P<kind>toml|json)$",
        READ(standard_files.document),
        name="document",
    ),
    path("<slug:code>/<int:version>/<slug:step>/", PROPOSE(standard_steps.step), name="step"),
    path("<slug:code>/", needs("standards.read", asks=["version"])(standards.standard_detail), name="detail"),
]
