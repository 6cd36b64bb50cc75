"""The pages on which standards are read, compared, entered and published."""

import json
import re
import tomllib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from households.criteria.facts import compare
from households.criteria.law.shelf import content, read_standard, standard
from households.criteria.models import B1TableRow, LegalStandard, State
from povertyportal.records.models import Proposal
from tests.access.people import AREAS, NATION, person, signed_in
from tests.criteria.points import as_csv, as_xlsx, rows
from tests.criteria.published import draft, local_text

pytestmark = pytest.mark.django_db


def text_of(client: Client, path: str, status: int = 200) -> str:
    """Without tags, spaces drawn together."""
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:400]
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", AREAS.COMMUNE))


@pytest.fixture
def administrator() -> Client:
    return signed_in(person("administrator", AREAS.PROVINCE, username="thu", full_name="Lý Thị Thu"))


@pytest.fixture
def nation() -> Client:
    return signed_in(person("administrator", NATION))


# Reading


def test_the_list_says_what_applies_in_which_year_and_what_nobody_has_compared(official: Client) -> None:
    page = text_of(official, "/standards/")
    for said in ("2011", "2030", "qd59-2015", "nd351-2025 bản thảo", "Tỉnh Quảng Ninh", "đầu kỳ chuẩn sau",
                 "chưa đối chiếu văn bản gốc", "Nghị quyết 13/2023/NQ-HĐND"):  # fmt: skip
        assert said in page
    assert "Nhập chuẩn địa phương" not in page


def test_a_province_bears_the_name_it_had_while_its_standard_applied(official: Client) -> None:
    for path in ("/standards/", "/standards/dongnai-2022/"):
        page = text_of(official, path)
        assert "Tỉnh Đồng Nai" in page
        assert "Thành phố Đồng Nai" not in page
    assert "Tỉnh Bình Dương" in text_of(official, "/standards/binhduong-2016/")


def test_a_standard_is_read_with_lines_rules_tests_and_their_place_in_law(official: Client) -> None:
    page = text_of(official, "/standards/nd07-2021/")
    for said in (
        "1.500.000", "2.000.000", "đồng/người/tháng", "6 chiều, 12 chỉ số thiếu hụt",
        "B1 từ 140 (nông thôn), 175 (thành thị) điểm trở xuống; B2 từ 30 điểm trở lên",
        "từ đủ 6 tuổi trở lên; có bảo hiểm y tế: không", "Diện tích nhà ở (m²) chia cho số thành viên: nhỏ hơn 8",
        "Khoản 1 Điều 3 Nghị định 07/2021/NĐ-CP", "đã đọc văn bản", "chưa đối chiếu", "theo phần mềm khác",
        "Có từ 4 trong 9 tiêu chí trở lên", "Không có vốn sản xuất, kinh doanh", standard("nd07-2021").digest,
    ):  # fmt: skip
        assert said in page, said


def test_what_is_not_known_is_said_first(official: Client) -> None:
    page = text_of(official, "/standards/nd07-2021/")
    assert "nhập tổng điểm B1 từ phiếu giấy" in page
    assert "Nội dung 9 trong 9 tiêu chí của phiếu A chưa tìm được" in page
    assert "không dùng để quyết định: Hộ có mức sống trung bình" in text_of(official, "/standards/qd59-2015/")
    draft_page = text_of(official, "/standards/nd351-2025/")
    assert "Bản thảo: chưa dùng để phân loại hộ" in draft_page
    assert "Các chỉ số thiếu hụt chưa tìm được" in draft_page


@pytest.mark.parametrize("code", ["qd09-2011", "qd59-2015", "nd07-2021", "nd351-2025", "tphcm-2021", "dongnai-2022",
                                  "quangninh-2023", "binhduong-2016"])  # fmt: skip
