"""Long work that survives leaving the page and the death of a worker.

A handler is registered by kind. ``start_job`` makes the job row and its task in one transaction. A worker that runs it
holds a lease, prolonged by a heartbeat on a connection of its own, which also writes the progress and reads the wish to
cancel; so the handler's work and the word "succeeded" are one transaction: all of it, or nothing. A worker that lost its
lease cannot commit. ``requeue_abandoned`` gives what a dead worker left to the next one.
"""

import json
import logging
import threading
import traceback
import uuid
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from povertyportal.core.discreet import holds_number
from povertyportal.core.job_kinds import JobCancelled, JobRefused, LeaseLost, Progress, handler_of, is_registered
from povertyportal.core.models import Job, JobState, User

logger = logging.getLogger(__name__)

LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 1.0
MOST_ATTEMPTS = 3

worker_name: ContextVar[str] = ContextVar("worker_name", default="")


@transaction.atomic
def start_job(*, kind: str, key: str, arguments: dict[str, Any], by: User, at: datetime) -> Job:
    """The job that does this work: the one already asked for, unless it failed or was cancelled, else a new one.

    ``key`` and ``arguments`` stand in its row as they are: keys of rows, never a personal number (ValueError).
    """
    if not is_registered(kind):
        raise ValueError(f"no handler for jobs of kind {kind!r}")
    if any(holds_number(text) for text in (key, json.dumps(arguments, ensure_ascii=False, default=str))):
        raise ValueError(f"a job of kind {kind!r} is given a personal number")
    fresh = Job(kind=kind, key=key, arguments=arguments, created_by=by, created_at=at)
    if not Job.objects.bulk_create([fresh], ignore_conflicts=True) or not Job.objects.filter(pk=fresh.pk).exists():
        return Job.objects.exclude(state__in=[JobState.FAILED, JobState.CANCELLED]).get(kind=kind, key=key)
    _enqueue(fresh)
    return fresh


def cancel_job(*, job: Job, at: datetime) -> None:
    """A job that waits is cancelled now, one that runs at its next step."""
    Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(state=JobState.CANCELLED, finished_at=at)
    Job.objects.filter(pk=job.pk, state=JobState.RUNNING).update(cancel_requested=True)


@transaction.atomic
def requeue_abandoned(*, at: datetime, dead_worker: str = "") -> int:
    """Put back the jobs whose lease ran out (or whose worker is known to be dead), and those whose task died unclaimed.

    Returns how many. A job that has killed MOST_ATTEMPTS workers is given up with a sentence.
    """
    running = Job.objects.select_for_update(skip_locked=True).filter(state=JobState.RUNNING)
    left = running.filter(worker=dead_worker) if dead_worker else running.filter(lease_until__lt=at)
    abandoned = list(left) + list(_never_claimed(at=at))
    for job in abandoned:
        if job.attempt >= MOST_ATTEMPTS:
            sentence = _("Việc này đã %(count)d lần làm dừng tiến trình xử lý nên không chạy lại nữa.")
            _finish(job, JobState.FAILED, at=at, error=sentence % {"count": job.attempt})
        else:
            Job.objects.filter(pk=job.pk).update(state=JobState.QUEUED, worker="", lease_until=None)
            _enqueue(job)
    return len(abandoned)


def _never_claimed(*, at: datetime) -> list[Job]:
    """Jobs still waiting although their task is no longer: its worker died between taking the task and the lease."""
    waiting = Job.objects.select_for_update(skip_locked=True).filter(state=JobState.QUEUED)
    taken = DBTaskResult.objects.exclude(status="READY").filter(started_at__lt=at - LEASE)
    started = {
        str(task_id) for task_id in taken.filter(id__in=[job.task_id for job in waiting]).values_list("id", flat=True)
    }
    return [job for job in waiting if job.task_id in started]


def _enqueue(job: Job) -> None:
    """Drop the task of an earlier attempt, which its dead worker left "running" for ever, and ask anew."""
    if job.task_id:
        DBTaskResult.objects.filter(id=job.task_id).delete()
    result = run_job.enqueue(str(job.pk))
    Job.objects.filter(pk=job.pk).update(task_id=str(uuid.UUID(result.id)))


@task()
def run_job(job_id: str) -> None:
    """Claim, run and end one job. A failure is stored on the job's row; the task itself always ends well."""
    job = _claim(job_id, at=timezone.now())
    if job is None:
        return
    progress = Progress()
    try:
        with _heartbeat(job, progress), transaction.atomic():
            result = handler_of(job.kind)(progress, job.arguments)
            _finish(job, JobState.SUCCEEDED, at=timezone.now(), result=result, done=progress.done, total=progress.total)
    except LeaseLost:
        logger.warning("job %s: taken over by another worker", job.pk)
    except JobCancelled:
        _finish(job, JobState.CANCELLED, at=timezone.now())
    except JobRefused as refusal:
        _finish(job, JobState.FAILED, at=timezone.now(), error=str(refusal))
    except Exception:
        # The message of an unexpected error may hold row values: the log gets the places in the code, nothing else.
        places = "".join(line for line in traceback.format_exc().splitlines(keepends=True) if line.startswith("  File"))
        logger.error("job %s (%s) failed:\n%s", job.pk, job.kind, places)
        sentence = _("Có lỗi ngoài dự kiến; chưa có gì được lưu. Hãy thử lại, hoặc báo quản trị mã việc %(id)s.")
        _finish(job, JobState.FAILED, at=timezone.now(), error=sentence % {"id": job.pk})


def _claim(job_id: str, *, at: datetime) -> Job | None:
    with transaction.atomic():
        job = Job.objects.select_for_update().filter(pk=job_id, state=JobState.QUEUED).first()
        if job is None:
            return None
        job.state, job.attempt = JobState.RUNNING, job.attempt + 1
        job.worker, job.lease_until = worker_name.get(), at + LEASE
        job.save(update_fields=["state", "attempt", "worker", "lease_until"])
    return job


def _finish(job: Job, state: str, *, at: datetime, **values: Any) -> None:
    """End the attempt we hold. Raises LeaseLost when it is no longer ours: the surrounding transaction then undoes its work."""
    mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)
    if not mine.update(state=state, finished_at=at, lease_until=None, **values):
        raise LeaseLost


@contextmanager
def _heartbeat(job: Job, progress: Progress) -> Any:
    """Prolong the lease, write the progress and read the wish to cancel, from a thread with a connection of its own."""
    ended = threading.Event()

    def beat() -> None:
        mine = Job.objects.filter(pk=job.pk, attempt=job.attempt, state=JobState.RUNNING)
        try:
            while not ended.wait(HEARTBEAT_SECONDS):
                seen = {"done": progress.done, "total": progress.total, "stage": progress.stage}
                if not mine.update(lease_until=timezone.now() + LEASE, **seen):
                    progress.lost.set()
                    return
                if mine.filter(cancel_requested=True).exists():
                    progress.cancelled.set()
        except Exception:
            logger.exception("job %s: heartbeat ended", job.pk)
            progress.lost.set()
        finally:
            connection.close()

    thread = threading.Thread(target=beat, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
