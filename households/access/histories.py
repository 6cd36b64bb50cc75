"""How the history of areas, accounts, rights and proposals is told, and to whom: the tables that households stand on."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from households.access.models import AccountUnit, Grant
from households.access.roles import role_title
from households.areas.models import Area, AreaSuccession, AreaTraits
from povertyportal.core.account_models import CodeDevice, RecoveryCode
from povertyportal.core.described import describe_history
from povertyportal.core.models import User
from povertyportal.records.kinds import kind_of
from povertyportal.records.models import Proposal

KEYS = ("search_key", "sort_key", "origin")


def people_within(areas: Collection[int], user: str = "pk") -> Q:
    """Condition on rows whose ``user`` works in one of these area versions, or holds or held a role there."""
    units = AccountUnit.objects.filter(area__in=areas).values("user_id")
    grants = Grant.objects.filter(area__in=areas).values("user_id")
    return Q(**{f"{user}__in": units}) | Q(**{f"{user}__in": grants})


def coded_within(areas: Collection[int]) -> Q:
    """Condition on rows with ``area_code`` and ``area_on``."""
    units = Area.objects.filter(id__in=areas, code=OuterRef("area_code"), validity__contains=OuterRef("area_on"))
    return Q(Exists(units))


def _traits_within(areas: Collection[int]) -> Q:
    units = Area.objects.filter(id__in=areas, code=OuterRef("code"), validity__overlap=OuterRef("validity"))
    return Q(Exists(units))


def register() -> None:
    """Called once, when the app is ready."""
    describe_history(
        Area,
        title=_("Đơn vị hành chính"),
        name="{type} {name} ({code})",
        within=lambda areas: Q(pgh_obj__in=areas),
        hidden=KEYS,
    )
    describe_history(
        AreaSuccession,
        title=_("Biến động đơn vị hành chính"),
        name="{from_area} → {to_area}",
        within=lambda areas: Q(from_area__in=areas) | Q(to_area__in=areas),
        hidden=KEYS,
    )
    describe_history(
        AreaTraits, title=_("Đặc điểm đơn vị hành chính"), name="{code}: {kind}", within=_traits_within, hidden=KEYS
    )
    describe_history(
        User,
        title=_("Tài khoản"),
        name="{full_name} ({username})",
        within=lambda areas: people_within(areas, "pgh_obj"),
    )
    describe_history(
        CodeDevice,
        title=_("Xác thực hai bước"),
        name="{user}",
        within=lambda areas: people_within(areas, "user"),
    )
    describe_history(
        RecoveryCode,
        title=_("Mã dự phòng"),
        name="{user}",
        within=lambda areas: people_within(areas, "user"),
    )
    describe_history(
        Grant,
        title=_("Quyền được giao"),
        name="{user}: {role}, {reach} {area}",
        words={"role": role_title},
        within=lambda areas: Q(area__in=areas),
    )
    describe_history(
        AccountUnit, title=_("Đơn vị công tác"), name="{user}: {reach} {area}", within=lambda areas: Q(area__in=areas)
    )
    describe_history(
        Proposal,
        title=_("Đề nghị chờ duyệt"),
        name="{subject}",
        within=coded_within,
        hidden=("payload", "digest"),
        words={"kind": lambda code: str(kind_of(code).title)},
    )