def test_every_shipped_standard_opens_in_few_queries(
    official: Client, code: str, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(15):
        page = text_of(official, f"/standards/{code}/")
    assert standard(code).title in page


def test_the_document_leaves_as_toml_and_as_json(official: Client) -> None:
    answer = official.get("/standards/nd07-2021/1/document.toml")
    assert tomllib.loads(answer.content.decode())["code"] == "nd07-2021"
    assert answer.content.decode() == content("nd07-2021")
    told = json.loads(official.get("/standards/tphcm-2021/1/document.json").content)
    assert told["standard"]["lines"][0]["rural"] == 36_000_000
    assert told["published"]["state"] == "in_force"


@pytest.mark.parametrize(
    "path",
    [
        "/standards/khong-co/",
        "/standards/nd07-2021/?version=9",
        "/standards/nd07-2021/9/document.toml",
        "/standards/nd07-2021/b1/7/",
        "/standards/nd07-2021/b1/demonstration/",
    ],
)
def test_what_is_not_there_is_not_found(official: Client, path: str) -> None:
    assert official.get(path).status_code == 404


def test_a_version_that_is_no_number_is_refused(official: Client) -> None:
    assert "không phải là số phiên bản" in text_of(official, "/standards/nd07-2021/?version=x", 400)


# Comparing


def test_two_standards_side_by_side_show_what_differs(official: Client) -> None:
    page = official.get("/standards/compare/?left=nd07-2021&right=dongnai-2022@1").content.decode()
    rows = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r'<tr class="standard-differs">.*?</tr>', page, re.S)
    ]
    assert any("thiếu hụt từ 3 chỉ số trở lên" in row and "thiếu hụt từ 2 chỉ số trở lên" in row for row in rows)
    assert not any("Bảo hiểm y tế" in row for row in rows)


def test_a_change_of_words_or_of_a_bound_of_income_is_a_difference() -> None:
    before = standard("nd07-2021")
    for old, new in (
        ("Diện tích nhà ở bình quân đầu người của hộ nhỏ hơn 8 m².", "Diện tích bình quân nhỏ hơn 8 m²."),
        ("[income_survey.worker]\nfrom = 2025", "[income_survey.worker]\nfrom = 2024"),
    ):
        text = content("nd07-2021")
        assert old in text
        after = read_standard(text.replace(old, new), name="thử", shelf={})
        assert [pair.label for one in compare(before, after) for pair in one.pairs if pair.differs], old


def test_a_standard_beside_itself_differs_nowhere(official: Client) -> None:
    assert "0 chỗ khác nhau" in text_of(official, "/standards/compare/?left=qd59-2015&right=qd59-2015")


# Entering

TYPED = {
    "province": "04", "parent": "nd07-2021", "title": "Chuẩn nghèo tỉnh Cao Bằng giai đoạn 2028 - 2030", "first": "2028",
    "last": "2030", "unit": "month", "way": "count", "poor_rural": "2.000.000", "poor_urban": "2.500.000",
    "deprivations": "2", "average_rural": "3.000.000", "average_urban": "3.750.000", "number": "Nghị quyết 12/2026/NQ-HĐND",
    "on": "2/11/2026", "text_title": "Chuẩn nghèo của tỉnh “Cao Bằng” \\ thử", "article": "Điều 1", "confidence": "verified",
}  # fmt: skip


def test_a_local_standard_is_previewed_then_kept_as_a_draft(administrator: Client) -> None:
    preview = administrator.post("/standards/new/", TYPED | {"preview": "1"}).content.decode()
    assert "Chưa lưu gì" in preview
    assert "thiếu hụt từ 2 chỉ số trở lên" in preview
    assert not LegalStandard.objects.filter(scope=["04"]).exists()
    answer = administrator.post("/standards/new/", TYPED | {"save": "1"})
    assert (answer.status_code, answer["Location"]) == (302, "/standards/caobang-2028/?version=1")
    row = LegalStandard.objects.get(code="caobang-2028")
    assert (row.state, row.entered_by.username, row.parent and row.parent.code) == (State.DRAFT, "thu", "nd07-2021")
    assert "Đề nghị áp dụng" in text_of(administrator, answer["Location"])


