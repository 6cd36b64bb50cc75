"""What the reports put into the menu and on the home page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation
from reports.web.views.wrap_up import offers

SHOWN = 6


def wrap_up_links(request: HttpRequest) -> Iterable[Link]:
    for offer in offers()[:SHOWN]:
        note = _("theo địa giới ngày %(day)s") % {"day": offer.boundary_on}
        yield Link(f"{offer.option.area.full_name}, {offer.period}", offer.url, note)


def register() -> None:
    register_navigation(Item(gettext_lazy("Số liệu đã công bố"), "reports:figures", order=40, icon="table"))
    register_navigation(Item(gettext_lazy("Báo cáo"), "reports:index", order=60, icon="report"))
    register_home_card(
        Card(
            title=gettext_lazy("Báo cáo tổng kết giai đoạn"),
            text=gettext_lazy("Viết từ số liệu đã công bố, xem trên màn hình hoặc tải bản in theo Nghị định 30/2020."),
            order=60,
            links=wrap_up_links,
            icon="report",
        )
    )
