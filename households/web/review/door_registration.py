"""What the review puts into the menu, and its desk at the commune's door on the home page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import scope_of
from households.review.progress import at_the_door
from households.review.rights import INTAKE, READ
from povertyportal.core.clock import today
from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation


def register() -> None:
    register_navigation(Item(gettext_lazy("Rà soát"), "review:list", order=13, permission=READ, icon="check"))
    register_home_card(
        Card(
            title=gettext_lazy("Tiếp nhận, trả lời"),
            text=gettext_lazy("Giấy đề nghị của dân, văn bản không công nhận, yêu cầu về dữ liệu cá nhân."),
            order=4,
            links=door_links,
            permission=READ,
            icon="user",
        )
    )


def door_links(request: HttpRequest) -> Iterable[Link]:
    day = today()
    waits = at_the_door(scope_of(request.user, READ, day=day), day)
    papers = _("%s giấy chờ đưa vào danh sách") % waits.papers if waits.papers else _("sổ nhận Mẫu 01, Mẫu 04")
    if waits.papers_late:
        papers += _(", %s quá ngày hẹn trả") % waits.papers_late
    yield Link(_("Giấy đề nghị"), reverse("review:intakes"), papers)
    if getattr(request.user, "has_perm", lambda right: False)(INTAKE):
        yield Link(_("Nhận giấy đề nghị"), reverse("review:intake_new"), _("vào sổ, in giấy hẹn"))
    yield Link(_("Văn bản không công nhận"), reverse("review:refusals"), _("trả lời có lý do"))
    asked = _("%s chưa trả lời") % waits.requests if waits.requests else _("xem, sửa, phản đối")
    if waits.today:
        asked += _(", %s phải trả lời hôm nay") % waits.today
    if waits.late:
        asked += _(", %s quá hạn") % waits.late
    yield Link(_("Yêu cầu về dữ liệu cá nhân"), reverse("review:subjects"), asked)