@pytest.mark.parametrize(
    ("field", "typed", "told"),
    [
        ("poor_rural", "2.000.000,5", "số nguyên"),
        ("poor_rural", "-1", "số nguyên"),
        ("poor_rural", "hai triệu", "số"),
        ("poor_urban", "", "Hãy ghi một số"),
        ("last", "2027", "Năm cuối phải từ năm đầu"),
        ("first", "28", "Năm từ 2011"),
        ("deprivations", "", "Ghi số chỉ số"),
        ("deprivations", "0", "từ 1 đến 20"),
        ("near_rural", "2.200.000", "Để trống"),
        ("average_urban", "", "cả nông thôn và thành thị"),
        ("article", "", "điều, khoản"),
        ("province", "22", "hợp lệ"),
        ("on", "31/12/2098", "chưa tới"),
        ("average_rural", "1.000.000", "Không hộ nào thuộc quy tắc này ở nông thôn"),
        ("deprivations", "13", "Chuẩn chỉ có 12 chỉ số"),
    ],
)
def test_a_fault_stands_at_its_field(administrator: Client, field: str, typed: str, told: str) -> None:
    answer = administrator.post("/standards/new/", TYPED | {field: typed, "save": "1"})
    found = re.search(rf'id="id_{field}_error">(.*?)</div></div>', answer.content.decode(), re.S)
    assert answer.status_code == 400
    assert found
    assert told in found[1]
    assert not LegalStandard.objects.filter(scope=["04"]).exists()


def test_a_line_below_the_nations_and_years_that_its_parent_does_not_know_are_pointed_at(administrator: Client) -> None:
    answer = administrator.post("/standards/new/", TYPED | {"unit": "year", "preview": "1"})
    page = answer.content.decode()
    assert "nông thôn: 166.666 đồng/người/tháng, thấp hơn mức của cả nước (1.500.000)" in page
    assert "Chuẩn gốc nd07-2021 không áp dụng các năm 2028 – 2030" in page
    administrator.post("/standards/new/", TYPED | {"unit": "year", "save": "1"})
    administrator.post("/standards/caobang-2028/1/publish/", {"reason": "Nghị quyết"})
    reviewer = signed_in(person("province_reviewer", AREAS.PROVINCE))
    assert "thấp hơn mức của cả nước" in text_of(reviewer, f"/approvals/{Proposal.objects.get().pk}/")
    enough = TYPED | {"poor_rural": "20.000.000", "poor_urban": "20.000.000", "average_rural": "", "average_urban": ""}
    assert "hơn 5 lần mức của cả nước" in administrator.post("/standards/new/", enough).content.decode()


def test_a_standard_of_2016_2020_is_entered_though_its_parent_knows_kinds_of_poverty(administrator: Client) -> None:
    typed = TYPED | {"parent": "qd59-2015", "first": "2016", "last": "2020", "save": "1"}
    assert administrator.post("/standards/new/", typed).status_code == 302
    assert LegalStandard.objects.get(code="caobang-2016").state == State.DRAFT


def test_a_province_that_never_was_has_no_standard(nation: Client) -> None:
    answer = nation.post("/standards/new/document/", {"content": local_text(scope="99", code="la-2028"), "save": "1"})
    assert "Không có tỉnh, thành phố mang mã 99" in answer.content.decode()
    assert not LegalStandard.objects.filter(code="la-2028").exists()


def test_a_standard_by_two_incomes_has_no_count(administrator: Client) -> None:
    typed = TYPED | {
        "way": "income",
        "deprivations": "",
        "near_rural": "2.300.000",
        "near_urban": "2.800.000",
        "unit": "year",
    }
    administrator.post("/standards/new/", typed | {"save": "1"})
    page = text_of(administrator, "/standards/caobang-2028/")
    assert "Thu nhập trên 2.000.000 (nông thôn), 2.500.000 (thành thị) đồng/người/năm" in page


def test_a_cut_off_of_the_province_brings_scores(administrator: Client) -> None:
    administrator.post("/standards/new/", TYPED | {"b1_rural": "150", "b1_urban": "180", "save": "1"})
    page = text_of(administrator, "/standards/caobang-2028/")
    assert "B1 từ 150 (nông thôn), 180 (thành thị) điểm trở xuống; B2 từ 20 điểm trở lên" in page


