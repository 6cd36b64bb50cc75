"""What this person may do with the map, as links for the home page."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from households.access.scope import grants_with
from households.areas.units import Level
from povertyportal.core.clock import today
from povertyportal.core.models import User
from povertyportal.core.navigation import Link

SHOWN = 5


def map_tasks(request: HttpRequest) -> Iterator[Link]:
    """At most 3 queries."""
    user = request.user
    if not isinstance(user, User):
        return
    if user.has_perm("areas.propose"):
        note = _("sáp nhập, chia, đổi tên, đổi mã, bỏ cấp huyện … theo nghị quyết; người khác duyệt")
        yield Link(_("Đề nghị thay đổi đơn vị hành chính"), reverse("areas:changes"), note)
    if not user.has_perm("villages.manage"):
        return
    grants = grants_with(user, "villages.manage", day=today()).filter(area__level=Level.COMMUNE)
    for grant in grants.select_related("area").order_by("area__sort_key")[:SHOWN]:
        if grant.area is not None:
            title = _("Thôn, tổ dân phố của %s") % grant.area.full_name
            yield Link(title, reverse("areas:villages", args=[grant.area.code]), _("thêm, đổi tên, sáp nhập"))
    yield Link(_("Nạp thôn, tổ dân phố từ tệp"), reverse("areas:village_upload"), _("cả danh sách một lần"))
