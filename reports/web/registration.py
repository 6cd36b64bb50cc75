"""What the reports put into the menu and on the home page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import Scope
from households.access.visible import register_visible_count
from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation
from reports.web.access import ENTER, FIGURES, REPORTS, within
from reports.web.views.wrap_up import offers

SHOWN = 6


def wrap_up_links(request: HttpRequest) -> Iterable[Link]:
    """The newest first; what does not fit is counted, with the way to it."""
    found = sorted(offers(request.user), key=lambda offer: offer.option.newest, reverse=True)
    for offer in found[:SHOWN]:
        note = _("viết từ %(count)s số liệu, theo địa giới ngày %(day)s") % {
            "count": offer.option.figures,
            "day": offer.boundary_on,
        }
        yield Link(f"{offer.option.area.full_name}, {offer.period}", offer.url, note)
    if len(found) > SHOWN:
        note = _("còn %(more)s báo cáo chưa nêu ở đây") % {"more": len(found) - SHOWN}
        yield Link(_("Tất cả %(count)s báo cáo") % {"count": len(found)}, reverse("reports:index"), note)


def figure_links(request: HttpRequest) -> Iterable[Link]:
    yield Link(_("Tra cứu số liệu"), reverse("reports:figures"), _("lọc theo địa bàn, chỉ tiêu, chương trình, năm"))
    if getattr(request.user, "has_perm", lambda right: False)(ENTER):
        yield Link(_("Nhập một số liệu"), reverse("reports:figure_new"), _("ghi đúng con số trong văn bản"))
        yield Link(_("Nạp nhiều số liệu từ tệp"), reverse("reports:figure_upload"), _("tệp CSV, có mẫu để tải về"))


def figures_seen(scope: Scope) -> int:
    return within(scope).count()


def register() -> None:
    register_visible_count(gettext_lazy("số liệu đã công bố"), FIGURES, figures_seen)
    register_navigation(
        Item(gettext_lazy("Số liệu đã công bố"), "reports:figures", order=40, permission=FIGURES, icon="table")
    )
    register_navigation(Item(gettext_lazy("Báo cáo"), "reports:index", order=60, permission=REPORTS, icon="report"))
    register_home_card(
        Card(
            title=gettext_lazy("Báo cáo tổng kết giai đoạn"),
            text=gettext_lazy("Viết từ số liệu đã công bố, xem trên màn hình hoặc tải bản in theo Nghị định 30/2020."),
            order=10,
            links=wrap_up_links,
            permission=REPORTS,
            icon="report",
        )
    )
    register_home_card(
        Card(
            title=gettext_lazy("Số liệu đã công bố"),
            text=gettext_lazy("Con số trong văn bản của các cơ quan, giữ nguyên như đã công bố, kèm mọi lần sửa."),
            order=15,
            links=figure_links,
            permission=FIGURES,
            icon="table",
        )
    )
