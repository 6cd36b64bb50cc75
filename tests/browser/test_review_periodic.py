"""A commune through a whole periodic review, as its five persons live it: with a household that the meeting does not agree on, a
complaint, and a dossier that the superior sends back; to the certificates. Before 1/7/2025 and since."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.review_portal import Review, reviewed
from tests.browser.review_steps import (
    agreed,
    all_taken_down,
    answered_complaint,
    asked,
    certified,
    compiled,
    complained,
    decided,
    finished,
    forms_of,
    met,
    opened,
    posted,
    results,
    sent_back,
    standing,
    taken_down,
)
from tests.browser.test_guide import picture  # noqa: F401  # the fixture

pytestmark = pytest.mark.browser
# What the day of the week is in both years, the days of the journey are counted from.
SINCE = (date(2026, 10, 20), {"round": "2026-periodic", "households": 250, "villages": 4})
BEFORE = (date(2024, 10, 22), {"round": "2024-periodic", "households": 40, "villages": 2})


@pytest.fixture(scope="module", params=[SINCE, BEFORE], ids=["2026", "2024"])
def review(request, browser, tmp_path_factory, django_db_blocker) -> Iterator[Review]:  # type: ignore[no-untyped-def]
    day, wanted = request.param
    folder: Path = tmp_path_factory.mktemp("clock")
    with django_db_blocker.unblock(), reviewed(str(day.year), browser, folder, day, wanted) as found:
        yield found


@pytest.mark.timeout(900)
def test_from_the_forms_to_the_certificates(review: Review, picture: Callable[[Page, str], None]) -> None:  # noqa: F811
    made = review.made
    if review.clock.day.year == SINCE[0].year:
        assert made["forms"] >= 200
        review.takes = picture
    for form in made["returned"]:
        finished(review, form)
    review.tomorrow()
    first, second, *_others = made["villages"]
    board = opened(review)
    down = forms_of(review, first)[0]
    for village in made["villages"]:
        met(review, board, village, down=down if village == first else None)
    assert standing(review, board, first) == "survey"
    expect(review.open("official", f"{board}compile/").locator("main")).to_contain_text("phiếu chưa xong")
    review.tomorrow()
    finished(review, down)
    review.tomorrow()
    met(review, board, first)
    posted(review, board)
    review.tomorrow(3)  # Monday
    complaint = complained(review, board, second, forms_of(review, second)[0])
    review.tomorrow(3)  # three working days after the Friday are over
    all_taken_down(review, board)
    assert [standing(review, board, one) for one in (first, second)] == ["closed", "recheck"]
    review.tomorrow(4)
    answered_complaint(review, complaint)
    posted(review, board, second, turn=2)
    review.tomorrow(4)
    taken_down(review, board, second)
    _sent_up_and_back(review, board, first)
    review.tomorrow()
    agreed(review, board)
    review.tomorrow()
    decided(review, board)
    certified(review, board)
    _told_of_the_results(review, board)
    _seen_by_the_auditor(review, board)


def _sent_up_and_back(review: Review, board: str, village: str) -> None:
    """The superior doubts one household; the village goes the whole way again."""
    again = forms_of(review, village)[1]
    compiled(review, board)
    asked(review, board, "215/UBND-KT")
    who = "huyện" if review.clock.day.year < 2025 else "tỉnh"
    expect(review.open("leader", f"{board}ask/").locator("main")).to_contain_text("215/UBND-KT")
    expect(review.open("leader", f"{board}steps/").locator("main")).to_contain_text("Xin ý kiến")
    review.tomorrow()
    page = sent_back(review, board, again, "Xem lại diện tích nhà ở của hộ này")
    expect(page.locator("main")).to_contain_text(re.compile(who))
    assert standing(review, board, village) == "survey"
    finished(review, again)
    review.tomorrow()
    met(review, board, village)
    posted(review, board, village)
    review.tomorrow(6)
    taken_down(review, board, village)
    compiled(review, board)
    asked(review, board, "231/UBND-KT")


def _told_of_the_results(review: Review, board: str) -> None:
    """Everybody who came out poor or near-poor is recognised, and has a certificate that can be printed."""
    recognised, certificates, escaped = results(review, board)
    assert recognised == certificates > 0
    assert escaped > 0
    page = review.open("leader", f"{board}certificates/")
    paper = page.locator("main a[href^='/review/papers/certificate/']").first.get_attribute("href")
    answer = page.request.get(f"{review.url}{paper}")
    assert (answer.status, answer.body()[:4]) == (200, b"%PDF")


def _seen_by_the_auditor(review: Review, board: str) -> None:
    """All of it, and nothing that he could press."""
    for path in (board, f"{board}steps/", f"{board}decisions/", f"{board}certificates/", f"{board}complaints/"):
        main = review.open("auditor", path).locator("main")
        expect(main.locator("form[method='post']")).to_have_count(0)
    main = review.open("auditor", f"{board}certificates/").locator("main")
    expect(main).to_contain_text("giấy")
    for step in ("Họp dân", "Nhận khiếu nại", "Cấp trên trả lại", "Cấp trên thống nhất", "Ra quyết định"):
        assert step in told_of_steps(review, board)


def told_of_steps(review: Review, board: str) -> str:
    page = review.open("auditor", f"{board}steps/")
    told = page.locator("main").inner_text()
    while page.get_by_role("link", name="Sau", exact=True).count():
        page.get_by_role("link", name="Sau", exact=True).click()
        told += page.locator("main").inner_text()
    return told
