"""A dossier with every paper of it: applied, met, complained about, asked, answered, decided, certified."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from households.review.listed import listed
from households.review.models import Complaint, Dossier, DossierPart, Intake, Meeting, Posting
from households.review.superior_models import Certificate, Decision, DecisionLine, Opinion, Refusal, SubjectRequest
from households.surveys.form_models import SurveyForm
from povertyportal.core.accounts import system_user
from tests.people import on_the_record
from tests.registry.people import COMMUNE
from tests.review.ready import ENDED, POSTED, Case, ready
from tests.review.steps import certified

AT = datetime(2026, 11, 20, 3, tzinfo=UTC)
LONG = "Nguyễn Phúc Tôn Nữ Công Huyền Thị Bích Ngọc Anh Thư"


@dataclass
class Made:
    dossier: Dossier
    complaint: Complaint
    intake: Intake
    refusal: Refusal
    request: SubjectRequest

    @property
    def parts(self) -> list[DossierPart]:
        return list(self.dossier.parts.order_by("area_code"))

    @property
    def meeting(self) -> Meeting:
        return self.parts[0].meetings.get()

    @property
    def posting(self) -> Posting:
        found = self.parts[0].postings.order_by("pk").last()
        assert found is not None
        return found

    def lines(self, made: Decision) -> list[DecisionLine]:
        return list(made.lines.order_by("place"))

    @property
    def opinion(self) -> Opinion:
        return self.dossier.opinions.get()

    @property
    def recognised(self) -> Decision:
        return self.dossier.decisions.get(kind="recognised")

    @property
    def escaped(self) -> Decision:
        return self.dossier.decisions.get(kind="escaped")

    @property
    def certificates(self) -> list[Certificate]:
        return list(Certificate.objects.filter(line__decision__dossier=self.dossier).order_by("number"))


CASES = (
    Case("poor", name="Lò Văn An"),
    Case("near_poor", "poor", name=LONG),
    Case("poor", "", village=1, name="Sầm Thị Nhình", b1=110, b2=50),
    Case("not_poor", "near_poor", village=1, name="Hoàng A Páo"),
    Case("near_poor", "near_poor", name="Triệu Thanh Dín"),
)


def all_made() -> Made:
    dossier = ready(*CASES)
    _posted(dossier)
    by = system_user()
    form = SurveyForm.objects.filter(round=dossier.round).order_by("pk").first()
    assert form is not None
    with on_the_record():
        complaint = Complaint.objects.create(
            part=dossier.parts.order_by("pk")[0], form=form, complainant="Hoàng Thị Mai", received_on=date(2026, 11, 5),
            matter="Hộ có thêm lao động đi làm công ty", due_on=date(2026, 11, 16), outcome="kept",
            answer="Đoàn phúc tra chấm lại: B1 90 điểm, B2 40 điểm.", answered_on=date(2026, 11, 6), answered_by=by,
            by=by, at=AT,
        )  # fmt: skip
        intake = Intake.objects.create(
            kind="review", commune_code=COMMUNE, year=2026, number=3, received_on=date(2026, 9, 15), applicant="Lò Văn An",
            address="Xóm Nà Vài", content="nhà bị lũ cuốn, mất việc làm", household=form.household,
            due_on=date(2026, 12, 14), by=by, at=AT,
        )  # fmt: skip
        refusal = Refusal.objects.create(
            area_code=COMMUNE, year=2026, number="7/TB-UBND", on=date(2026, 11, 19), ground="gate", intake=intake,
            addressee="Lò Văn An", reason="Hộ có từ 4 tiêu chí trở lên của Phiếu A.", signer="Nông Văn Chủ",
            position="Chủ tịch", by=by, at=AT,
        )  # fmt: skip
        request = SubjectRequest.objects.create(
            wish="see", commune_code=COMMUNE, household=form.household, applicant="Lò Văn An",
            received_on=date(2026, 11, 16), content="xem hộ tôi đang được ghi là hộ gì", due_on=date(2026, 11, 18),
            outcome="done", answer="Kèm theo là dữ liệu của hộ.", answered_on=date(2026, 11, 17), answered_by=by, by=by,
            at=AT,
        )  # fmt: skip
    return Made(certified(dossier), complaint, intake, refusal, request)


def _posted(dossier: Dossier) -> None:
    """As the portal posts them: in the order of names, with the name of the village."""
    for part in dossier.parts.all():
        rows = listed(dossier, day=POSTED, village=part.area_code)
        Posting.objects.create(
            part=part, turn=1, starts_on=POSTED, ends_on=ENDED, places=["Nhà văn hóa", "Trụ sở UBND xã"],
            shown=[one.shown() for one in rows if one.public], by=system_user(), at=AT,
        )  # fmt: skip
