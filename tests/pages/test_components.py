"""Template pieces shared by all pages."""

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from povertyportal.core.icons import ICONS
from povertyportal.core.templatetags.portal import icon


class Sample(forms.Form):
    name = forms.CharField(label="Họ và tên", help_text="Như trên giấy khai sinh.")
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A")])
    sure = forms.BooleanField(label="Đồng ý", required=False)
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def field(name: str, data: dict[str, str] | None = None) -> str:
    return render_to_string("components/field.html", {"field": Sample(data)[name]})


def test_a_field_ties_label_help_and_error_to_its_control():
    text = field("name", {"name": ""})
    assert 'for="id_name"' in text
    assert 'aria-describedby="id_name_helptext id_name_error"' in text
    assert 'id="id_name_helptext"' in text
    assert 'id="id_name_error"' in text
    assert 'aria-invalid="true"' in text


@pytest.mark.parametrize(
    ("name", "css"), [("name", "form-control"), ("kind", "form-select"), ("sure", "form-check-input")]
)
def test_a_control_has_the_look_of_its_kind(name, css):
    assert f'class="{css}"' in field(name)


def test_a_hidden_field_shows_no_label():
    assert "<label" not in field("hidden")


def pages(number: int, *, items: int = 500, query: str = "tinh=04&page=3") -> str:
    page = Paginator(range(items), 20).page(number)
    return render_to_string("components/pagination.html", {"page": page}, RequestFactory().get(f"/?{query}"))


def test_page_links_keep_the_filters_of_the_address():
    text = pages(3)
    assert "tinh=04&amp;page=4" in text
    assert 'aria-current="page">3<' in text
    assert "41–60 trong 500" in text


def test_a_single_page_needs_no_links():
    assert pages(1, items=20).strip() == ""


@pytest.mark.parametrize("name", sorted(ICONS))
def test_an_icon_is_decoration_that_screen_readers_skip(name):
    assert 'aria-hidden="true"' in icon(name)
