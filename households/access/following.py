"""What becomes of rights when units change: a unit that goes on as it was takes its people along; where land was joined,
divided or a level ended, each right waits on the successor until a second person has approved it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.access.approvals import in_scope
from households.access.grants import GrantRefusedError, carry_grant, giving_scope
from households.access.models import Grant
from households.access.roles import catalogue, role_title
from households.access.workplaces import follow_units
from households.areas.changes import AppliedChange, ChangePlan
from households.areas.changes.followers import register_follower
from households.areas.models import Area, AreaSuccession
from households.areas.units import Extent
from povertyportal.core.models import User
from povertyportal.core.periods import on as valid_on
from povertyportal.records.kinds import ApprovalKind, ProposalRefusedError, register_kind
from povertyportal.records.models import Proposal
from povertyportal.records.proposals import propose
from povertyportal.vietnamese import format_date

KIND = "grants_after_change"


@dataclass(frozen=True, slots=True)
class Step:
    """Land of one unit that went to another, by code."""

    old: str
    new: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Occasion:
    """The day of the change, who carries it out, when and by which paper."""

    on: date
    by: User
    at: datetime
    reason: str


class Steps:
    """All of one change, indexed once: a province that ends moves hundreds of communes."""

    def __init__(self, steps: Iterable[Step]) -> None:
        self._from: dict[str, list[Step]] = {}
        self._into: dict[str, set[str]] = {}
        for step in steps:
            self._from.setdefault(step.old, []).append(step)
            self._into.setdefault(step.new, set()).add(step.old)

    def continuation(self, code: str) -> str | None:
        """The unit that goes on in place of this one and reaches no further: renamed, re-coded, moved, or the same with
        less land. None where land of others came in, or nothing goes on."""
        for step in self._from.get(code, ()):
            if self._into[step.new] == {code} and (step.whole or step.new == code):
                return step.new
        return None

    def heirs(self, code: str) -> list[str]:
        return [step.new for step in self._from.get(code, ())]


def preview(plan: ChangePlan) -> list[str]:
    """How many rights would be carried along, and how many would wait for approval."""
    steps = Steps(Step(link.from_code, link.to_code, link.extent is Extent.WHOLE) for link in plan.plan.links)
    on = plan.operation.on
    codes = [version.code for version in plan.plan.cut]
    ended = valid_on(Area.objects.filter(code__in=codes), on)
    gone = set(codes) - {version.code for version in plan.plan.made}
    above = {area.code: area for area in valid_on(Area.objects.filter(code__in={one.parent_code for one in ended}), on)}
    carried = asked = wider = lost = 0
    for grant in _standing(ended, on).select_related("area"):
        code, parent = (grant.area.code, grant.area.parent_code) if grant.area else ("", "")
        if steps.continuation(code):
            carried += 1
        elif steps.heirs(code):
            asked += 1
        elif parent in above and parent not in gone and _may_be_held(grant.role, above[parent]):
            wider += 1
        else:
            lost += 1
    return list(_counted(carried, asked, wider, lost))


def _counted(carried: int, asked: int, wider: int, lost: int) -> Iterator[str]:
    if carried:
        text = ngettext("%(count)s quyền được chuyển theo.", "%(count)s quyền được chuyển theo.", carried)
        yield text % {"count": carried}
    if asked:
        text = ngettext(
            "%(count)s quyền ngừng và chờ người có quyền giao duyệt trên đơn vị mới.",
            "%(count)s quyền ngừng và chờ người có quyền giao duyệt trên đơn vị mới.",
            asked,
        )
        yield text % {"count": asked}
    if wider:
        text = ngettext(
            "%(count)s quyền ngừng và chờ người có quyền giao duyệt trên đơn vị cấp trên, rộng hơn đơn vị cũ.",
            "%(count)s quyền ngừng và chờ người có quyền giao duyệt trên đơn vị cấp trên, rộng hơn đơn vị cũ.",
            wider,
        )
        yield text % {"count": wider}
    if lost:
        text = ngettext(
            "%(count)s quyền ngừng cùng đơn vị; cần thì giao quyền mới.",
            "%(count)s quyền ngừng cùng đơn vị; cần thì giao quyền mới.",
            lost,
        )
        yield text % {"count": lost}


def _may_be_held(role: str, area: Area) -> bool:
    known = catalogue().roles.get(role)
    return known is not None and area.level in known.levels


def follow(change: AppliedChange, by: User, at: datetime) -> None:
    """In the transaction of the change, after the new versions are written."""
    on = change.operation.on
    new = {area.code: area for area in change.made}
    names = {area.pk: area.code for area in (*change.ended, *change.made)}
    steps = Steps(Step(names[one.from_area_id], names[one.to_area_id], one.extent == "whole") for one in change.links)
    occasion = Occasion(on, by, at, change.operation.legal_basis or _("Thay đổi đơn vị hành chính"))
    grants = _standing(Area.objects.filter(pk__in=[area.pk for area in change.ended]), on)
    for grant in grants.select_related("user", "given_by", "area"):
        area = grant.area
        if area is None:
            continue
        if goes_on := steps.continuation(area.code):
            _carry(grant, new[goes_on], occasion)
            continue
        successors = [new[heir] for heir in steps.heirs(area.code)]
        _ask(grant, successors or _above(area, on), occasion, wider=not successors)
    follow_units(day=timezone.localdate(at), by=by, reason=occasion.reason)


def _standing(areas: QuerySet[Area], on: date) -> QuerySet[Grant]:
    lasting = Q(validity__isempty=False) & (Q(validity__endswith=None) | Q(validity__endswith__gt=on))
    return Grant.objects.filter(lasting, area__in=areas).order_by("pk")


def _above(area: Area, on: date) -> list[Area]:
    """Of a level that ended: the unit above it."""
    return list(valid_on(Area.objects.filter(code=area.parent_code), on))


def _carry(grant: Grant, to: Area, when: Occasion) -> Grant | None:
    try:
        return carry_grant(grant=grant, to=to, on=when.on, by=when.by, at=when.at, reason=when.reason)
    except GrantRefusedError:
        return None  # he holds the role there already


def _ask(grant: Grant, targets: list[Area], when: Occasion, *, wider: bool) -> None:
    for target in targets:
        if not _may_be_held(grant.role, target):
            continue
        propose(
            kind=KIND,
            subject=_("%(role)s của %(user)s ở %(place)s")
            % {"role": role_title(grant.role), "user": grant.user, "place": target.full_name},
            payload={"grant": grant.pk, "area": target.pk, "on": when.on.isoformat()},
            summary=_sentences(grant, target, wider, when.on),
            area_code=target.code,
            area_on=when.on,
            by=when.by,
            at=when.at,
            reason=when.reason,
        )


def _sentences(grant: Grant, target: Area, wider: bool, on: date) -> list[str]:
    told = {
        "user": f"{grant.user} ({grant.user.username})",
        "role": role_title(grant.role),
        "old": grant.place,
        "new": f"{target.full_name} ({target.code})",
        "day": format_date(on),
    }
    found = [
        _("%(old)s kết thúc từ ngày %(day)s; quyền “%(role)s” của %(user)s ở đó không còn tác dụng.") % told,
        _("Duyệt thì %(user)s giữ “%(role)s” ở %(new)s từ ngày %(day)s.") % told,
    ]
    if wider:
        found.append(
            _("Rộng hơn quyền cũ: %(new)s gồm cả phần ngoài %(old)s trước đây. Hãy cân nhắc giao hẹp hơn.") % told
        )
    return found


def _apply(proposal: Proposal, by: User, at: datetime) -> None:
    grant = Grant.objects.select_related("user", "given_by").get(pk=proposal.payload["grant"])
    target = Area.objects.get(pk=proposal.payload["area"])
    if grant.user_id == by.pk:
        raise ProposalRefusedError(_("Đây là quyền của chính bạn: người duyệt phải là người khác."))
    if grant.ended_at is not None or not grant.user.is_active:
        raise ProposalRefusedError(
            _("Quyền cũ đã bị thu hoặc tài khoản không còn hoạt động; hãy không duyệt đề nghị này.")
        )
    if not giving_scope(by, grant.role, day=timezone.localdate(at)).holds(target):
        raise ProposalRefusedError(_("Bạn không được giao vai trò “%s” ở đơn vị này.") % role_title(grant.role))
    when = Occasion(date.fromisoformat(proposal.payload["on"]), by, at, proposal.reason)
    try:
        given = carry_grant(grant=grant, to=target, on=when.on, by=by, at=at, reason=when.reason)
    except GrantRefusedError as refused:
        raise ProposalRefusedError(str(refused)) from refused
    _follow_since(given, target, when)


def _follow_since(grant: Grant, area: Area, when: Occasion) -> None:
    """The unit changed again while the right waited: it goes the way that the others went."""
    on: date | None = area.validity.upper
    if on is None or (grant.validity.upper is not None and grant.validity.upper <= on):
        return
    when = replace(when, on=on)
    successors = [link.to_area for link in AreaSuccession.objects.filter(from_area=area).select_related("to_area")]
    links = AreaSuccession.objects.filter(to_area__in=successors)
    told = links.values_list("from_area__code", "to_area__code", "extent")
    goes_on = Steps(Step(old, new, extent == "whole") for old, new, extent in told).continuation(area.code)
    if goes_on is None:
        _ask(grant, successors or _above(area, on), when, wider=not successors)
        return
    now = next(one for one in successors if one.code == goes_on)
    if carried := _carry(grant, now, when):
        _follow_since(carried, now, when)


def register() -> None:
    """Called once, when the app is ready."""
    register_follower(gettext_lazy("Quyền được giao"), preview, follow)
    register_kind(
        ApprovalKind(
            code=KIND,
            title=gettext_lazy("Quyền sau thay đổi đơn vị"),
            deciders=gettext_lazy("Cần người khác giữ quyền “Giao và thu quyền” trên đơn vị mới."),
            readable=lambda user, day: in_scope(user, "grants.give", "records.read", day=day),
            decidable=lambda user, day: in_scope(user, "grants.give", day=day),
            apply=_apply,
        )
    )
