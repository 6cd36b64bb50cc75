"""What others are told of a decided review: the household's page, its papers, and the command."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from tests.access.people import person, signed_in
from tests.registry.people import COMMUNE
from tests.review.ready import Case, ready
from tests.review.steps import certified, decided
from tests.surveys.filled import a_round

pytestmark = pytest.mark.django_db


def test_the_households_page_names_the_decision_and_why_another_class_was_recognised() -> None:
    made = decided(ready(Case("near_poor", "poor", proposed="poor")))[0]
    line = made.lines.get()
    client = signed_in(person("commune_official", COMMUNE))
    seen = client.get(reverse("households:detail", args=[line.household_id]), {"on": "2026-11-20"}).content.decode()
    assert reverse("review:decision", args=[made.pk]) in seen
    assert "Tính từ phiếu: hộ cận nghèo" in seen
    assert "Nhà vừa bị lũ cuốn (phép thử)" in seen


def test_the_papers_of_a_household_are_its_decisions_and_its_certificate() -> None:
    dossier = certified(ready(Case("poor")))
    line = dossier.decisions.get().lines.get()
    client = signed_in(person("commune_official", COMMUNE))
    seen = client.get(reverse("households:documents", args=[line.household_id])).content.decode()
    assert "Quyết định 1/QĐ-UBND ngày 16/11/2026" in seen
    assert reverse("review:paper", args=["certificate", line.certificate.pk]) in seen


def test_the_command_says_where_a_commune_stands() -> None:
    ready(Case("poor"), Case("poor", village=1), stage="posted")
    said = StringIO()
    call_command("review_status", "2026-periodic", "--area", COMMUNE, "--json", stdout=said)
    found = json.loads(said.getvalue())
    assert [(one["procedure"], one["state"], one["households"]) for one in found] == [("periodic", "villages", 2)]
    assert [one["state"] for one in found[0]["villages"]] == ["posted", "posted"]
    assert found[0]["blocks"]


def test_the_command_says_what_is_not_there() -> None:
    with pytest.raises(CommandError, match="Không có đợt 2031-periodic"):
        call_command("review_status", "2031-periodic", "--area", COMMUNE)
    a_round()
    with pytest.raises(CommandError, match="chưa lập hồ sơ nào trong đợt 2026-periodic"):
        call_command("review_status", "2026-periodic", "--area", COMMUNE)
