"""Blank forms as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from households.criteria.law.shelf import UnknownStandardError
from households.criteria.queries import standard_in_force
from households.papers.blanks import FormRefusedError, blank_form


@require_GET
def blank(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """404 with the reason for a standard that is not in force, a form or a region it does not have."""
    try:
        content = blank_form(form, standard_in_force(code), variant=request.GET.get("variant", ""))
    except (UnknownStandardError, FormRefusedError) as refused:
        raise Http404(str(refused)) from refused
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{code}-{form}.pdf"'
    return response
