"""What the registry puts into the menu, on the home page and on the household's own page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import Scope
from households.access.visible import register_visible_count
from households.registry.finding.filters import Filters
from households.registry.finding.search import people
from households.registry.visible import READ, WRITE
from households.web.household_events import TITLE as EVENTS
from households.web.household_history import DOCUMENTS, HISTORY
from households.web.panels import Panel, register_panel
from povertyportal.core.clock import today
from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation


def register() -> None:
    register_navigation(Item(gettext_lazy("Hộ gia đình"), "households:list", order=10, permission=READ, icon="people"))
    register_home_card(
        Card(
            title=gettext_lazy("Hộ gia đình"),
            text=gettext_lazy(
                "Tìm theo tên, số định danh, mã hộ; ai trong hộ, ở đâu, từng năm được công nhận thế nào."
            ),
            order=3,
            links=household_links,
            permission=READ,
            icon="people",
        )
    )
    register_visible_count(gettext_lazy("Hộ gia đình đang ở trong địa bàn"), READ, households_seen)
    register_panel(Panel(EVENTS, READ, "households:events", order=10))
    register_panel(Panel(DOCUMENTS, READ, "households:documents", order=50))
    register_panel(Panel(HISTORY, READ, "households:history", order=90))


def households_seen(scope: Scope) -> int:
    day = today()
    return people(scope, day, day=day, filters=Filters(head=True, gone=False)).count()


def household_links(request: HttpRequest) -> Iterable[Link]:
    may = getattr(request.user, "has_perm", lambda right: False)
    yield Link(_("Tìm người, hộ"), reverse("households:list"), _("gõ không dấu, gõ sai một chữ vẫn tìm được"))
    if may(WRITE):
        yield Link(_("Lập hộ"), reverse("households:new"), _("nhập cả hộ từ phiếu giấy, bằng bàn phím"))
    yield Link(
        _("Hộ cần xếp lại địa bàn"), f"{reverse('households:list')}?unplaced=1", _("sau khi thôn, xã được chia, nhập")
    )
    if may("duplicates.decide"):
        yield Link(_("Người ghi trùng"), reverse("households:duplicates"), _("hai dòng có thể là một người"))
