"""What stands on the papers of the review is the portal's data, and on the public ones nothing but name, village and class."""

import os
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import override

from households.papers.review.lists import head_of, of_the_poor
from households.papers.review.pdfs import DOCUMENTS, MAKERS, given_by, pdf_of
from households.papers.review.registry import PAPERS
from households.papers.review.wording.parsing import DOTS, LINE
from households.registry.models import Household, Recognition
from households.review.actions.correcting import Correction, correct
from households.review.lapsing import lapsed
from households.review.superior_models import Certificate, Decision, DecisionLine
from tests.papers.review.made import LONG, Made
from tests.people import on_the_record
from tests.rendering.reading import pdf_text
from tests.review.ready import CERTIFIED, Case, ready
from tests.review.steps import BASES, certified, told
from tests.surveys.filled import a_round

DAY = date(2026, 11, 20)
LOOK = os.environ.get("LOOK", "")  # a folder: the papers are left there to be looked at


@pytest.fixture
def text(made: Made, django_db_blocker: Any) -> Callable[..., str]:
    def read(code: str, **what: Any) -> str:
        with django_db_blocker.unblock():
            pdf = pdf_of(code, **what)
        if LOOK:
            name = "-".join([code, *map(str, what.values())])[:60].replace("/", "-").replace(" ", "-")
            Path(LOOK, f"{name}.pdf").write_bytes(pdf)
        return pdf_text(pdf)

    return read


def village(made: Made, turn: int = 0) -> str:
    return made.parts[turn].area_code


def test_every_paper_of_the_registry_can_be_made() -> None:
    assert {*MAKERS, *DOCUMENTS} == set(PAPERS)
    assert not {*MAKERS} & {*DOCUMENTS}


def test_an_application_comes_with_what_was_received(made: Made, text: Callable[..., str]) -> None:
    told = text("form_01", intake=made.intake, on=DAY)
    assert "Mẫu số 01" in told
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân xã Trường Hà" in told
    assert "Họ và tên: Lò Văn An Giới tính: Nam" in told
    assert "05/02/1980 Dân tộc: Tày" in told
    assert "2 Lò Thị An Nữ 06/3/1985 vợ, chồng" in told
    assert "Lý do đề nghị: nhà bị lũ cuốn, mất việc làm" in told


@pytest.mark.parametrize(
    ("code", "kind", "subject"),
    [
        ("form_01", "review", "Rà soát hộ nghèo, hộ cận nghèo"),
        ("form_01", "average", "diêm nghiệp có mức sống trung bình"),
        ("form_01", "worker", "người lao động có thu nhập thấp"),
        ("form_04", "", "Công nhận hộ thoát nghèo, hộ thoát cận nghèo"),
    ],
)
def test_an_application_is_printed_to_be_filled_in(
    text: Callable[..., str], code: str, kind: str, subject: str
) -> None:
    told = text(code, on=DAY, **({"kind": kind} if kind else {}))
    assert subject in told
    assert f"Ủy ban nhân dân {DOTS}" in told
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in told.upper()


def test_a_receipt_names_number_day_and_applicant_and_the_day_that_was_promised(
    made: Made, text: Callable[..., str]
) -> None:
    told = text("receipt", intake=made.intake)
    assert "Số trong sổ nhận: 03/2026. Ngày nhận: ngày 15 tháng 9 năm 2026 (nộp trực tiếp)." in told
    assert "đã nhận của ông (bà): Lò Văn An" in told
    assert "Hẹn trả lời: chậm nhất ngày 14 tháng 12 năm 2026, hỏi tại bộ phận tiếp nhận của xã." in told
    made.intake.due_on = None  # of a paper that was taken in before receipts named a day
    assert "Hẹn trả lời: cùng kết quả của đợt rà soát" in text("receipt", intake=made.intake)


