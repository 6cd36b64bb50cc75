"""Language and theme are remembered in cookies, before and after signing in."""

import pytest
from django.urls import reverse

LOGIN = "/sign-in/"


def test_the_portal_is_vietnamese_whatever_the_browser_asks_for(client):
    page = client.get(LOGIN, headers={"accept-language": "en-US,en"})
    assert '<html lang="vi"' in page.content.decode()
    assert page.headers["Content-Language"] == "vi"


def test_the_english_switch_is_remembered_and_names_its_language(client):
    assert client.post(reverse("set_language"), {"language": "en", "next": LOGIN}).url == LOGIN
    page = client.get(LOGIN).content.decode()
    assert '<html lang="en"' in page
    assert "Sign in" in page
    assert "Tên đăng nhập" not in page


def test_an_unknown_language_leaves_the_portal_vietnamese(client):
    client.cookies["django_language"] = "xx"
    assert '<html lang="vi"' in client.get(LOGIN).content.decode()


@pytest.mark.parametrize(
    ("theme", "painted"), [("dark", "dark"), ("light", "light"), ("auto", "light"), ("<b>", "light")]
)
def test_the_chosen_theme_is_in_the_page_itself_so_that_nothing_flashes(client, theme, painted):
    client.post(reverse("set_theme"), {"theme": theme, "next": LOGIN})
    page = client.get(LOGIN).content.decode()
    assert f'data-bs-theme="{painted}"' in page
    assert f'data-theme="{theme if theme in {"dark", "light"} else "auto"}"' in page


@pytest.mark.parametrize("name", ["set_theme", "set_language"])
def test_a_preference_never_leads_out_of_the_portal(client, name):
    answer = client.post(reverse(name), {"theme": "dark", "language": "en", "next": "https://evil.example/"})
    assert not answer.url.startswith("https:")


@pytest.mark.parametrize("name", ["set_theme", "set_language"])
def test_a_preference_is_not_changed_by_a_link(client, name):
    assert client.get(reverse(name)).status_code == 405
