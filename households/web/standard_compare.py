"""Two standards side by side, what differs marked."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from households.criteria import queries
from households.criteria.facts import compare
from households.criteria.models import LegalStandard, State
from households.web.standards import row_asked

SEPARATOR = "@"


@require_safe
def compared(request: HttpRequest) -> HttpResponse:
    """``left`` and ``right``: "nd07-2021" or "nd07-2021@2" for a version."""
    asked = {side: request.GET.get(side, "") for side in ("left", "right")}
    choices = [(_name(row), f"{row.title} ({row.code}, {row.get_state_display()})") for row in _rows()]
    context: dict[str, object] = {"asked": asked, "choices": choices}
    if all(asked.values()):
        left, right = (_row(text) for text in asked.values())
        found = compare(queries.standard_of(left), queries.standard_of(right))
        context |= {"left": left, "right": right, "sections": found, "total": sum(one.different for one in found)}
        context["asked"] = {"left": _name(left), "right": _name(right)}
    return render(request, "households/standard_compare.html", context)


def _rows() -> list[LegalStandard]:
    return list(queries.rows().exclude(state=State.WITHDRAWN, approved_at=None).order_by("scope", "code", "-version"))


def _name(row: LegalStandard) -> str:
    return f"{row.code}{SEPARATOR}{row.version}"


def _row(text: str) -> LegalStandard:
    code, separator, version = text.partition(SEPARATOR)
    if separator and not version:
        raise BadRequest(_("“%s” không phải là một chuẩn và phiên bản.") % text[:60])
    return row_asked(code, version)
