"""How the history of survey rounds, their totals and their forms is told, and to whom."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from households.access.histories import coded_within
from households.areas.models import Area
from households.surveys.form_models import SurveyForm
from households.surveys.models import RoundTotals, SurveyRound
from povertyportal.core.described import describe_history


def _totals_within(areas: Collection[int]) -> Q:
    """Of communes on the map that the round was opened on."""
    rounds = SurveyRound.objects.filter(pk=OuterRef(OuterRef("round"))).values("area_on")
    units = Area.objects.filter(id__in=areas, code=OuterRef("commune_code"), validity__contains=rounds)
    return Q(Exists(units))


def _forms_within(areas: Collection[int]) -> Q:
    """Of villages and communes on the map that the round was opened on."""
    rounds = SurveyRound.objects.filter(pk=OuterRef(OuterRef("round"))).values("area_on")
    units = Area.objects.filter(id__in=areas, code=OuterRef("area_code"), validity__contains=rounds)
    return Q(Exists(units))


def register() -> None:
    """Called once, when the app is ready."""
    describe_history(SurveyRound, title=_("Đợt rà soát"), name="{code} {area_code}", within=coded_within)
    describe_history(
        SurveyForm,
        title=_("Phiếu rà soát"),
        name="{round}: {household}, {state}",
        within=_forms_within,
    )
    describe_history(
        RoundTotals,
        title=_("Tổng số hộ, nhân khẩu của xã"),
        name="{round}: {commune_code}",
        within=_totals_within,
    )
