"""Last year's answers taken over, all that need not be asked anew or just those named."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from households.registry.problems import RegistryRefusedError
from households.surveys.forms.saving import FILL
from households.surveys.forms.taking_over import take_over
from households.web.desk.confirm import refused_answer, wants_json
from households.web.desk.saving import form_for
from povertyportal.core.clock import now
from povertyportal.core.session_guard import account_of

MOST_NAMES = 500


@require_POST
def last_year(request: HttpRequest, pk: int) -> HttpResponse:
    user = account_of(request)
    form = form_for(user, pk, FILL)
    names = request.POST.getlist("names")[:MOST_NAMES] or None
    try:
        taken = take_over(form=pk, names=names, by=user, at=now())
    except RegistryRefusedError as refused:
        return refused_answer(request, form, refused)
    if wants_json(request):
        return JsonResponse({"taken": taken})
    told = ngettext("Đã lấy lại %(count)s ô của năm trước.", "Đã lấy lại %(count)s ô của năm trước.", taken)
    none = _("Không có ô trống nào lấy lại được; câu hỏi của riêng từng năm thì phải hỏi lại.")
    messages.info(request, told % {"count": taken} if taken else none)
    return redirect("surveys:form", pk)
