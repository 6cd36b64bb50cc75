from django.urls import path, register_converter

from households.web import records, records_files
from povertyportal.core.doors import needs

register_converter(records_files.FileKind, "file_kind")

CHANGES = ("person", "area", "table", "object", "since", "until", "q")
SIGN_INS = ("person", "kind", "address", "since", "until")
DISPLAYS = ("person", "since", "until", "q")

app_name = "records"
urlpatterns = [
    path("", needs(records.READ, asks=[*CHANGES, "page"])(records.changes), name="changes"),
    path("sign-ins/", needs(records.READ, asks=[*SIGN_INS, "page"])(records.sign_ins), name="sign_ins"),
    path("displays/", needs(records.READ, asks=[*DISPLAYS, "page"])(records.displays), name="displays"),
    path(
        "changes.<file_kind:kind>", needs(records.READ, asks=CHANGES)(records_files.changes_file), name="changes_file"
    ),
    path(
        "sign-ins.<file_kind:kind>",
        needs(records.READ, asks=SIGN_INS)(records_files.sign_ins_file),
        name="sign_ins_file",
    ),
    path(
        "displays.<file_kind:kind>",
        needs(records.READ, asks=DISPLAYS)(records_files.displays_file),
        name="displays_file",
    ),
]
