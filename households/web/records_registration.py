"""What approvals and records put into the menu and on the home page; called once, when the app is ready."""

from django.utils.translation import gettext_lazy

from households.web.approvals import card_links
from povertyportal.core.navigation import Card, Item, register_home_card, register_navigation

APPROVE = "areas.approve"


def register() -> None:
    register_navigation(Item(gettext_lazy("Chờ duyệt"), "approvals:list", order=80, permission=APPROVE, icon="check"))
    register_home_card(
        Card(
            title=gettext_lazy("Chờ duyệt"),
            text=gettext_lazy(
                "Đề nghị của người khác cần bạn xem lại và quyết định; chưa duyệt thì chưa có gì thay đổi."
            ),
            order=5,
            links=card_links,
            permission=APPROVE,
            icon="check",
        )
    )