def test_the_list_of_a_village_says_why_each_household_is_reviewed(made: Made, text: Callable[..., str]) -> None:
    told = text("list_i", dossier=made.dossier, village=village(made), on=DAY)
    assert "XÓM NÀ VÀI 1" in told.upper()
    assert "1 Lò Văn An Xóm Nà Vài 1, Số" in told
    assert "đang quản lý: hộ nghèo" in told
    assert "Tổng số: 03 hộ, gồm 02 hộ nghèo và 01 hộ cận nghèo đang quản lý" in told
    assert "Sầm Thị Nhình" not in told  # of the other village


def test_minutes_hold_who_came_and_the_votes_on_each_household(made: Made, text: Callable[..., str]) -> None:
    told = text("minutes", meeting=made.meeting)
    assert "Hôm nay, ngày 02 tháng 11 năm 2026, bắt đầu lúc 19 giờ 00, tại Nhà văn hóa" in told
    assert "Số người dự họp: 40 người" in told
    assert "1 Lò Văn An 90 40 hộ nghèo 38 2 Thông qua" in told
    assert "được thông qua: 03. Số hộ phải rà soát lại: 0." in told
    assert "02 bản" in told
    assert "Hoàng Văn Tám" in told
    assert "Lý Thị Mai" in told


def test_before_the_meeting_only_what_is_to_be_voted_on_is_filled_in(made: Made, text: Callable[..., str]) -> None:
    told = text("minutes", dossier=made.dossier, village=village(made), on=DAY)
    assert "Chưa có hộ nào chờ biểu quyết." in told  # all have been
    assert f"Hôm nay, {DOTS}, bắt đầu lúc {DOTS}" in told


def test_a_posting_carries_name_village_class_and_nothing_else(made: Made, text: Callable[..., str]) -> None:
    told = text("posting", posting=made.posting)
    assert "1 Lò Văn An Xóm Nà Vài 1 hộ nghèo" in told
    assert "từ ngày 03 tháng 11 năm 2026 đến hết ngày 06 tháng 11 năm 2026" in told
    for secret in ("1980", "Tày", "90", "Số 1", "Lò Thị An", "•"):
        assert secret not in told


def test_a_complaint_is_receipted_with_its_day_and_answered(made: Made, text: Callable[..., str]) -> None:
    told = text("complaint_receipt", complaint=made.complaint)
    assert "đã nhận khiếu nại của ông (bà): Hoàng Thị Mai" in told
    assert "hộ ông (bà) Lò Văn An, xóm Nà Vài 1" in told
    assert "chậm nhất ngày 16 tháng 11 năm 2026" in told
    told = text("complaint_answer", complaint=made.complaint)
    assert "Kết quả phúc tra: giữ nguyên kết quả." in told
    assert "Đoàn phúc tra chấm lại: B1 90 điểm, B2 40 điểm." in told


def test_the_list_of_the_commune_has_all_that_are_recognised_and_all_that_left(
    made: Made, text: Callable[..., str]
) -> None:
    told = text("list_vi", dossier=made.dossier, on=DAY)
    kept, left = told.split("II. Hộ thoát nghèo")
    assert "02 hộ nghèo, 02 hộ cận nghèo" in kept
    assert "Sầm Thị Nhình Xóm Nà Vài 2 Tày 2 110 50" in kept
    assert "Hoàng A Páo" in left
    assert "hộ thoát cận nghèo" in left
    assert "Hoàng A Páo" not in kept


def test_the_letter_to_the_superior_counts_the_list_it_carries(made: Made, text: Callable[..., str]) -> None:
    told = text("opinion_request", opinion=made.opinion)
    assert "Số: 215/UBND-KT V/v xin ý kiến về kết quả rà soát định kỳ năm 2026" in told
    assert "Kính gửi: Chủ tịch Ủy ban nhân dân tỉnh Cao Bằng" in told
    assert "05 hộ, gồm 02 hộ nghèo, 02 hộ cận nghèo; 0 hộ thoát nghèo, 01 hộ thoát cận nghèo" in told
    assert "1 Xóm Nà Vài 1 1 2 0 0 2 Xóm Nà Vài 2 1 0 0 1 Cộng 2 2 0 1" in told
    assert "Hoàng A Páo Xóm Nà Vài 2 hộ cận nghèo hộ thoát cận nghèo" in told
    assert "chậm nhất ngày 17 tháng 11 năm 2026" in told


