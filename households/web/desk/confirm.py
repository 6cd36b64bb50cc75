"""An unlikely answer is confirmed with a reason: from the form's page, or from the one on which a form is finished."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from households.registry.problems import RegistryRefusedError
from households.surveys.checks.confirming import confirm_question
from households.surveys.form_models import SurveyForm
from households.surveys.forms.saving import FILL
from households.web.desk.saving import form_for
from povertyportal.core.clock import now
from povertyportal.core.session_guard import account_of

ASKED = {"check": 60, "field": 80, "fingerprint": 64, "reason": 1000}  # and how much of each is read


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    form = form_for(user, pk, FILL)
    said = {name: request.POST.get(name, "").replace("\0", "")[:most] for name, most in ASKED.items()}
    try:
        made = confirm_question(form=pk, by=user, at=now(), **said)
    except RegistryRefusedError as refused:
        return refused_answer(request, form, refused)
    if wants_json(request):
        return JsonResponse({"confirmed": True, "by": str(user), "at": localtime(made.at).strftime("%H:%M")})
    messages.success(request, _("Đã ghi lý do."))
    return redirect("surveys:finish", pk)


def wants_json(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def refused_answer(request: HttpRequest, form: SurveyForm, refused: RegistryRefusedError) -> HttpResponse:
    if wants_json(request):
        problems = {problem.field: problem.message for problem in refused.problems}
        return JsonResponse({"refused": str(refused), "problems": problems}, status=409)
    messages.error(request, str(refused))
    return redirect("surveys:finish", form.pk)
