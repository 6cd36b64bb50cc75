"""What others have to know of the review: how its history is told and to whom, what merging households does to it."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from households.areas.models import Area
from households.registry.merging.relations import How, declare_merge
from households.registry.places import named_place
from households.review.door import decided_in
from households.review.models import Complaint, Dossier, DossierPart, Intake
from households.review.superior_models import DecisionLine, Opinion, SubjectRequest
from households.surveys.form_models import SurveyForm
from households.surveys.forms.listing import register_closed
from households.surveys.forms.returning import register_holding_back
from households.surveys.hanging import register_hanging
from households.surveys.models import SurveyRound
from povertyportal.core.described import describe_history
from povertyportal.vietnamese import format_date


def _received_within(areas: Collection[int]) -> Q:
    """Of communes as they were when the paper was received."""
    units = Area.objects.filter(id__in=areas, code=OuterRef("commune_code"), validity__contains=OuterRef("received_on"))
    return Q(Exists(units))


def _dossier_within(areas: Collection[int], dossier: str, code: str) -> Q:
    """Of communes and villages on the map that the round of the dossier was opened on."""
    maps = Dossier.objects.filter(pk=OuterRef(OuterRef(dossier))).values("round__area_on")
    if code == "area_code":
        return Q(Exists(Area.objects.filter(id__in=areas, code=OuterRef(code), validity__contains=maps)))
    rows = Dossier.objects.filter(pk=OuterRef(dossier))
    units = Area.objects.filter(id__in=areas, code=OuterRef("area_code"), validity__contains=OuterRef("round__area_on"))
    return Q(Exists(rows.filter(Exists(units))))


def _complaint_within(areas: Collection[int]) -> Q:
    units = Area.objects.filter(
        id__in=areas, code=OuterRef("area_code"), validity__contains=OuterRef("dossier__round__area_on")
    )
    return Q(Exists(DossierPart.objects.filter(Exists(units), pk=OuterRef("part"))))


def _decided_on(form: SurveyForm) -> str:
    """What a decision rests on stays as it was; a wrong one is put right by another."""
    line = DecisionLine.objects.filter(form=form).select_related("decision").order_by("pk").first()
    if line is None:
        return ""
    told = {"number": line.decision.number, "day": format_date(line.decision.decided_on)}
    message = gettext(
        "Đã có Quyết định %(number)s ngày %(day)s theo phiếu này; muốn sửa thì đính chính bằng quyết định khác."
    )
    return message % told


def _list_closed(round: SurveyRound, area_code: str, why: str) -> str:
    """After the decision nobody comes to the list: he would be in no decision of the round."""
    commune = named_place(area_code, on=round.area_on).commune
    found = decided_in(round, commune.code, why) if commune else None
    if found is None:
        return ""
    message = gettext(
        "Hồ sơ của xã trong đợt %s đã ra quyết định: hãy đưa hộ vào đợt sau (rà soát thường xuyên từ ngày 15)."
    )
    return message % round.code


def _told_of(round: SurveyRound) -> str:
    count = Dossier.objects.filter(round=round).count()
    return ngettext("%(count)s hồ sơ rà soát", "%(count)s hồ sơ rà soát", count) % {"count": count} if count else ""


def register() -> None:
    """Called once, when the app is ready."""
    register_holding_back(_decided_on)
    register_closed(_list_closed)
    register_hanging("households.Dossier.round", _told_of)
    describe_history(
        Intake, title=_("Giấy đề nghị đã nhận"), name="{number}/{year}: {applicant}, {state}", within=_received_within
    )
    describe_history(
        Dossier,
        title=_("Hồ sơ rà soát của xã"),
        name="{round}: {procedure}, {state}",
        within=lambda areas: _dossier_within(areas, "pgh_obj", "area_code"),
    )
    describe_history(
        DossierPart,
        title=_("Hồ sơ rà soát của thôn"),
        name="{dossier}: {area_code}, {state}",
        within=lambda areas: _dossier_within(areas, "dossier", "area_code"),
    )
    describe_history(Complaint, title=_("Khiếu nại"), name="{complainant}, {received_on}", within=_complaint_within)
    describe_history(
        Opinion,
        title=_("Xin ý kiến cấp trên"),
        name="{dossier}: {answer}",
        within=lambda areas: _dossier_within(areas, "dossier", ""),
        hidden=("shown",),
    )
    describe_history(
        SubjectRequest,
        title=_("Yêu cầu của chủ thể dữ liệu"),
        name="{applicant}, {received_on}",
        within=_received_within,
    )
    declare_merge("households.Intake.household", How.MOVES)
    declare_merge("households.DecisionLine.household", How.STAYS)
    declare_merge("households.SubjectRequest.household", How.MOVES)
    declare_merge("households.SubjectRequest.person", How.MOVES)