def test_the_superior_answers_as_himself(made: Made, text: Callable[..., str]) -> None:
    told = text("opinion_reply", opinion=made.opinion)
    assert told.upper().startswith("ỦY BAN NHÂN DÂN TỈNH CAO BẰNG")
    assert "Số: 88/UBND" in told
    assert "Trả lời Công văn số 215/UBND-KT ngày 10 tháng 11 năm 2026 của Ủy ban nhân dân xã Trường Hà" in told
    assert "Thống nhất với kết quả" in told


def test_a_decision_holds_every_line_of_its_list(made: Made, text: Callable[..., str]) -> None:
    told = text("decision", decision=made.recognised)
    assert "Số: 1/QĐ-UBND" in told
    assert "Căn cứ Quyết định 24/2021/QĐ-TTg." in told
    assert "Công nhận danh sách 02 hộ nghèo, 02 hộ cận nghèo của xã Trường Hà" in told
    assert "DANH SÁCH HỘ NGHÈO, HỘ CẬN NGHÈO" in told.upper()
    for one in made.lines(made.recognised):
        assert f"{one.place} {one.head} {one.village} {one.ethnicity} {len(one.members)}" in told
    assert "Nông Văn Chủ" in told


def test_those_who_left_are_decided_by_a_paper_of_their_own(made: Made, text: Callable[..., str]) -> None:
    told = text("decision", decision=made.escaped)
    assert "0 hộ thoát nghèo, 01 hộ thoát cận nghèo" in told
    assert "1 Hoàng A Páo Xóm Nà Vài 2 Tày 2 hộ cận nghèo hộ thoát cận nghèo" in told


def test_a_decision_is_looked_at_before_it_is_made(made: Made, text: Callable[..., str]) -> None:
    draft = Decision(
        dossier=made.dossier, kind="recognised", purpose="opening", area_code=made.dossier.area_code, year=2026,
        number="9", decided_on=date(2026, 12, 4), valid_from=date(2027, 1, 1), valid_until=date(2028, 1, 1),
        signer="Nông Văn Chủ", position="Chủ tịch", bases=["Xét đề nghị của công chức xã"],
    )  # fmt: skip
    line = DecisionLine(place=1, klass="poor", head="Lò Văn An", village="Xóm Nà Vài 1", ethnicity="Tày", members=[{}])
    told = text("decision", decision=draft, lines=[line])
    assert "Số: 09/QĐ-UBND" in told
    assert "Xét đề nghị của công chức xã." in told
    assert "theo chuẩn nghèo áp dụng từ năm 2027" in told
    assert "có hiệu lực từ ngày 01 tháng 01 năm 2027 đến trước ngày 01/01/2028." in told
    assert "1 Lò Văn An Xóm Nà Vài 1 Tày 1 hộ nghèo" in told


def test_a_correction_names_the_wrong_decision_and_both_classes(made: Made, text: Callable[..., str]) -> None:
    draft = Decision(
        dossier=made.dossier, kind="correction", purpose="closing", area_code=made.dossier.area_code, year=2026,
        number="12/QĐ-UBND", decided_on=date(2026, 12, 20), valid_from=date(2026, 11, 16), signer="Nông Văn Chủ",
        position="Chủ tịch", bases=[], corrects=made.recognised, reason="Ghi nhầm khi lập danh sách.",
    )  # fmt: skip
    line = DecisionLine(place=1, klass="near_poor", before="poor", head="Lò Văn An", village="Xóm Nà Vài 1")
    told = text("decision", decision=draft, lines=[line])
    assert "Đính chính Quyết định số 1/QĐ-UBND ngày 16/11/2026 đối với 01 hộ" in told
    assert "Ghi nhầm khi lập danh sách." in told
    assert "Lò Văn An Xóm Nà Vài 1 hộ nghèo hộ cận nghèo" in told


