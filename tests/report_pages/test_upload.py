"""Figures from a file, on the page."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from reports.reported.models import ReportedFigure
from reports.reported.queries import figures_in_force
from reports.reported.rows import COLUMNS
from reports.web.wording import COLUMN_HELP

ADDRESS = reverse("reports:figure_upload")
HEAD = (
    "report,area_code,area_name,boundary_on,standard,program,measure,unit,period_from,period_to,value,qualifier,note\n"
)
GOOD = "S9,045,Huyện Hà Quảng,2020-09-16,,TDCS,poor_persons,người,2020-12-31,2020-12-31,{},exact,\n"


def send(client: Client, text: str, button: str = "load") -> str:
    sent = {"file": SimpleUploadedFile("số liệu.csv", text.encode()), button: "1"}
    return client.post(ADDRESS, sent, follow=True).content.decode()


def test_a_good_file_is_stored_and_says_how_much(editor: Client) -> None:
    assert "Đã lưu 1 số liệu mới" in send(editor, HEAD + GOOD.format("1046"))
    assert figures_in_force().get(measure="poor_persons").origin == "số liệu.csv:2"


def test_a_bad_row_is_named_by_line_and_column_and_nothing_is_stored(editor: Client) -> None:
    before = ReportedFigure.objects.count()
    bad = GOOD.format("1.046").replace("poor_persons", "near_poor_persons")
    shown = send(editor, HEAD + GOOD.format("5") + bad)
    assert "<code>value</code>" in shown
    assert '<th scope="row" class="number">3</th>' in shown
    assert "1046" in shown
    assert ReportedFigure.objects.count() == before


def test_checking_only_stores_nothing(editor: Client) -> None:
    before = ReportedFigure.objects.count()
    assert "không có lỗi" in send(editor, HEAD + GOOD.format("5"), "check")
    assert ReportedFigure.objects.count() == before


def test_a_thousand_bad_rows_are_all_named_on_a_page_that_stays_light(editor: Client) -> None:
    shown = send(editor, HEAD + GOOD.format("x") * 1000)
    assert len(shown.encode()) < 100_000
    assert "1000 dòng có lỗi" in shown
    assert "1001" in shown


def test_a_file_of_more_rows_than_one_request_carries_is_refused_before_any_row_is_read(editor: Client) -> None:
    assert "Mỗi tệp nhiều nhất 5.000 dòng số liệu" in editor.get(ADDRESS).content.decode()
    shown = send(editor, HEAD + GOOD.format("x") * 10_001)
    assert "1 dòng có lỗi" in shown
    assert '<th scope="row" class="number">5002</th>' in shown
    assert "10.001 dòng số liệu, từ dòng này trở đi là quá 5.000 dòng một tệp; hãy chia thành 3 tệp" in shown


def test_an_unknown_measure_is_listed_but_stops_nothing(editor: Client) -> None:
    shown = send(editor, HEAD + GOOD.format("5").replace("poor_persons", "so_moi"), "check")
    assert "Chỉ tiêu chưa có trong danh mục: so_moi" in shown


def test_the_template_has_every_column_and_a_row_that_is_right(editor: Client) -> None:
    template = editor.get(reverse("reports:figure_template")).content.decode("utf-8-sig")
    assert template.startswith(HEAD)
    assert "không có lỗi" in send(editor, template, "check")


def test_the_example_file_is_the_one_that_the_portal_was_loaded_with(editor: Client) -> None:
    example = editor.get(reverse("reports:figure_example")).content.decode("utf-8-sig")
    assert "Có 0 số liệu mới, 59 số liệu đã lưu" in send(editor, example, "check")


def test_every_column_is_explained_in_vietnamese(editor: Client) -> None:
    assert tuple(COLUMN_HELP) == COLUMNS
    shown = editor.get(ADDRESS).content.decode()
    assert "Theo địa giới ngày" in shown
    assert "<code>loan_households</code> Số hộ được vay vốn" in shown


def test_without_a_file_the_page_asks_for_one(editor: Client) -> None:
    assert 'id="id_file_error"' in editor.post(ADDRESS, {"load": "1"}).content.decode()