def test_a_document_with_faults_comes_back_with_their_lines(nation: Client) -> None:
    text = content("nd351-2025").replace("version = 1", "version = 2").replace("2_200_000", '"hai triệu"')
    answer = nation.post("/standards/new/document/", {"content": text, "save": "1"})
    line = text.split('"hai triệu"')[0].count("\n") + 1
    assert answer.status_code == 400
    assert f"Dòng {line}: " in answer.content.decode()


def test_a_document_of_another_province_is_not_stored(administrator: Client) -> None:
    text = local_text(scope="22", code="quangninh-2028")
    page = administrator.post("/standards/new/document/", {"content": text, "save": "1"}).content.decode()
    assert "không gồm" in page
    assert not LegalStandard.objects.filter(code="quangninh-2028").exists()


# Publishing


def test_the_whole_way_of_a_local_standard(administrator: Client) -> None:
    administrator.post("/standards/new/", TYPED | {"save": "1"})
    asked = administrator.post("/standards/caobang-2028/1/publish/", {"reason": "Nghị quyết đã đăng Công báo"})
    assert asked.status_code == 302
    reviewer = signed_in(person("province_reviewer", AREAS.PROVINCE, full_name="Hoàng Văn Hùng"))
    proposal = Proposal.objects.get()
    assert "Công bố chuẩn nghèo" in text_of(reviewer, "/approvals/")
    assert "Các năm 2028 – 2030 (kết quả cuối năm) áp dụng" in text_of(reviewer, f"/approvals/{proposal.pk}/")
    reviewer.post(f"/approvals/{proposal.pk}/", {"decision": "approve"})
    page = text_of(reviewer, "/standards/caobang-2028/")
    assert "đang áp dụng" in page
    assert "Hoàng Văn Hùng duyệt" in page


def test_the_page_of_a_proposal_shows_what_changes(administrator: Client) -> None:
    reviewer = signed_in(person("province_reviewer", AREAS.PROVINCE))
    for version, rural in ((1, "2_000_000"), (2, "2_100_000")):
        administrator.post(
            "/standards/new/document/", {"content": local_text(version=version, rural=rural), "save": "1"}
        )
        administrator.post(f"/standards/caobang-2028/{version}/publish/", {"reason": "Nghị quyết"})
        page = text_of(reviewer, f"/approvals/{Proposal.objects.latest('pk').pk}/")
        if version == 1:
            assert "1.500.000 (nông thôn), 2.000.000 (thành thị) đồng/người/tháng 2.000.000 (nông thôn)" in page
            reviewer.post(f"/approvals/{Proposal.objects.get().pk}/", {"decision": "approve"})
    assert "2.000.000 (nông thôn), 2.500.000 (thành thị) đồng/người/tháng 2.100.000 (nông thôn)" in page
    assert "Phiên bản 1 đang áp dụng được rút" in page


def test_a_comparison_recorded_by_two_persons_stands_on_the_page(nation: Client) -> None:
    nation.post("/standards/nd07-2021/1/check/", {"reason": "Công báo số 357+358"})
    reviewer = signed_in(person("province_reviewer", NATION))
    reviewer.post(f"/approvals/{Proposal.objects.get().pk}/", {"decision": "approve"})
    page = text_of(reviewer, "/standards/nd07-2021/")
    assert "đã đối chiếu văn bản gốc" in page
    assert "Công báo số 357+358" in page


def test_a_step_that_the_state_forbids_is_told_before_it_is_asked(nation: Client) -> None:
    assert "đang áp dụng" in text_of(nation, "/standards/nd07-2021/1/publish/")
    assert "chưa đủ căn cứ" in text_of(nation, "/standards/nd351-2025/1/publish/")
    nation.post("/standards/nd351-2025/1/publish/", {"reason": "thử"})
    assert not Proposal.objects.exists()


def test_a_step_of_another_place_is_refused(administrator: Client) -> None:
    assert administrator.get("/standards/nd07-2021/1/check/").status_code == 403
    assert administrator.post("/standards/quangninh-2023/1/withdraw/", {"reason": "x"}).status_code == 403
    assert "Ghi đã đối chiếu" not in text_of(administrator, "/standards/nd07-2021/")


def test_a_draft_is_given_up_by_who_may_propose(administrator: Client) -> None:
    row = draft(person("administrator", AREAS.PROVINCE))
    assert administrator.post(f"/standards/{row.code}/1/discard/", {"reason": "ghi nhầm"}).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.withdrawal) == (State.WITHDRAWN, "ghi nhầm")


