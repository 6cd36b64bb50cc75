"""Blank forms: offered on the page of a standard, handed out as files."""

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from households.criteria.law.parts import Standard
from households.criteria.law.shelf import UnknownStandardError
from households.criteria.queries import b1_table_in_force, standard_in_force
from households.papers.blanks import Form, FormRefusedError, blank_form, forms_of
from povertyportal.core.clock import today


@dataclass(frozen=True, slots=True)
class Offer:
    """``by_region``: the form prints cut-offs, and points where there is a table, of one region."""

    form: Form
    url: str
    by_region: bool


def offers(standard: Standard) -> list[Offer]:
    return [
        Offer(
            form,
            reverse(f"standards:form_{form.code}", args=[standard.code]),
            form.code != "a" and bool(standard.variants),
        )
        for form in forms_of(standard)
    ]


@require_GET
def blank(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """404 with the reason for a standard that is not in force, a form or a region it does not have."""
    try:
        standard, table = standard_in_force(code), b1_table_in_force(code, today())
        content = blank_form(form, standard, variant=request.GET.get("variant", ""), table=table)
    except (UnknownStandardError, FormRefusedError) as refused:
        raise Http404(str(refused)) from refused
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{form}.pdf"'
    return response
