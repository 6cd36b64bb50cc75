"""Certificates (Mẫu 03): one for each household recognised as poor or near-poor, numbered, with a register of their prints."""

from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from households.access.scope import check_may
from households.registry.actions.working import problems_of_text
from households.registry.problems import Problem
from households.review.actions.order import check_in_order
from households.review.actions.registers import hold_register, last_certificate
from households.review.listed import LISTED_CLASSES
from households.review.moving import moving
from households.review.refusals import ReviewRefusedError, refuse_step
from households.review.rights import LEAD
from households.review.superior_models import Certificate, CertificatePrint, DecisionKind, DecisionLine
from povertyportal.core.history import acting
from povertyportal.core.models import User

AT_ONCE = 1000
CERTIFIED = (DecisionKind.RECOGNISED, DecisionKind.CORRECTION)


def issue_certificates(
    *, dossier: int, on: date, by: User, at: datetime, expected: int | None = None
) -> list[Certificate]:
    """For all households that have none yet, in the order of the decisions. Raises ReviewRefusedError, PermissionDenied."""
    with moving(dossier=dossier, move="certify", on=on, by=by, at=at, expected=expected) as work:
        check_in_order(work)
        lines = list(to_certify(dossier))
        if not lines and work.state == "certified":
            raise refuse_step("", _("Mọi hộ được công nhận đã có giấy chứng nhận; muốn in lại thì in lại từng giấy."))
        code, year = work.dossier.area_code, on.year
        hold_register("certificate", code, year)
        first = last_certificate(code, year) + 1
        made = Certificate.objects.bulk_create(
            [
                Certificate(line=line, area_code=code, year=year, number=number, issued_on=on, by=by, at=at)
                for number, line in enumerate(lines, start=first)
            ],
            batch_size=AT_ONCE,
        )
        CertificatePrint.objects.bulk_create(
            [CertificatePrint(certificate=one, copy=1, by=by, at=at) for one in made], batch_size=AT_ONCE
        )
        work.details = {"certificates": len(made), "first": first}
    return made


def to_certify(dossier: int) -> QuerySet[DecisionLine]:
    """Lines that hold and have no certificate."""
    rows = DecisionLine.objects.filter(decision__dossier=dossier, decision__kind__in=CERTIFIED, certificate=None)
    wanted = rows.filter(klass__in=LISTED_CLASSES, recognition__corrected_by=None)
    return wanted.order_by("decision", "place")


def reprint(*, certificate: int, reason: str, by: User, at: datetime) -> CertificatePrint:
    """Raises ReviewRefusedError, PermissionDenied."""
    problems = list(problems_of_text("reason", reason, 400))
    if not reason.strip():
        problems.append(Problem("reason", _("Cần nói vì sao in lại, ví dụ “Hộ báo mất giấy ngày 03/12”.")))
    if problems:
        raise ReviewRefusedError(problems)
    with transaction.atomic(), acting(by=by, reason=reason.strip()):
        rows = Certificate.objects.select_related("line__decision__dossier__round", "line__recognition__corrected_by")
        found = rows.filter(pk=certificate).first()
        if found is None:
            raise refuse_step("", _("Không có giấy chứng nhận này."))
        round = found.line.decision.dossier.round
        check_may(by, LEAD, code=found.area_code, on=round.area_on, day=timezone.localdate(at))
        if hasattr(found.line.recognition, "corrected_by"):
            raise refuse_step(
                "", _("Công nhận ghi trong giấy này đã được đính chính; hãy dùng giấy theo quyết định đính chính.")
            )
        hold_register("certificate", found.area_code, found.year)
        last = (
            CertificatePrint.objects.filter(certificate=found).order_by("-copy").values_list("copy", flat=True).first()
        )
        return CertificatePrint.objects.create(
            certificate=found, copy=(last or 0) + 1, reason=reason.strip(), by=by, at=at
        )