# Tables of points


def upload(client: Client, content: bytes, name: str = "b1.xlsx", **changed: str) -> Any:
    told = {"name": "Bảng điểm B1", "legal_basis": "Phụ lục III Thông tư 02/2022", "from_day": "1/1/2022"} | changed
    return client.post("/standards/nd07-2021/b1/new/", told | {"file": SimpleUploadedFile(name, content)})  # type: ignore[operator]


def test_points_from_a_day_outside_the_standards_years_are_not_stored(nation: Client) -> None:
    upload = {"file": SimpleUploadedFile("b1.xlsx", as_xlsx(rows())), "name": "B1", "legal_basis": "PL III"}
    answer = nation.post("/standards/nd07-2021/b1/new/", upload | {"from_day": "01/01/2011"})
    assert "ngày 01/01/2011 nằm ngoài các năm ấy" in answer.content.decode()
    assert not B1TableRow.objects.exists()


def test_an_upload_with_faults_lists_every_cell_and_stores_nothing(nation: Client) -> None:
    filled = rows()
    filled[1][5], filled[2][6] = "x", ""
    page = upload(nation, as_xlsx(filled))
    assert page.status_code == 400
    for said in ("2 chỗ sai", "F2", "G3", "Thiếu điểm của Nông thôn Trung du"):
        assert said in page.content.decode()
    assert not B1TableRow.objects.exists()


def test_a_table_goes_from_the_file_into_force_and_the_next_stands_beside_it(nation: Client) -> None:
    assert upload(nation, as_csv(rows()), "b1.csv")["Location"] == "/standards/nd07-2021/b1/1/"
    nation.post("/standards/nd07-2021/b1/1/publish/", {"reason": "Thông tư 02/2022"})
    reviewer = signed_in(person("province_reviewer", NATION))
    assert reviewer.get(f"/approvals/{Proposal.objects.get().pk}/").status_code == 200
    reviewer.post(f"/approvals/{Proposal.objects.get().pk}/", {"decision": "approve"})
    assert "Đang áp dụng: Bảng điểm B1, bảng 1" in text_of(nation, "/standards/nd07-2021/")
    filled = rows()
    filled[1][5] = "99"
    upload(nation, as_xlsx(filled), from_day="1/1/2024")
    page = text_of(nation, "/standards/nd07-2021/b1/2/")
    assert "So với Bảng điểm B1 (bảng 1): 1 ô khác" in page
    assert "trước: 1 99" in page


def test_a_stored_table_leaves_as_a_file_that_can_be_loaded_again(nation: Client) -> None:
    upload(nation, as_xlsx(rows()))
    again = nation.get("/standards/nd07-2021/b1/1/points.xlsx").content
    assert upload(nation, again)["Location"] == "/standards/nd07-2021/b1/2/"
    assert len(set(B1TableRow.objects.values_list("content", flat=True))) == 2  # they differ in their version alone
    assert nation.get("/standards/nd07-2021/b1/1/points.csv").status_code == 200


def test_a_cut_off_is_compared_by_its_name_not_its_code(official: Client) -> None:
    page = text_of(official, "/standards/compare/?left=nd07-2021&right=qd59-2015")
    assert "Điểm ngưỡng B1 (khác nhau) 140 (nông thôn)" in page
    assert re.search(r"\((poor|near_poor|average)\)", page) is None


def test_the_pages_say_that_there_is_no_official_table(official: Client) -> None:
    assert "B1 nhập bằng tổng điểm của phiếu giấy" in text_of(official, "/standards/nd07-2021/b1/")
    assert "không phân loại theo điểm" in text_of(official, "/standards/qd09-2011/b1/")
    page = text_of(official, "/standards/qd59-2015/b1/demonstration/")
    assert "BẢNG MINH HỌA, không bao giờ dùng để xét hộ" in page


def test_an_official_without_the_right_does_not_load_points(official: Client, administrator: Client) -> None:
    for client in (official, administrator):
        assert upload(client, as_xlsx(rows())).status_code == 403
