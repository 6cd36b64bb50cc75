"""Sheets filled in as far as the portal knows: who may have them made, what stands on them, who may fetch them."""

from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client

from households.papers.village_sheets import file_name, make_sheets
from households.surveys.form_models import State, SurveyForm
from households.surveys.forms.listing import add_form, list_for_round
from households.surveys.models import SurveyRound
from povertyportal.core.accounts import system_user
from povertyportal.core.clock import now
from povertyportal.core.job_kinds import JobRefused, Progress
from povertyportal.core.kept_files import open_file
from povertyportal.core.models import Job, KeptFile, User
from povertyportal.records.models import DisplayRecord
from tests.access.people import AREAS, person, signed_in
from tests.registry.people import household, member
from tests.rendering.reading import pdf_text
from tests.surveys.test_listing import a_round, given
from tests.surveys.test_work_list import CODE, LONG_AGO, TODAY, WHOLE_YEAR

pytestmark = pytest.mark.django_db
NUMBER = "004185000127"


@pytest.fixture
def round(db: None) -> SurveyRound:
    """A poor household of two, one with a number; and one that asked to be reviewed."""
    made = a_round(code=CODE, days=WHOLE_YEAR, on=TODAY)
    members = [
        member("Sầm Thị Nhình", "head", born=date(1985, 3, 14), sex="female", ethnicity="nung", identity=NUMBER),
        member("Nông Văn Páo", "child", born=2011),
    ]
    poor = household("01392-001", members, on=LONG_AGO, address="Số nhà 12")
    given(poor, "poor", LONG_AGO)
    list_for_round(round=made, area_code=AREAS.COMMUNE, by=system_user(), at=now())
    asks = household("01392-001", ("Lý Văn Dũng",), on=LONG_AGO)
    add_form(round=made, household=asks.pk, why="request", by=system_user(), at=now())
    return made


def made_for(round: SurveyRound, by: User, areas: tuple[str, ...] = ("01392-001",)) -> dict[str, int]:
    return make_sheets(Progress(), {"round": round.pk, "areas": list(areas), "purpose": "closing", "by": by.pk})


@pytest.fixture
def reviewer(db: None) -> User:
    return person("village_reviewer", AREAS.COMMUNE)


def test_a_sheet_says_what_the_portal_knows_and_no_number_in_full(round: SurveyRound, reviewer: User) -> None:
    assert made_for(round, reviewer) == {"households": 2, "files": 1}
    text = pdf_text(open_file(KeptFile.objects.get()))
    for words in (
        "Sầm Thị Nhình",
        "14/03/1985",
        "Nùng",
        "Nông Văn Páo",
        "2011",
        "Số nhà 12",
        "hộ nghèo (Quyết định 12/QĐ-UBND",
    ):
        assert words in text
    assert NUMBER not in text.replace(" ", "")
    assert NUMBER[-3:] in text
    assert "Lý Văn Dũng (H" in text  # on Phiếu A, in front


def test_what_is_finished_or_lies_elsewhere_is_not_printed(round: SurveyRound, reviewer: User) -> None:
    with pytest.raises(JobRefused, match="Không còn phiếu"):
        made_for(round, person("village_reviewer", AREAS.FOREIGN_COMMUNE))
    with pytest.raises(JobRefused, match="Không còn phiếu"):
        made_for(round, reviewer, ("01392-002",))


def test_only_who_had_it_made_fetches_a_file_and_that_is_on_the_record(round: SurveyRound, reviewer: User) -> None:
    made_for(round, reviewer)
    found = KeptFile.objects.get()
    address = f"/surveys/sheets/files/{found.key}/"
    answer = signed_in(reviewer).get(address)
    assert (answer.status_code, answer.content[:5]) == (200, b"%PDF-")
    assert DisplayRecord.objects.get().purpose.endswith(found.name)
    assert signed_in(person("commune_official", AREAS.COMMUNE)).get(address).status_code == 403


def asked(client: Client, **fields: Any) -> Any:
    return client.post("/surveys/sheets/", {"areas": ["01392-001"], "purpose": "closing", **fields})


def test_the_page_starts_the_work_and_tells_how_far_it_is_to_its_maker_alone(
    round: SurveyRound, reviewer: User
) -> None:
    client = signed_in(reviewer)
    answer = asked(client)
    job = Job.objects.get()
    assert answer["Location"] == f"/surveys/sheets/{job.pk}/"
    assert "Đang làm phiếu điền sẵn" in client.get(answer["Location"]).content.decode()
    assert client.get(f"/surveys/sheets/{job.pk}/state/").json()["ended"] is False
    other = signed_in(person("commune_official", AREAS.COMMUNE))
    assert other.get(f"/surveys/sheets/{job.pk}/state/").status_code == 404


def test_without_a_village_nothing_is_started(round: SurveyRound, reviewer: User) -> None:
    assert "Hãy chọn ít nhất một thôn" in asked(signed_in(reviewer), areas=[]).content.decode()
    assert not Job.objects.exists()


def test_a_form_that_is_not_finished_has_no_slip(round: SurveyRound, reviewer: User) -> None:
    form = SurveyForm.objects.filter(state=State.WAITING).first()
    assert form
    assert signed_in(reviewer).get(f"/surveys/{form.pk}/result.pdf").status_code == 404


def test_the_command_counts_first_and_lists_when_told(db: None, capsys: pytest.CaptureFixture[str]) -> None:
    a_round(AREAS.PROVINCE, code=CODE, days=WHOLE_YEAR, on=TODAY)
    found = household("01392-001", ("Sầm Thị Nhình",), on=LONG_AGO)
    given(found, "near_poor", LONG_AGO)
    by = person("commune_official", AREAS.COMMUNE).username
    call_command("list_round", CODE, area=AREAS.COMMUNE, by=by)
    assert "Sẽ đưa 1 hộ" in capsys.readouterr().out
    assert not SurveyForm.objects.exists()
    call_command("list_round", CODE, area=AREAS.COMMUNE, by=by, commit=True)
    assert SurveyForm.objects.get().household == found
    with pytest.raises(CommandError, match="Không có đợt"):
        call_command("list_round", "2019-periodic", area=AREAS.COMMUNE, by=by)


def test_a_files_name_holds_nothing_that_a_system_refuses() -> None:
    assert file_name("Xóm Đỏ, Xã Trường Hà", 1) == "phieu-xom-do-xa-truong-ha-1.pdf"
    assert file_name('Tổ 5/6 “Đầu Cầu” "A";\r\nB', 2) == "phieu-to-5-6-dau-cau-a-b-2.pdf"