@pytest.mark.parametrize(("kind", "title"), [("average", "có mức sống trung bình"), ("worker", "thu nhập thấp")])
def test_the_other_lists_have_their_own_decision(made: Made, text: Callable[..., str], kind: str, title: str) -> None:
    draft = Decision(
        dossier=made.dossier, kind=kind, purpose="closing", area_code=made.dossier.area_code, year=2026, number="3",
        decided_on=DAY, valid_from=DAY, signer="Nông Văn Chủ", position="Chủ tịch",
    )  # fmt: skip
    line = DecisionLine(place=1, head="Lò Văn An", village="Xóm Nà Vài 1", members=[{"name": "Lò Thị Tẩn"}])
    told = text("decision", decision=draft, lines=[line])
    assert title in told
    assert "Lò Văn An Xóm Nà Vài 1" in told
    assert ("Lò Thị Tẩn" in told) == (kind == "worker")


def test_a_correction_of_a_list_of_workers_names_the_persons_and_a_deputy_signs_for_the_chair(
    made: Made, text: Callable[..., str]
) -> None:
    draft = Decision(
        dossier=made.dossier, kind="correction", purpose="closing", area_code=made.dossier.area_code, year=2026,
        number="12/QĐ-UBND", decided_on=date(2026, 12, 20), valid_from=date(2026, 11, 16), signer="Nông Văn Chủ",
        position="Phó Chủ tịch", bases=[], corrects=made.recognised, reason="Ghi nhầm người",
    )  # fmt: skip
    members = [{"name": "Lò Thị Tẩn", "birth": "1985-03-06"}]
    lines = [
        DecisionLine(place=1, head="Lò Văn An", village="Xóm Nà Vài 1", members=members),
        DecisionLine(place=2, head="Lý A Páo", village="Xóm Nà Vài 2", members=[]),
    ]
    told = text("decision", decision=draft, lines=lines)
    assert "1 Lò Thị Tẩn (sinh năm 1985) Lò Văn An Xóm Nà Vài 1" in told
    assert "2 không thuộc danh sách Lý A Páo" in told
    assert "Lý do: Ghi nhầm người. Điều 2." in told
    assert "KT. CHỦ TỊCH PHÓ CHỦ TỊCH" in told


def test_a_certificate_is_one_page_a_household_with_its_members(made: Made, text: Callable[..., str]) -> None:
    told = text("certificate", decision=made.recognised)
    assert told.count("GIẤY CHỨNG NHẬN") == 4
    assert "Số: 01/GCN-HN.HCN" in told
    assert "Hộ gia đình ông (bà): Lò Văn An" in told
    assert "1 Lò Văn An 05/02/1980 Nam chủ hộ 2 Lò Thị An 06/3/1985 Nữ vợ, chồng" in told
    assert "Căn cứ Quyết định số 1/QĐ-UBND ngày 16/11/2026 của Chủ tịch Ủy ban nhân dân xã Trường Hà" in told
    assert f"Hộ gia đình ông (bà): {LONG}" in told
    assert text("certificate", on=DAY).count("GIẤY CHỨNG NHẬN") == 1


def test_a_refusal_says_what_about_and_why(made: Made, text: Callable[..., str]) -> None:
    told = text("refusal", refusal=made.refusal)
    assert "Số: 7/TB-UBND" in told
    assert "Về giấy đề nghị số 03/2026 nhận ngày 15/9/2026" in told
    assert "Lý do: Hộ có từ 4 tiêu chí trở lên của Phiếu A." in told
    assert "có quyền khiếu nại" in told


def test_who_asks_about_his_data_gets_an_answer_and_the_data(made: Made, text: Callable[..., str]) -> None:
    told = text("subject_answer", request=made.request)
    assert "yêu cầu của ông (bà): xem dữ liệu về mình" in told
    assert "Kết quả giải quyết: đã làm theo." in told
    told = text("subject_data", request=made.request, on=DAY)
    assert "1 Lò Văn An 05/02/1980 Nam chủ hộ Tày" in told
    assert "2025 hộ nghèo 7/QĐ-UBND, 12/12/2025" in told
    assert "rà soát định kỳ năm 2026" in told


