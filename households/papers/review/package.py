"""The whole package of a commune: every paper of a dossier, its decisions with lists, its certificates; one file.

The parts lie on disk while it grows, so that the memory of the work does not."""

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pikepdf
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.papers.review.certificates import certificates_pdf
from households.papers.review.lists import of_the_poor
from households.papers.review.pdfs import given_by, pdf_of
from households.review.belonging import units_of
from households.review.models import Complaint, Dossier, Meeting, Posting
from households.review.procedures.shelf import procedure
from households.review.rights import READ
from households.review.superior_models import Decision, Opinion
from households.surveys.form_models import State, SurveyForm
from povertyportal.core import clock
from povertyportal.core.job_kinds import JobRefused, Progress
from povertyportal.core.kept_files import LARGEST, put
from povertyportal.core.models import User

JOB = PURPOSE = "review_package"
KEPT = timedelta(days=7)
PARTS = "review-package-"  # folders of parts, each with the number of its process
AT_ONCE = 100  # certificates a part: a step after which the work can be cancelled


@dataclass(frozen=True, slots=True)
class Step:
    """``weight``: about how many pages of a household each it makes; the progress counts these."""

    title: str
    weight: int
    make: Callable[[], bytes]


def make_package(progress: Progress, arguments: dict[str, Any]) -> dict[str, int]:
    """Of the ``dossier``, for the account ``by``. Raises JobRefused."""
    by, at = User.objects.get(pk=arguments["by"]), clock.now()
    dossier = Dossier.objects.select_related("round").get(pk=arguments["dossier"])
    day = timezone.localdate(at)
    check_may(by, READ, code=dossier.area_code, on=dossier.round.area_on, day=day)
    content, pages = package_pdf(dossier, on=day, progress=progress)
    if len(content) > LARGEST:
        raise JobRefused(_("Bộ hồ sơ lớn hơn mức lưu được; hãy in từng văn bản."))
    put(content, purpose=PURPOSE, name=file_name(dossier), content_type="application/pdf", by=by, at=at, keep=KEPT)
    return {"pages": pages, "bytes": len(content)}


def file_name(dossier: Dossier) -> str:
    return f"ho-so-{dossier.round.code}-{dossier.area_code}-{dossier.procedure.replace('_', '-')}.pdf"


def package_pdf(dossier: Dossier, *, on: date, progress: Progress) -> tuple[bytes, int]:
    """The file and how many pages it has. Raises JobCancelled between two parts."""
    steps = list(steps_of(dossier, on))
    whole, done = sum(one.weight for one in steps), 0
    _swept()
    with tempfile.TemporaryDirectory(prefix=f"{PARTS}{os.getpid()}-") as folder:
        parts = []
        for turn, step in enumerate(steps):
            progress.step(done, whole, step.title)
            part = Path(folder, f"{turn:05}.pdf")
            part.write_bytes(step.make())
            parts.append(part)
            done += step.weight
        progress.step(done, whole, _("Ghép thành một tệp"))
        return _joined(parts, Path(folder, "whole.pdf"))


def _swept() -> None:
    """Away with the parts of a work that was killed: they name households."""
    for left in Path(tempfile.gettempdir()).glob(f"{PARTS}*"):
        owner = left.name.removeprefix(PARTS).partition("-")[0]
        if owner.isdecimal() and int(owner) != os.getpid() and not _alive(int(owner)):
            shutil.rmtree(left, ignore_errors=True)


def _alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass  # somebody else's
    return True


def _joined(parts: list[Path], target: Path) -> tuple[bytes, int]:
    with pikepdf.new() as whole:
        for part in parts:
            with pikepdf.open(part) as one:
                whole.pages.extend(one.pages)
        whole.docinfo["/Title"] = "Bộ hồ sơ rà soát"
        whole.Root.Lang = pikepdf.String("vi-VN")
        pages = len(whole.pages)
        whole.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return target.read_bytes(), pages


def steps_of(dossier: Dossier, on: date) -> Iterator[Step]:
    """In the order in which they are filed."""
    yield from _villages(dossier, on)
    yield from _commune(dossier, on)
    for made in Decision.objects.filter(dossier=dossier).select_related("dossier__round", "corrects").order_by("pk"):
        yield Step(_("Quyết định %s") % made.number, 20, _maker("decision", decision=made))
    for made in Decision.objects.filter(dossier=dossier, lines__certificate__isnull=False).distinct().order_by("pk"):
        yield from _certificates(made)


def _villages(dossier: Dossier, on: date) -> Iterator[Step]:
    names = {one.code: one.name for one in units_of(dossier)}
    whys = procedure(dossier.procedure).whys
    listed = SurveyForm.objects.filter(round=dossier.round_id, area_code__in=names, why__in=whys)
    used = set(listed.exclude(state=State.DROPPED).values_list("area_code", flat=True))
    part = {"part__dossier": dossier}
    related = "part__dossier__round"
    meetings = list(Meeting.objects.filter(**part).select_related(related).order_by("number"))
    postings = list(Posting.objects.filter(**part).select_related(related).order_by("pk"))
    complaints = list(Complaint.objects.filter(**part).select_related(related, "form", "by").order_by("pk"))
    for code, name in names.items():
        if code in used:
            yield Step(name, 10, _maker("list_i", dossier=dossier, village=code, on=on))
        yield from (Step(name, 10, _maker("minutes", meeting=one)) for one in meetings if one.part.area_code == code)
        yield from (Step(name, 10, _maker("posting", posting=one)) for one in postings if one.part.area_code == code)
        for one in complaints:
            if one.part.area_code == code:
                yield from _complaint(one, name)


def _complaint(one: Complaint, name: str) -> Iterator[Step]:
    yield Step(name, 5, _maker("complaint_receipt", complaint=one))
    if one.answered_on:
        yield Step(name, 5, _maker("complaint_answer", complaint=one))


def _commune(dossier: Dossier, on: date) -> Iterator[Step]:
    if of_the_poor(dossier):
        yield Step(_("Phụ lục VI"), 20, _maker("list_vi", dossier=dossier, on=on))
    for one in Opinion.objects.filter(dossier=dossier).select_related("dossier__round").order_by("turn"):
        yield Step(_("Công văn xin ý kiến"), 20, _maker("opinion_request", opinion=one))
        if one.answered_on:
            yield Step(_("Ý kiến cấp trên"), 10, _maker("opinion_reply", opinion=one))


def _certificates(made: Decision) -> Iterator[Step]:
    given = given_by(made)
    for start in range(0, len(given), AT_ONCE):
        part = given[start : start + AT_ONCE]
        title = _("Giấy chứng nhận %(first)s đến %(last)s") % {"first": part[0].number, "last": part[-1].number}
        yield Step(title, len(part), _certificate_maker(part))


def _maker(code: str, **what: Any) -> Callable[[], bytes]:
    return lambda: pdf_of(code, **what)


def _certificate_maker(part: Any) -> Callable[[], bytes]:
    return lambda: certificates_pdf(part)
