"""A commune's whole package: asked for, made in the background, fetched by who asked for it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from households.papers.review.package import JOB, PURPOSE, file_name
from households.review.models import Dossier
from households.web.made_files import handed_out, own_job, progress_answer, stop
from households.web.review.common import about, dossier_asked
from povertyportal.core.clock import now
from povertyportal.core.file_models import KeptFile
from povertyportal.core.jobs import start_job
from povertyportal.core.kept_files import kept
from povertyportal.core.models import Job, JobState, User
from povertyportal.core.session_guard import account_of

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


@require_safe
def job(request: HttpRequest, key: UUID) -> HttpResponse:
    found = own_job(request, key, kind=JOB)
    dossier = dossier_asked(request, found.arguments["dossier"])
    if found.state == JobState.SUCCEEDED:
        return redirect("review:papers", dossier.pk)
    return render(request, "review/package_job.html", about(dossier) | {"job": found})


@require_safe
def state(request: HttpRequest, key: UUID) -> JsonResponse:
    return progress_answer(own_job(request, key, kind=JOB))


@require_POST
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    stop(request, own_job(request, key, kind=JOB))
    return redirect("review:package_job", key)


@require_safe
def file(request: HttpRequest, key: UUID) -> HttpResponse:
    return handed_out(request, key, purpose=PURPOSE, field="package", told=_("Tải bộ hồ sơ rà soát: %s"))
