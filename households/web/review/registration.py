"""What the review puts on the home page and on a household's page; called once, when the app is ready."""

from collections.abc import Iterable

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from households.access.scope import scope_of
from households.papers.review import package
from households.papers.review.package import JOB
from households.registry.places import named_places
from households.review.findings import waiting
from households.review.progress import DueNow, due_now
from households.review.rights import OPINE, READ, TEXTS
from households.web.panels import Panel, register_panel
from households.web.review.dossiers import running
from households.web.review.panel import TITLE
from povertyportal.core.clock import today
from povertyportal.core.job_kinds import register_job
from povertyportal.core.navigation import Card, Link, register_home_card

MOST_LINKS = 3


def register() -> None:
    register_job(JOB, f"{package.__name__}.{package.make_package.__name__}")
    register_home_card(
        Card(
            title=gettext_lazy("Rà soát"),
            text=gettext_lazy(
                "Họp dân, niêm yết, khiếu nại, tổng hợp, xin ý kiến, quyết định: từng thôn đang ở bước nào."
            ),
            order=3,
            links=review_links,
            permission=READ,
            icon="check",
        )
    )
    register_home_card(
        Card(
            title=gettext_lazy("Lời văn của văn bản"),
            text=gettext_lazy("Quyết định, thông báo, biên bản … in theo lời văn nào, từ ngày nào, vì sao sửa."),
            order=35,
            links=text_links,
            permission=TEXTS,
            icon="edit",
        )
    )
    register_panel(Panel(TITLE, READ, "review:household", order=6))


def text_links(_request: HttpRequest) -> Iterable[Link]:
    yield Link(_("Mọi lời văn"), reverse("review:texts"), _("xem trên giấy, sửa kèm lý do"))


def review_links(request: HttpRequest) -> Iterable[Link]:
    """4 to 6 queries."""
    found = running(scope_of(request.user, READ, day=today()), most=MOST_LINKS)
    places = named_places((one.area_code, one.round.area_on) for one, _stage in found)
    due = due_now([one.pk for one, _stage in found], today())
    for one, stage in found:
        place = places[one.area_code, one.round.area_on].near
        told = ", ".join([stage.title, *_due(due[one.pk])])
        yield Link(f"{one.round.code}, {place}", reverse("review:board", args=[one.pk]), told)
    if request.user.has_perm(OPINE):
        yield _inbox(request)
    yield Link(_("Mọi hồ sơ rà soát"), reverse("review:list"), _("từng đợt, từng xã; lập hồ sơ của đợt mới"))


def _due(found: DueNow) -> Iterable[str]:
    """What is to be done today."""
    if found.postings:
        yield _("%s thôn hết niêm yết") % found.postings
    if found.complaints:
        yield _("%s khiếu nại phải trả lời") % found.complaints


def _inbox(request: HttpRequest) -> Link:
    asked, late = waiting(scope_of(request.user, OPINE, day=today()), today())
    told = _("%s hồ sơ chờ trả lời") % asked if asked else _("không có hồ sơ nào chờ")
    return Link(_("Hồ sơ xin ý kiến"), reverse("review:inbox"), told + (_(", %s quá hạn") % late if late else ""))
