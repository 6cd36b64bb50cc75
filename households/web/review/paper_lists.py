"""Which papers a dossier has so far, in the order of its steps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from households.papers.review.lists import of_the_poor
from households.papers.review.postings import OF_TURN
from households.papers.review.registry import PAPERS
from households.review.belonging import units_of
from households.review.models import Complaint, Dossier, Meeting, Posting
from households.review.procedures.shelf import procedure
from households.review.superior_models import Decision, Opinion
from households.web.review.paper_rows import has_sheet
from povertyportal.vietnamese import format_date

OF_ONE_VILLAGE = ("list_i", "minutes", "minutes_before", "posting")  # their Excel files: on the village's page
SHOWN = 120  # papers of villages; the rest of a large commune is in the package


@dataclass(frozen=True, slots=True)
class Link:
    name: str
    url: str
    note: str = ""
    sheet: str = ""  # address of its Excel file


@dataclass(frozen=True, slots=True)
class Group:
    title: str
    links: Sequence[Link]
    note: str = ""


def link(code: str, pk: int, name: str = "", note: str = "", query: str = "", *, whole: bool = False) -> Link:
    """``whole``: of the commune, so that its list may be long."""
    beside = has_sheet(code) and (whole or code not in OF_ONE_VILLAGE)
    sheet = reverse("review:paper_sheet", args=[code, pk]) + query if beside else ""
    return Link(name or PAPERS[code].title, reverse("review:paper", args=[code, pk]) + query, note, sheet)


def papers_of(dossier: Dossier) -> list[Group]:
    """7 queries however many."""
    names = {one.code: one.name for one in units_of(dossier)}
    meeting = procedure(dossier.procedure).meeting
    of_villages = [
        link("list_i", dossier.pk, name, query=f"?village={code}", whole=code == dossier.area_code)
        for code, name in names.items()
    ]
    before = [
        link("minutes_before", dossier.pk, name, query=f"?village={code}")
        for code, name in names.items()
        if meeting and code != dossier.area_code
    ]
    groups = [
        Group(PAPERS["list_i"].heading, of_villages, PAPERS["list_i"].note),
        Group(_("Biên bản mang đi họp (điền sẵn kết quả)"), before, PAPERS["minutes"].note),
        Group(PAPERS["minutes"].heading, list(_minutes(dossier, names)), PAPERS["minutes"].note),
        Group(
            PAPERS["posting"].heading,
            list(_postings(dossier, names)),
            _("Để niêm yết: chỉ có họ tên, thôn, phân loại."),
        ),
        Group(_("Khiếu nại"), list(_complaints(dossier, names)), PAPERS["complaint_answer"].note),
        Group(_("Của xã và cấp trên"), list(_superior(dossier)), PAPERS["opinion_request"].note),
        Group(
            PAPERS["decision"].heading,
            list(_decisions(dossier)),
            _("%s Danh sách kèm theo có dân tộc, số khẩu: không niêm yết.") % PAPERS["decision"].note,
        ),
    ]
    return [one for one in groups if one.links]


def _minutes(dossier: Dossier, names: dict[str, str]) -> Iterator[Link]:
    rows = Meeting.objects.filter(part__dossier=dossier).select_related("part").order_by("part__area_code", "number")
    for one in rows[:SHOWN]:
        told = _("%(village)s, lần %(number)s") % {"village": _name(names, one.part.area_code), "number": one.number}
        yield link("minutes", one.pk, told, format_date(one.held_on))


def _postings(dossier: Dossier, names: dict[str, str]) -> Iterator[Link]:
    rows = Posting.objects.filter(part__dossier=dossier).select_related("part").order_by("part__area_code", "pk")
    for one in rows.defer("shown")[:SHOWN]:
        yield link(
            "posting", one.pk, f"{_name(names, one.part.area_code)}, {OF_TURN[one.turn]}", format_date(one.starts_on)
        )


def _complaints(dossier: Dossier, names: dict[str, str]) -> Iterator[Link]:
    rows = Complaint.objects.filter(part__dossier=dossier).select_related("part").order_by("received_on", "pk")
    for one in rows[:SHOWN]:
        told = f"{one.complainant}, {_name(names, one.part.area_code)}"
        yield link("complaint_receipt", one.pk, _("Giấy nhận: %s") % told, format_date(one.received_on))
        if one.answered_on:
            yield link("complaint_answer", one.pk, _("Trả lời: %s") % told, format_date(one.answered_on))


def _superior(dossier: Dossier) -> Iterator[Link]:
    if of_the_poor(dossier):
        yield link("list_vi", dossier.pk, PAPERS["list_vi"].heading)
    for one in Opinion.objects.filter(dossier=dossier).defer("shown").order_by("turn"):
        yield link("opinion_request", one.pk, _("Công văn xin ý kiến, lần %s") % one.turn, format_date(one.asked_on))
        if one.answered_on:
            yield link(
                "opinion_reply", one.pk, _("Trả lời của cấp trên, lần %s") % one.turn, format_date(one.answered_on)
            )


def _decisions(dossier: Dossier) -> Iterator[Link]:
    for one in Decision.objects.filter(dossier=dossier).order_by("pk"):
        told = _("Quyết định %(number)s: %(kind)s") % {"number": one.number, "kind": one.get_kind_display()}
        yield link("decision", one.pk, told, format_date(one.decided_on))


def _name(names: dict[str, str], code: str) -> str:
    return names.get(code, code)