@pytest.mark.parametrize("code", ["form_a", "form_b", "form_viii"])
def test_the_sheets_of_the_survey_come_blank(text: Callable[..., str], code: str) -> None:
    assert {"form_a": "Phiếu A", "form_b": "Phiếu B", "form_viii": "Phụ lục VIII"}[code].upper() in text(
        code, on=DAY
    ).upper()


def test_a_paper_is_vietnamese_whatever_its_page_is_read_in(made: Made, django_db_blocker: Any) -> None:
    asked: list[tuple[str, dict[str, Any]]] = [
        ("certificate", {"certificate": made.certificates[0]}),
        ("list_i", {"dossier": made.dossier, "on": DAY}),
        ("decision", {"decision": made.recognised}),
        ("complaint_answer", {"complaint": made.complaint}),
        ("subject_data", {"request": made.request, "on": DAY}),
    ]
    with django_db_blocker.unblock():
        for code, what in asked:
            with override("vi"):
                wanted = pdf_text(pdf_of(code, **what))
            with override("en"):
                assert pdf_text(pdf_of(code, **what)) == wanted, code


def test_the_list_belongs_to_the_chairs_decision(made: Made, text: Callable[..., str]) -> None:
    assert "ngày 16 tháng 11 năm 2026 của Chủ tịch Ủy ban nhân dân xã Trường Hà)" in text(
        "decision", decision=made.recognised
    )
    assert "năm 2026 của Ủy ban nhân dân xã Trường Hà)" in text("opinion_request", opinion=made.opinion)


def test_what_is_printed_to_be_written_on_has_room(made: Made, text: Callable[..., str]) -> None:
    told = text("minutes", dossier=made.dossier, village=village(made), on=DAY)
    assert told.count(LINE) == 10  # six names, four lines of what was said
    assert "01 bản lưu tại xóm Nà Vài 1" in told
    assert text("form_01", on=DAY).count(LINE) == 2
    assert "Cơ quan cấp" in text("form_04", on=DAY)
    assert "CHỦ TỊCH" in text("certificate", on=DAY).replace("CHỦ TỊCH ỦY BAN", "")


def test_where_somebody_lives_is_written_as_in_a_sentence(made: Made, text: Callable[..., str]) -> None:
    place = re.compile(r"Số \d+, xóm Nà Vài 1, xã Trường Hà, tỉnh Cao Bằng")
    assert place.search(text("certificate", certificate=made.certificates[0]))
    assert place.search(text("subject_data", request=made.request, on=DAY))


def test_what_was_typed_without_a_full_stop_gets_one(made: Made, text: Callable[..., str]) -> None:
    assert "Nội dung: Hộ có thêm lao động đi làm công ty." in text("complaint_receipt", complaint=made.complaint)
    assert "giữ nguyên kết quả." in text("complaint_answer", complaint=made.complaint)


@pytest.mark.django_db
def test_a_correction_shows_what_the_wrong_decision_said_and_its_certificate_holds_no_more() -> None:
    """The household was near-poor before; the decision said poor by mistake."""
    dossier = certified(ready(Case("poor", "near_poor", name="Lò Văn An"), Case("poor", "poor", name="Sầm Văn Ba")))
    wrong = dossier.decisions.get(kind="recognised")
    line, other = wrong.lines.order_by("place")
    order = Correction(wrong.pk, {line.form_id: "not_poor"}, "31/QĐ-UBND", "Nông Văn Chủ", "Chủ tịch", BASES, "Nhầm B1")
    right = correct(dossier=dossier.pk, told=order, **told(CERTIFIED))
    assert "1 Lò Văn An Xóm Nà Vài 1 Tày hộ nghèo không thuộc hộ nghèo" in pdf_text(pdf_of("decision", decision=right))
    for tagged in (False, True):
        marked = pdf_text(pdf_of("certificate", certificate=line.certificate, on=CERTIFIED, tagged=tagged))
        assert "GIẤY NÀY KHÔNG CÒN GIÁ TRỊ: đã được đính chính bằng Quyết định 31/QĐ-UBND ngày 17/11/2026." in marked
    assert "KHÔNG CÒN GIÁ TRỊ" not in pdf_text(pdf_of("certificate", certificate=other.certificate, on=CERTIFIED))
    assert [one.line.head for one in given_by(wrong)] == ["Sầm Văn Ba"]


