"""What survey rounds put into the menu and on the home page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation


def round_links(request: HttpRequest) -> Iterable[Link]:
    yield Link(
        _("Các đợt rà soát"), reverse("rounds:list"), _("thời gian, chuẩn áp dụng, tổng số hộ và nhân khẩu của xã")
    )
    if getattr(request.user, "has_perm", lambda right: False)("rounds.open"):
        yield Link(_("Mở đợt rà soát"), reverse("rounds:open"), _("định kỳ hằng năm hoặc thường xuyên trong năm"))


def register() -> None:
    register_navigation(
        Item(gettext_lazy("Đợt rà soát"), "rounds:list", order=15, permission="rounds.read", icon="table")
    )
    register_home_card(
        Card(
            title=gettext_lazy("Đợt rà soát"),
            text=gettext_lazy(
                "Rà soát ở đâu, từ ngày nào đến ngày nào, theo chuẩn nào; tổng số hộ, nhân khẩu để tính tỷ lệ."
            ),
            order=15,
            links=round_links,
            permission="rounds.read",
            icon="table",
        )
    )
