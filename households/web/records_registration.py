"""What approvals and records put into the menu and on the home page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.web.approvals import card_links
from households.web.records import READ
from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation

APPROVE = "areas.approve"


def register() -> None:
    register_navigation(Item(gettext_lazy("Chờ duyệt"), "approvals:list", order=80, permission=APPROVE, icon="check"))
    register_navigation(Item(gettext_lazy("Nhật ký"), "records:changes", order=90, permission=READ, icon="history"))
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
    register_home_card(
        Card(
            title=gettext_lazy("Nhật ký"),
            text=gettext_lazy("Ai đã làm gì, lúc nào, từ đâu, vì sao. Nhật ký chỉ thêm, không ai sửa hay xóa được."),
            order=90,
            links=record_links,
            permission=READ,
            icon="history",
        )
    )


def record_links(request: HttpRequest) -> Iterable[Link]:
    yield Link(
        _("Thay đổi dữ liệu"), reverse("records:changes"), _("trước và sau, người sửa, lý do; tải tệp CSV, Excel")
    )
    yield Link(_("Đăng nhập"), reverse("records:sign_ins"), _("cả lần sai mật khẩu, bị khóa, hết phiên"))
    yield Link(
        _("Lượt xem, xuất dữ liệu"), reverse("records:displays"), _("ai đã xem số định danh, ai đã tải tệp nhật ký")
    )
