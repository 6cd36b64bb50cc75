"""A commune's whole package: asked for, made in the background, fetched by who asked for it."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from households.papers.review.package import JOB, PURPOSE, file_name
from households.review.models import Dossier
from households.web.review.common import about, dossier_asked
from povertyportal.core.clock import now
from povertyportal.core.file_models import KeptFile
from povertyportal.core.jobs import cancel_job, start_job
from povertyportal.core.kept_files import kept, open_file
from povertyportal.core.models import Job, JobState, User
from povertyportal.core.session_guard import account_of
from povertyportal.records.displays import record_display

SHOWN_FILES = 10


def files_of(user: User, dossier: Dossier) -> list[KeptFile]:
    return list(kept(purpose=PURPOSE, by=user, at=now()).filter(name=file_name(dossier))[:SHOWN_FILES])


def running(user: User, dossier: Dossier) -> Job | None:
    rows = Job.objects.filter(kind=JOB, created_by=user, state__in=Job.UNFINISHED, arguments__dossier=dossier.pk)
    return rows.order_by("created_at").first()


@require_POST
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """One at a time of a dossier and person: who asks again comes to the one that runs."""
    dossier, user, at = dossier_asked(request, pk), account_of(request), now()
    found = running(user, dossier)
    if found is None:
        key = f"{user.pk} {dossier.pk} {dossier.version} {at:%Y-%m-%dT%H:%M:%S}"
        found = start_job(kind=JOB, key=key, arguments={"dossier": dossier.pk, "by": user.pk}, by=user, at=at)
    return redirect("review:package_job", found.pk)


def _job(request: HttpRequest, key: UUID) -> Job:
    """Raises Http404: of somebody else there is nothing to see."""
    return get_object_or_404(Job, pk=key, kind=JOB, created_by=account_of(request))


@require_safe
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    found = _job(request, key)
    dossier = dossier_asked(request, found.arguments["dossier"])
    if found.state == JobState.SUCCEEDED:
        return redirect("review:papers", dossier.pk)
    return render(request, "review/package_job.html", about(dossier) | {"job": found})


@require_safe
def state(request: HttpRequest, key: UUID) -> JsonResponse:
    found = _job(request, key)
    ended = found.state not in Job.UNFINISHED
    return JsonResponse({"done": found.done, "total": found.total, "stage": found.stage, "ended": ended})


@require_POST
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    found = _job(request, key)
    cancel_job(job=found, at=now())
    messages.info(request, _("Đã yêu cầu dừng; việc dừng sau phần đang làm."))
    return redirect("review:package_job", found.pk)


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    """To who made it, while it is kept; fetching is on the record."""
    user, at = account_of(request), now()
    found = get_object_or_404(KeptFile, key=key, purpose=PURPOSE)
    if found.made_by_id != user.pk:
        raise PermissionDenied(_("Tệp này do người khác làm."))
    if found.keep_until <= at:
        raise Http404(_("Tệp đã hết hạn giữ; hãy làm lại."))
    told = _("Tải bộ hồ sơ rà soát: %s") % found.name
    record_display(by=user, at=at, subject_kind="file", subject_id=str(found.key), field="package", purpose=told)
    response = HttpResponse(open_file(found), content_type=found.content_type)
    response["Content-Disposition"] = f'attachment; filename="{found.name}"'
    return response
