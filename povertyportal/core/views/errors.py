"""Pages that say what went wrong and what to do next, for officials and not for programmers."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.exceptions import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from povertyportal.core.session_guard import wants_data


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Rendered without the request: it may be unusable (unknown host, broken cookie). Shows the sentence of
    ``BadRequest("…")``; what the framework found suspicious is not for readers."""
    reason = str(exception) if isinstance(exception, BadRequest) else ""
    return HttpResponse(render_to_string("400.html", {"reason": reason}), status=400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Shows the sentence the refusing rule wrote (``PermissionDenied("…")``), when it wrote one."""
    return render(request, "403.html", {"reason": str(exception or "")}, status=403)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Shows the sentence of ``Http404("…")`` when a view wrote one; the resolver's own report is not for readers."""
    reason = exception.args[0] if exception is not None and exception.args else ""
    return render(request, "404.html", {"reason": reason if isinstance(reason, str) else ""}, status=404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that was open before somebody signed in anew asks for another token by its script."""
    if wants_data(request):
        return JsonResponse({"state": "csrf"}, status=403)
    return render(request, "403_csrf.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Touches neither database nor session nor context processors; falls back to one sentence without a template."""
    try:
        return HttpResponse(render_to_string("500.html"), status=500)
    except (TemplateDoesNotExist, ValueError):  # ValueError: a static file missing from the manifest
        return HttpResponse(_("Hệ thống gặp lỗi. Vui lòng thử lại sau ít phút."), "text/plain; charset=utf-8", 500)
