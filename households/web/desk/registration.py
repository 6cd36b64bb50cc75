"""What the survey desk puts into the menu, on the home page and on a household's page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from households.access.scope import scopes_of
from households.papers import village_sheets
from households.papers.village_sheets import JOB, make_sheets
from households.registry.visible import WRITE
from households.surveys.forms.listing import LIST
from households.surveys.forms.reach import READ
from households.surveys.forms.saving import FILL
from households.web.desk.asked import counts_of, waiting_for
from households.web.desk.panel import TITLE
from households.web.desk.rounds import chosen
from households.web.panels import Panel, register_panel
from povertyportal.core.clock import today
from povertyportal.core.job_kinds import register_job
from povertyportal.core.navigation import Card, Item, Link, register_home_card, register_navigation
from povertyportal.core.session_guard import account_of


def register() -> None:
    register_job(JOB, f"{village_sheets.__name__}.{make_sheets.__name__}")
    register_navigation(Item(gettext_lazy("Phiếu rà soát"), "surveys:list", order=12, permission=READ, icon="edit"))
    register_home_card(
        Card(
            title=gettext_lazy("Phiếu rà soát"),
            text=gettext_lazy("Danh sách hộ rà soát, nhập Phiếu A và Phiếu B, tiến độ từng thôn, phiếu bị trả lại."),
            order=2,
            links=desk_links,
            permission=READ,
            icon="edit",
        )
    )
    register_panel(Panel(TITLE, READ, "surveys:household", order=5))


def desk_links(request: HttpRequest) -> Iterable[Link]:
    may = getattr(request.user, "has_perm", lambda right: False)
    yield Link(
        _("Danh sách phiếu"), reverse("surveys:list"), _waiting(request) if may(FILL) else _("tiến độ từng thôn")
    )
    if may(LIST):
        yield Link(
            _("Lập danh sách rà soát"), reverse("surveys:list_households"), _("mọi hộ nghèo, cận nghèo đang quản lý")
        )
    yield Link(
        _("In phiếu điền sẵn"), reverse("surveys:sheets"), _("Phiếu A, Phiếu B theo thôn, để đi rà soát bằng giấy")
    )


def _waiting(request: HttpRequest) -> str:
    """What waits for whoever asks."""
    user, day = account_of(request), today()
    scopes = scopes_of(user, [READ, FILL, WRITE], day=day)
    seen = chosen("", scopes[READ], day)
    if not seen.rounds:
        return _("chưa có phiếu nào")
    mine = counts_of(seen, waiting_for(user, seen, scopes), day)
    told = ngettext("%(count)s phiếu chờ bạn", "%(count)s phiếu chờ bạn", mine["forms"]) % {"count": mine["forms"]}
    if mine["returned"]:
        told += _(", %s bị trả lại") % mine["returned"]
    return told + (_(", %s quá hạn") % mine["late"] if mine["late"] else "")
