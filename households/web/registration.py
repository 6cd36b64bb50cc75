"""What the households part puts into the menu and on the home page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.criteria.queries import standards_on
from households.web.area_tasks import map_tasks
from households.web.dates import MAPS
from povertyportal.core.clock import today
from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation
from povertyportal.vietnamese import format_date


def maps(request: HttpRequest) -> Iterable[Link]:
    yield from map_tasks(request)
    for day, note in MAPS:
        yield Link(_("Bản đồ ngày %s") % format_date(day), f"{reverse('areas:tree')}?on={day.isoformat()}", note)


def access_links(request: HttpRequest) -> Iterable[Link]:
    yield Link(_("Quyền của tôi"), reverse("access:mine"), _("vai trò, địa bàn, thời hạn và việc được làm"))
    may = getattr(request.user, "has_perm", lambda right: False)
    if may("accounts.manage"):
        yield Link(_("Tài khoản"), reverse("access:accounts"), _("lập, tạm ngừng, giao quyền cho người trong địa bàn"))
    if may("rights.read"):
        yield Link(_("Bảng phân quyền"), reverse("access:rights"), _("ai giữ vai trò gì ở đâu; ký mỗi nửa năm"))


def standard_links(request: HttpRequest) -> Iterable[Link]:
    yield Link(_("Chuẩn theo năm rà soát"), reverse("standards:list"), _("cả nước và các tỉnh có chuẩn riêng, từ 2011"))
    for one in standards_on(today().year).all():
        yield Link(one.title, reverse("standards:detail", args=[one.code]), _("áp dụng năm nay"))


def register() -> None:
    register_navigation(
        Item(gettext_lazy("Tài khoản"), "access:accounts", order=90, permission="accounts.manage", icon="people")
    )
    register_navigation(
        Item(gettext_lazy("Phân quyền"), "access:rights", order=95, permission="rights.read", icon="key")
    )
    register_home_card(
        Card(
            title=gettext_lazy("Tài khoản và phân quyền"),
            text=gettext_lazy("Ai được làm gì, ở đâu, từ ngày nào đến ngày nào."),
            order=90,
            links=access_links,
            permission="areas.read",
            icon="key",
        )
    )
    register_navigation(
        Item(gettext_lazy("Chuẩn nghèo"), "standards:list", order=30, permission="standards.read", icon="law")
    )
    register_home_card(
        Card(
            title=gettext_lazy("Chuẩn nghèo"),
            text=gettext_lazy("Mỗi năm áp dụng chuẩn nào; từng mức, chỉ số, quy tắc cùng điều khoản của văn bản."),
            order=30,
            links=standard_links,
            permission="standards.read",
            icon="law",
        )
    )
    register_navigation(
        Item(gettext_lazy("Đơn vị hành chính"), "areas:tree", order=20, permission="areas.read", icon="map")
    )
    register_home_card(
        Card(
            title=gettext_lazy("Đơn vị hành chính theo thời gian"),
            text=gettext_lazy(
                "Tỉnh, huyện, xã vào bất kỳ ngày nào; đơn vị cũ đã thành đơn vị nào, theo nghị quyết nào."
            ),
            order=20,
            links=maps,
            permission="areas.read",
            icon="map",
        )
    )