@pytest.mark.django_db
def test_a_certificate_of_another_year_says_that_it_is_over() -> None:
    dossier = certified(ready(Case("poor")))
    given = Certificate.objects.get(line__decision__dossier=dossier)
    own, later = given.line.recognition, date(2027, 12, 10)
    assert own is not None
    with on_the_record():
        Recognition.objects.create(
            household=given.line.household, klass="near_poor", year=2027, validity=DateRange(later, None), by=own.by,
            decision_number="9/QĐ-UBND", decision_date=later, area_code=own.area_code, standard=own.standard,
            origin="taken_over", source="phép thử", reason="phép thử", at=own.at,
        )  # fmt: skip
    assert lapsed([given], on=date(2027, 12, 9)) == {}
    assert lapsed([given], on=later) == {given.pk: "từ ngày 10/12/2027 hộ được công nhận theo Quyết định 9/QĐ-UBND"}


@pytest.mark.django_db
def test_a_household_that_is_gone_has_no_certificate_that_holds() -> None:
    dossier = certified(ready(Case("poor")))
    given = Certificate.objects.get(line__decision__dossier=dossier)
    with on_the_record():
        Household.objects.filter(pk=given.line.household_id).update(
            validity=DateRange(given.line.household.validity.lower, date(2027, 3, 1))
        )
    given = Certificate.objects.get(pk=given.pk)
    assert lapsed([given], on=date(2027, 2, 28)) == {}
    assert lapsed([given], on=date(2027, 3, 1)) == {given.pk: "hộ không còn trong sổ từ ngày 01/03/2027"}


@pytest.mark.django_db
def test_the_list_of_a_procedure_without_villages_is_of_the_whole_commune() -> None:
    round = a_round("2026-10-inyear", on=date(2026, 10, 15))
    dossier = ready(Case("average", "", why="average", name="Lò Văn An"), round=round, procedure="average")
    listed = pdf_text(pdf_of("list_i", dossier=dossier, village=dossier.area_code, on=DAY))
    assert "Lò Văn An" in listed
    assert not of_the_poor(dossier)  # so that no Phụ lục VI is offered or filed


@pytest.mark.django_db
def test_minutes_of_a_commune_without_villages_name_the_commune() -> None:
    round = a_round("2024-periodic", area="01392", on=date(2024, 9, 1))
    since: dict[str, Any] = {"before_on": date(2023, 12, 12), "lived_since": date(2023, 1, 1)}
    dossier = ready(Case(), round=round, commune="01392", **since)
    told = pdf_text(pdf_of("minutes", meeting=dossier.parts.get().meetings.get()))
    assert "Họp dân thống nhất kết quả rà soát, thị trấn Xuân Hòa" in told
    assert DOTS not in told.split("Cuộc họp kết thúc")[0]


@pytest.mark.parametrize(
    ("name", "head"),
    [("Xóm Nà Vài", "Trưởng thôn"), ("Bản Vặt", "Trưởng thôn"), ("Tổ dân phố 3", "Tổ trưởng tổ dân phố"),
     ("Tổ 5", "Tổ trưởng tổ dân phố"), ("Khu phố 2", "Tổ trưởng tổ dân phố")],
)  # fmt: skip
def test_the_head_of_a_village_signs_as_what_he_is(name: str, head: str) -> None:
    assert head_of(name) == head
