"""Charts that stand inside pages and papers as they are."""

from typing import Any
from xml.etree import ElementTree

import pytest

from povertyportal.documents.charts import RemoteDataError, chart_svg


def bars(**more: Any) -> dict[str, Any]:
    values = [{"nhom": "Hộ nghèo", "ho": 1046.5}, {"nhom": "Hộ cận nghèo & khác", "ho": 2400}]
    encoding = {
        "x": {"field": "nhom", "type": "nominal"},
        "y": {"field": "ho", "type": "quantitative"},
        "text": {"field": "ho", "format": ",.1f"},
    }
    return {"data": {"values": values}, "mark": {"type": "text", "clip": True}, "encoding": encoding, **more}


def drawn(**more: Any) -> str:
    return chart_svg(bars(**more), ident="c1", title="Số hộ", description="Hai nhóm hộ <năm 2020>.")


def parsed(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)  # noqa: S314 - our own drawing


def test_numbers_in_a_chart_have_a_decimal_comma_and_dots_for_thousands() -> None:
    assert "1.046,5" in drawn()


def test_a_chart_carries_nothing_that_the_content_policy_refuses() -> None:
    root = parsed(drawn())
    names = {name.rpartition("}")[2] for element in root.iter() for name in element.attrib}
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert not names & {"style", "href", "class"}
    assert not any(name.startswith("on") for name in names)
    assert not tags & {"style", "script", "a", "image", "foreignObject"}


def test_a_chart_says_in_one_sentence_what_it_shows() -> None:
    root = parsed(drawn())
    title = root[0]
    assert title.text == "Số hộ. Hai nhóm hộ <năm 2020>."
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id") == "c1-title"


def test_letters_in_a_chart_are_set_in_our_own_font() -> None:
    fonts = {element.get("font-family") for element in parsed(drawn()).iter()} - {None}
    assert fonts == {"Tinos"}


def test_two_charts_on_a_page_never_share_a_name() -> None:
    other = chart_svg(bars(), ident="c2", title="Số hộ", description="Hai nhóm hộ.")
    ids = [{e.get("id") for e in parsed(svg).iter()} - {None} for svg in (drawn(), other)]
    assert len(ids[0]) > 1
    assert not ids[0] & ids[1]


@pytest.mark.parametrize("remote", [{"data": {"url": "https://example.org/x.json"}}, {"layer": [{"href": "x"}]}])
def test_a_chart_that_wants_data_from_an_address_is_refused(remote: dict[str, Any]) -> None:
    with pytest.raises(RemoteDataError):
        drawn(**remote)
