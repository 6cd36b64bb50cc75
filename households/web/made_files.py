"""Files made in the background: the job of who asked for it, its progress, the file handed out and that on the record."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from povertyportal.core.clock import now
from povertyportal.core.file_models import KeptFile
from povertyportal.core.jobs import cancel_job
from povertyportal.core.kept_files import open_file
from povertyportal.core.models import Job
from povertyportal.core.session_guard import account_of
from povertyportal.records.displays import record_display


def own_job(request: HttpRequest, key: UUID, *, kind: str) -> Job:
    """Raises Http404: of somebody else there is nothing to see."""
    return get_object_or_404(Job, pk=key, kind=kind, created_by=account_of(request))


def progress_answer(job: Job) -> JsonResponse:
    """What static/js/job.js asks for."""
    ended = job.state not in Job.UNFINISHED
    return JsonResponse({"done": job.done, "total": job.total, "stage": job.stage, "ended": ended})


def stop(request: HttpRequest, job: Job) -> None:
    cancel_job(job=job, at=now())
    messages.info(request, _("Đã yêu cầu dừng; việc dừng sau phần đang làm."))


def handed_out(request: HttpRequest, key: UUID, *, purpose: str, field: str, told: str) -> HttpResponse:
    """To who made it, while it is kept. ``told``: why, with a "%s" for the file's name. Raises Http404, PermissionDenied."""
    user, at = account_of(request), now()
    found = get_object_or_404(KeptFile, key=key, purpose=purpose)
    if found.made_by_id != user.pk:
        raise PermissionDenied(_("Tệp này do người khác làm."))
    if found.keep_until <= at:
        raise Http404(_("Tệp đã hết hạn giữ; hãy làm lại."))
    record_display(
        by=user, at=at, subject_kind="file", subject_id=str(found.key), field=field, purpose=told % found.name
    )
    response = HttpResponse(open_file(found), content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response
