"""Enter a local standard by a form, or any standard as a document: look at what it would change, keep it as a draft."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from households.access.scope import scope_of
from households.access.standards import check_may_propose
from households.areas import queries as areas
from households.areas.models import Area
from households.criteria import queries
from households.criteria.facts import compare
from households.criteria.law.faults import DocumentFaults
from households.criteria.law.parts import Standard
from households.criteria.law.shelf import read_standard
from households.criteria.models import LegalStandard, Origin
from households.criteria.plausible import doubts
from households.criteria.publishing import PublishingRefusedError, enter_standard, in_the_way
from households.criteria.writing import write
from households.web.standard_forms import DocumentForm, LocalForm
from households.web.standards_reading import years_of
from povertyportal.core.clock import now, today
from povertyportal.core.models import User
from povertyportal.core.session_guard import account_of

RESERVED = frozenset({"new", "document", "compare", "try"})  # addresses beside those of the standards


@require_http_methods(["GET", "POST"])
def new_local(request: HttpRequest) -> HttpResponse:
    parents = _nations()
    form = LocalForm(
        request.POST or None, provinces=_provinces(account_of(request)), parents=tuple(parents.values()), day=today()
    )
    standard, text = None, ""
    if request.method == "POST" and form.is_valid():
        text = write(form.local())
        standard = _read(form, text, parents)
    return _answer(request, form, standard, text, "households/standard_new.html")


@require_http_methods(["GET", "POST"])
def new_document(request: HttpRequest) -> HttpResponse:
    form = DocumentForm(request.POST or None)
    standard, text = None, ""
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["content"]
        standard = _read(form, text, _nations())
        if standard and standard.code in RESERVED:
            form.add_error("content", _("Mã “%s” không dùng được; hãy đặt mã khác.") % standard.code)
            standard = None
    return _answer(request, form, standard, text, "households/standard_document.html")


def _nations() -> dict[str, Standard]:
    return {one.code: one for one in queries.standards_in_force() if not one.scope}


def _provinces(user: User) -> Sequence[tuple[str, str]]:
    """Those of today in which the account may propose."""
    scope, day = scope_of(user, "standards.propose", day=today()), today()
    found = [one for one in areas.provinces(on=day) if scope.covers(one.code, on=day)]
    return [(one.code, one.full_name) for one in found]


def _read(form: LocalForm | DocumentForm, text: str, nations: dict[str, Standard]) -> Standard | None:
    try:
        return read_standard(text, name="văn bản", shelf=nations)
    except DocumentFaults as faults:
        form.refuse(faults)
        return None


def _answer(
    request: HttpRequest, form: LocalForm | DocumentForm, standard: Standard | None, text: str, template: str
) -> HttpResponse:
    problem = ""
    if standard and "save" in request.POST:
        try:
            return _stored(request, standard, text)
        except (PublishingRefusedError, PermissionDenied) as refused:
            problem = str(refused)
    if standard is None or "edit" in request.POST:
        return render(request, template, {"form": form}, status=400 if form.errors else 200)
    return render(request, "households/standard_preview.html", _preview(form, standard, text) | {"problem": problem})


def _preview(form: LocalForm | DocumentForm, standard: Standard, text: str) -> dict[str, Any]:
    """What it would change: beside the standard it rests on, or the version of the same code in force."""
    base = _base(standard)
    compared = compare(base, standard) if base else []
    return {
        "form": form,
        "standard": standard,
        "years": years_of(standard),
        "text": text,
        "base": base,
        "sections": [(one.title, [pair for pair in one.pairs if pair.differs]) for one in compared if one.different],
        "ways": [*in_the_way(standard), *_doubts(standard)],
    }


def _doubts(standard: Standard) -> list[str]:
    parent = _nations().get(standard.parent)
    return doubts(standard, parent) if parent else []


def _base(standard: Standard) -> Standard | None:
    in_force = {one.code: one for one in queries.standards_in_force()}
    return in_force.get(standard.code) or in_force.get(standard.parent)


def _stored(request: HttpRequest, standard: Standard, text: str) -> HttpResponse:
    user = account_of(request)
    if unknown := set(standard.scope) - set(Area.objects.filter(level="province").values_list("code", flat=True)):
        raise PublishingRefusedError(_("Không có tỉnh, thành phố mang mã %s.") % ", ".join(sorted(unknown)))
    place = (standard.scope[0], today()) if len(standard.scope) == 1 else ("", None)
    check_may_propose(place, user, day=today())
    row: LegalStandard = enter_standard(standard=standard, content=text, origin=Origin.ENTERED, by=user, at=now())
    messages.success(request, _("Đã lưu bản thảo. Hãy đọc lại rồi đề nghị áp dụng; người khác sẽ duyệt."))
    return redirect(row_address(row))


def row_address(row: LegalStandard) -> str:
    return f"{reverse('standards:detail', args=[row.code])}?version={row.version}"
