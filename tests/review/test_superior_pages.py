"""The way up and back as persons walk it: official, leader, superior, each on his own pages."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from households.criteria.models import LegalStandard
from households.registry.state import members_on
from households.review.findings import findings_of
from households.review.listed import listed
from households.review.superior_models import Certificate, Decision
from households.surveys.form_models import State, SurveyForm, SurveySheet
from households.surveys.models import SurveyRound
from tests.access.people import AREAS, person, signed_in
from tests.people import on_the_record
from tests.registry.people import COMMUNE
from tests.review.ready import Case, ready
from tests.review.steps import answered, asked, compiled, decided, fresh
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db
POOR, NEAR, LEFT = Case("poor"), Case("near_poor", "poor"), Case("not_poor", "near_poor")


def page(client: Client, name: str, *args: object, **asks: str) -> str:
    answer = client.get(reverse(f"review:{name}", args=args), asks)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def send(client: Client, name: str, *args: object, **said: object) -> str:
    """What the page after it says."""
    answer = client.post(reverse(f"review:{name}", args=args), said, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def official() -> Client:
    return signed_in(person("commune_official", COMMUNE))


def leader() -> Client:
    return signed_in(person("commune_leader", COMMUNE))


def superior() -> Client:
    return signed_in(person("province_reviewer", AREAS.PROVINCE))


def test_the_official_compiles_and_sees_what_stands_in_the_way() -> None:
    dossier, client = ready(POOR, LEFT, stage="posted"), official()
    assert "niêm yết chưa xong" in page(client, "compile", dossier.pk)
    done = ready(POOR, LEFT, commune="01363")
    other = signed_in(person("commune_official", "01363"))
    assert "ra khỏi danh sách" in page(other, "compile", done.pk)
    said = send(other, "compile", done.pk, version=done.version, on="09/11/2026")
    assert "Đã tổng hợp danh sách của xã" in said
    assert fresh(done).state == "compiled"


def test_the_leader_asks_and_the_superior_finds_it_in_his_inbox() -> None:
    dossier = compiled(ready(POOR, NEAR, LEFT))
    boss = superior()
    assert "Không có hồ sơ nào chờ trả lời" in page(boss, "inbox")
    said = send(leader(), "ask", dossier.pk, version=dossier.version, on="10/11/2026", letter_number="215/UBND-KT")
    assert "Đã gửi xin ý kiến cấp trên" in said
    seen = page(boss, "inbox")
    assert "Xã Trường Hà" in seen
    assert "17/11/2026" in seen


def test_the_superior_accepts_what_he_ticked() -> None:
    one, other, boss = asked(ready(POOR)), asked(ready(POOR, commune="01363")), superior()
    ticked = [f"{each.pk}-{each.version}" for each in (one, other)]
    send(boss, "inbox", version=0, on="12/11/2026", number="88/UBND", dossier=ticked)
    assert {fresh(one).state, fresh(other).state} == {"answered"}
    assert "thống nhất" in page(boss, "inbox", show="answered")


def test_remarks_typed_on_one_page_of_the_list_are_kept_on_the_next() -> None:
    dossier, boss = asked(ready(*[POOR] * 60)), superior()
    first = listed(dossier, day=date(2026, 11, 12))[0]
    seen = send(boss, "answer", dossier.pk, page="2", show="all", **{f"remark-{first.form}": "Có lương hưu"})
    assert f'<input type="hidden" name="remark-{first.form}" value="Có lương hưu">' in seen
    assert fresh(dossier).state == "asked"
    said = send(
        boss, "answer", dossier.pk, step="return", version=dossier.version, on="12/11/2026",
        **{f"remark-{first.form}": "Có lương hưu"},
    )  # fmt: skip
    assert "Đã trả lại hồ sơ cho xã" in said
    assert "Có lương hưu" in said
    assert SurveyForm.objects.get(pk=first.form).state == State.RETURNED


def test_who_writes_remarks_does_not_agree_by_a_slip() -> None:
    dossier, boss = asked(ready(POOR)), superior()
    form = listed(dossier, day=date(2026, 11, 12))[0].form
    said = send(
        boss, "answer", dossier.pk, step="agree", version=dossier.version, on="12/11/2026", **{f"remark-{form}": "Sai"}
    )
    assert "Có nhận xét ở từng hộ thì trả lại" in said
    assert fresh(dossier).state == "asked"


def test_the_leader_decides_what_he_saw_and_certifies_it() -> None:
    dossier, client = answered(ready(POOR, LEFT)), leader()
    seen = page(client, "decide", dossier.pk)
    assert "1/QĐ-UBND" in seen
    assert "Quyết định số 24/2021/QĐ-TTg ngày 16/7/2021 của Thủ tướng Chính phủ" in seen
    token = seen.split('name="seen" value="')[1].split('"')[0]
    said = send(
        client, "decide", dossier.pk, version=dossier.version, seen=token, on="16/11/2026", signer="Nông Văn Chủ",
        position="Chủ tịch", bases="Quyết định 24/2021/QĐ-TTg",
        **{"number-recognised-closing": "41/QĐ-UBND", "number-escaped-closing": "42/QĐ-UBND"},
    )  # fmt: skip
    assert "Đã ra quyết định" in said
    assert sorted(Decision.objects.values_list("number", flat=True)) == ["41/QĐ-UBND", "42/QĐ-UBND"]
    dossier = fresh(dossier)
    assert "Đã cấp 1 giấy chứng nhận" in send(
        client, "certificates", dossier.pk, version=dossier.version, on="17/11/2026"
    )
    one = Certificate.objects.get()
    assert "Đã ghi bản in thứ 2" in send(client, "reprint", one.pk, reason="Hộ báo mất giấy")
    assert "Hộ báo mất giấy" in page(client, "certificates", dossier.pk)


def test_a_number_that_is_taken_is_said_at_its_field() -> None:
    dossier, client = answered(ready(POOR, LEFT)), leader()
    said = send(
        client, "decide", dossier.pk, version=dossier.version, on="16/11/2026", signer="Nông Văn Chủ", position="Chủ tịch",
        bases="Quyết định 24/2021/QĐ-TTg",
        **{"number-recognised-closing": "41/QĐ-UBND", "number-escaped-closing": "41/QĐ-UBND"},
    )  # fmt: skip
    assert "id_number-escaped-closing_error" in said
    assert not Decision.objects.exists()


def test_a_correction_is_looked_for_by_name_and_decided() -> None:
    dossier = ready(Case(name="Sầm Thị Nhình"), NEAR)
    wrong, client = decided(dossier)[0], leader()
    form = wrong.lines.get(head="Sầm Thị Nhình").form_id
    seen = send(client, "correct", wrong.pk, step="find", q="sam thi nhinh", **{f"class-{form}": "not_poor"})
    assert "Sầm Thị Nhình" in seen
    dossier = fresh(dossier)
    said = send(
        client, "correct", wrong.pk, step="correct", version=dossier.version, on="18/11/2026", number="50/QĐ-UBND",
        signer="Nông Văn Chủ", position="Chủ tịch", bases="Biên bản ngày 17/11/2026", reason="Nhầm hộ cùng tên",
        **{f"class-{form}": "not_poor"},
    )  # fmt: skip
    assert "Đã ra quyết định đính chính" in said
    assert "đã đính chính bằng Quyết định 50/QĐ-UBND" in page(client, "decision", wrong.pk)


def test_a_forgotten_household_is_found_and_taken_up_by_a_correction() -> None:
    dossier = ready(POOR, Case("not_poor", "", name="Lý A Sót"))
    wrong, client = decided(dossier)[0], leader()
    form = next(one.form for one in listed(dossier, day=date(2026, 11, 18)) if one.name == "Lý A Sót")
    assert "chưa có trong quyết định; kết quả rà soát: không thuộc hộ nghèo" in page(
        client, "correct", wrong.pk, q="ly a sot"
    )
    said = send(
        client, "correct", wrong.pk, step="correct", version=fresh(dossier).version, on="18/11/2026", number="50/QĐ-UBND",
        signer="Nông Văn Chủ", position="Chủ tịch", bases="Biên bản ngày 17/11/2026", reason="Sót khi lập danh sách",
        **{f"class-{form}": "poor"},
    )  # fmt: skip
    assert "Đã ra quyết định đính chính" in said
    assert "không có hộ nào như vậy" in page(client, "correct", wrong.pk, q="ly a sot").lower()


def test_who_is_the_low_income_worker_is_ticked_when_it_is_decided_and_put_right_later() -> None:
    round = a_round("2026-10-inyear", on=date(2026, 10, 15))
    dossier = compiled(ready(Case("", "", worker=True, why="worker"), round=round, procedure="worker"))
    row, client = listed(dossier, day=date(2026, 11, 16))[0], leader()
    head, spouse = (one.person for one in members_on([row.household], date(2026, 11, 16))[row.household])
    assert f'name="worker-{row.form}"' in page(client, "decide", dossier.pk, on="16/11/2026")
    said = {
        "version": dossier.version, "on": "16/11/2026", "signer": "Nông Văn Chủ", "position": "Chủ tịch",
        "bases": "Nghị định 30/2025/NĐ-CP", "number-worker-closing": "41/QĐ-UBND", "late": "Mưa lũ",
    }  # fmt: skip
    assert "hãy chọn thành viên" in send(client, "decide", dossier.pk, **said, **{f"worker-{row.form}": ""})
    assert "Đã ra quyết định" in send(client, "decide", dossier.pk, **said, **{f"worker-{row.form}": ["", head]})
    wrong, line = Decision.objects.get(), f"worker-{row.form}"
    seen = page(client, "correct", wrong.pk)
    assert re.search(rf'name="{line}"\s+value="{head}" checked', seen)
    assert not re.search(rf'value="{spouse}" checked', seen)
    right = said | {
        "version": fresh(dossier).version,
        "number": "50/QĐ-UBND",
        "reason": "Ghi nhầm người",
        "step": "correct",
    }
    assert "Chưa chọn hộ nào" in send(client, "correct", wrong.pk, **right, **{line: ["", head]})
    assert "Đã ra quyết định đính chính" in send(client, "correct", wrong.pk, **right, **{line: ["", spouse]})
    assert [one["relation"] for one in Decision.objects.latest("pk").lines.get().members] == ["spouse"]


def test_each_finding_is_looked_at_by_itself_and_what_was_typed_stays() -> None:
    dossier, boss = asked(ready(*[POOR] * 12, Case("not_poor", "poor", name="Lý A Thoát"))), superior()
    rows = listed(dossier, day=date(2026, 11, 12))
    at = [one.code for one in findings_of(dossier, rows)].index("sudden")
    typed = next(one.form for one in rows if one.name != "Lý A Thoát")
    seen = send(boss, "answer", dossier.pk, look=str(at), show="all", **{f"remark-{typed}": "Có lương hưu"})
    assert "<caption>1 hộ</caption>" in seen
    assert "Lý A Thoát" in seen
    assert f'<input type="hidden" name="remark-{typed}" value="Có lương hưu">' in seen
    assert boss.get(reverse("review:answer", args=[dossier.pk]), {"show": "found-x"}).status_code == 400


def test_a_province_with_a_standard_of_its_own_is_told_which_one_the_decision_goes_by() -> None:
    dossier, client = answered(ready(POOR)), leader()
    assert "chuẩn riêng" not in page(client, "decide", dossier.pk)
    with on_the_record():
        own = LegalStandard.objects.get(code="quangninh-2023")
        SurveyRound.objects.filter(pk=dossier.round_id).update(local_closing=own)
    assert "Tỉnh có chuẩn riêng (Chuẩn nghèo đa chiều tỉnh Quảng Ninh" in page(client, "decide", dossier.pk)


def test_pages_of_two_thousand_households_stay_small(django_assert_max_num_queries: object) -> None:
    cases = [Case("poor", village=turn % 4, b1=100 + turn % 60) for turn in range(1_500)] + [LEFT] * 500
    dossier, reader = asked(ready(*cases)), superior()
    for name in ("compile", "ask", "answer", "decide"):
        with django_assert_max_num_queries(15):  # type: ignore[operator]
            seen = page(reader, name, dossier.pk)
        assert len(seen.encode()) < 100_000, name


def test_what_the_superior_should_look_at_is_said_in_words() -> None:
    cases = [Case("not_poor", "poor", b1=142)] * 6 + [Case("poor", b1=139)] * 5
    cases += [Case("near_poor", "poor", proposed="poor", village=1)]
    dossier = ready(*cases)
    said = {one.code: one.sentence for one in findings_of(dossier, listed(dossier, day=date(2026, 11, 12)))}
    assert said["sudden"].startswith("6 hộ từ nghèo thành không nghèo")
    assert said["village_left"] == "Xóm Nà Vài 1: 6 trong 11 hộ nghèo, cận nghèo cũ được đưa ra khỏi danh sách."
    assert said["other_class"].startswith("1 hộ được đề nghị phân loại khác")
    assert "too_fast" in said  # all of them finished in the same second
    assert "alike" not in said  # nothing was typed


def test_the_same_answers_and_a_day_too_full_are_found() -> None:
    dossier = ready(*[POOR] * 30)
    for key in SurveyForm.objects.filter(round=dossier.round).values_list("pk", flat=True):
        own = {"s-reviewer": ["Hoàng Văn Tám"], "s-day": ["05/10/2026"], "m0-name": [f"Người {key}"]}
        same = {
            f"h-{name}": ["có"]
            for name in ("walls", "roof", "columns", "toilet", "water_source", "internet", "devices")
        }
        SurveySheet.objects.filter(form=key).update(answers=own | same | {"m0-work": ["own"]})
    said = {one.code: one for one in findings_of(dossier, listed(dossier, day=date(2026, 11, 12)))}
    assert said["alike"].sentence.startswith("Xóm Nà Vài 1: 30 hộ có câu trả lời giống hệt nhau")
    assert len(said["alike"].forms) == 30
    assert said["too_many"].sentence == "Rà soát viên Hoàng Văn Tám ghi điều tra 30 hộ trong một ngày (05/10/2026)."
