"""Addresses of the desk at the commune's door: papers handed in, letters that say no, requests of data subjects."""

from django.urls import URLPattern, path

from households.review.rights import INTAKE, LEAD, READ
from households.web.review import intakes, refusals, registers, subjects
from povertyportal.core.doors import needs

AT_THE_DOOR: list[URLPattern] = [
    path("intake/", needs(READ, asks=intakes.ASKS)(intakes.intakes), name="intakes"),
    path("intake/register.xlsx", needs(READ, asks=intakes.ASKS)(registers.intakes_file), name="intakes_file"),
    path("intake/new/", needs(INTAKE, asks=["household"])(intakes.intake_new), name="intake_new"),
    path("intake/<int:pk>/", needs(READ)(intakes.intake), name="intake"),
    path("intake/<int:pk>/list/", needs(INTAKE)(intakes.intake_list), name="intake_list"),
    path("intake/<int:pk>/withdraw/", needs(INTAKE)(intakes.intake_withdraw), name="intake_withdraw"),
    path("intake/<int:pk>/refuse/", needs(LEAD)(refusals.intake_refuse), name="intake_refuse"),
    path("refusals/", needs(READ, asks=refusals.ASKS)(refusals.refusals), name="refusals"),
    path(
        "refusals/register.xlsx",
        needs(READ, asks=refusals.ASKS)(registers.refusals_file),
        name="refusals_file",
    ),
    path("<int:pk>/refusals/", needs(READ, asks=["page"])(refusals.refuse), name="refuse"),
    path("requests/", needs(READ, asks=subjects.ASKS)(subjects.subjects), name="subjects"),
    path(
        "requests/register.xlsx",
        needs(READ, asks=subjects.ASKS)(registers.subjects_file),
        name="subjects_file",
    ),
    path("requests/new/", needs(INTAKE, asks=["household"])(subjects.subject_new), name="subject_new"),
    path("requests/<int:pk>/", needs(READ)(subjects.subject), name="subject"),
]
