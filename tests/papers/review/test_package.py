"""A commune's whole package: everything in one file, made in the background, seen by nobody but who asked for it."""

from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from households.papers.review.certificates import certificates_pdf
from households.papers.review.layout.flow import flowing_pdf
from households.papers.review.layout.parts import Paragraphs
from households.papers.review.layout.setting import set_pdf
from households.papers.review.lists import list_vi
from households.papers.review.opinions import opinion_request
from households.papers.review.package import JOB, make_package, package_pdf, steps_of
from povertyportal.core.file_models import KeptFile
from povertyportal.core.job_kinds import JobCancelled, Progress
from povertyportal.core.models import Job
from tests.access.people import person, signed_in
from tests.papers.review.made import all_made
from tests.registry.people import COMMUNE
from tests.rendering.reading import pdf_text
from tests.review.ready import Case, ready

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


def words(pdf: bytes) -> list[str]:
    return sorted(pdf_text(pdf).casefold().split())


def test_the_package_holds_every_paper_of_the_dossier_in_the_order_of_its_steps() -> None:
    dossier = all_made().dossier
    content, pages = package_pdf(dossier, on=DAY, progress=Progress())
    told = pdf_text(content)
    wanted = (
        "DANH SÁCH HỘ GIA ĐÌNH CẦN RÀ SOÁT", "BIÊN BẢN", "Niêm yết công khai", "GIẤY NHẬN KHIẾU NẠI",
        "Kết quả phúc tra theo khiếu nại",
        "SAU RÀ SOÁT", "xin ý kiến", "Thống nhất với kết quả", "Số: 1/QĐ-UBND", "Số: 2/QĐ-UBND", "Số: 01/GCN-HN.HCN",
        "Số: 04/GCN-HN.HCN",
    )  # fmt: skip
    places = [told.casefold().find(one.casefold()) for one in wanted]
    assert -1 not in places
    assert places == sorted(places)
    assert pages == len(PdfReader(BytesIO(content)).pages)


def test_the_work_tells_how_far_it_is_and_can_be_stopped() -> None:
    dossier = ready(Case(), Case(village=1))
    progress = Progress()
    package_pdf(dossier, on=DAY, progress=progress)
    assert progress.total == sum(one.weight for one in steps_of(dossier, DAY))
    assert progress.done == progress.total
    progress.cancelled.set()
    with pytest.raises(JobCancelled):
        package_pdf(dossier, on=DAY, progress=progress)


def test_a_long_list_says_the_same_as_a_short_one_would() -> None:
    document = list_vi(ready(Case(), Case("near_poor"), Case("not_poor", "poor")), on=DAY)
    assert words(flowing_pdf(document)) == words(set_pdf(document))


def test_a_list_of_hundreds_is_set_whole_and_its_pages_are_numbered() -> None:
    document = list_vi(ready(*(Case() for _turn in range(320))), on=DAY)
    assert document.is_long
    pages = PdfReader(BytesIO(set_pdf(document))).pages
    text = pdf_text(set_pdf(document))
    assert all(f" {turn} " in text for turn in range(1, 321))
    assert pages[1].extract_text().strip().startswith(("2", "TT"))
    assert "TT" in pages[1].extract_text()  # the head of the table again


def test_the_signature_of_a_long_letter_stands_below_its_last_words_wherever_the_page_ends() -> None:
    letter = opinion_request(all_made().opinion)
    for lines in range(1, 45):
        more = {"tong_hop": Paragraphs(("Thêm một dòng.",) * lines)}
        pages = PdfReader(BytesIO(flowing_pdf(replace(letter, blocks={**letter.blocks, **more})))).pages
        signed = next(text for page in pages if "Lưu: VT" in (text := page.extract_text()))
        assert "kèm theo./." in " ".join(signed.split()), lines


def test_a_household_of_thirty_still_has_one_page() -> None:
    made = all_made()
    one = made.certificates[0]
    one.line.members = [
        {"name": f"Nguyễn Phúc Tôn Nữ Công Huyền {turn}", "birth": "1980", "sex": "", "relation": "child"}
        for turn in range(30)
    ]
    pages = PdfReader(BytesIO(certificates_pdf([one]))).pages
    assert len(pages) == 1
    assert "Công Huyền 29" in pages[0].extract_text()
    assert "Nông Văn Chủ" in pages[0].extract_text()


@pytest.fixture
def official() -> Client:
    return signed_in(person("commune_official", COMMUNE))


def started(client: Client, dossier: int) -> Job:
    answer = client.post(reverse("review:package", args=[dossier]))
    assert answer.status_code == 302
    return Job.objects.filter(kind=JOB).latest("created_at")


def test_who_asks_again_while_it_runs_comes_to_the_same_work(official: Client) -> None:
    dossier = ready(Case())
    assert started(official, dossier.pk) == started(official, dossier.pk)
    assert Job.objects.filter(kind=JOB).count() == 1
    page = official.get(reverse("review:papers", args=[dossier.pk])).content.decode()
    assert "Xem tiến độ" in page


def test_the_work_is_followed_stopped_and_asked_for_anew(official: Client) -> None:
    dossier = ready(Case())
    job = started(official, dossier.pk)
    assert official.get(reverse("review:package_job", args=[job.pk])).status_code == 200
    assert official.get(reverse("review:package_state", args=[job.pk])).json()["ended"] is False
    official.post(reverse("review:package_cancel", args=[job.pk]))
    assert official.get(reverse("review:package_state", args=[job.pk])).json()["ended"] is True
    page = official.get(reverse("review:package_job", args=[job.pk])).content.decode()
    assert "Đã dừng theo yêu cầu" in page
    assert started(official, dossier.pk) != job


def test_the_file_is_its_makers_alone(official: Client) -> None:
    dossier = ready(Case())
    job = started(official, dossier.pk)
    make_package(Progress(), job.arguments)
    found = KeptFile.objects.get(purpose=JOB)
    assert found.name == f"ho-so-2026-periodic-{COMMUNE}-periodic.pdf"
    address = reverse("review:package_file", args=[found.key])
    assert address in official.get(reverse("review:papers", args=[dossier.pk])).content.decode()
    assert official.get(address).content.startswith(b"%PDF")
    other = signed_in(person("commune_official", COMMUNE, username="nguoi-khac"))
    assert other.get(address).status_code == 403
    assert other.get(reverse("review:package_job", args=[job.pk])).status_code == 404
