"""The English switch: nothing is missing from the catalogue, and the pages everybody sees are translated."""

from django.utils import translation

from povertyportal.core.navigation import registry
from tests.messages import ENGLISH, FOLDERS, catalogue, messages_in, messages_of, sources

SEEN_BY_ALL = (
    "povertyportal/core/views",
    "povertyportal/core/forms.py",
    "povertyportal/core/passwords.py",
    "povertyportal/core/navigation.py",
    "templates/components",
    "templates/core",
    "templates/households",
    "templates/registration",
    "templates/reports",
    "households/web",
    "reports/web",
    *(f"templates/{name}.html" for name in ("skeleton", "base", "400", "403", "403_csrf", "404", "500")),
)


def test_the_catalogue_holds_the_messages_of_the_sources_and_no_other():
    found, known = messages_in(sources(*FOLDERS)), messages_of(ENGLISH)
    assert sorted(found - known) == [], "run makemessages: tests/messages.py says how"
    assert sorted(known - found) == [], "no longer used: run makemessages"


def test_pages_that_everybody_sees_are_all_translated():
    messages = messages_in(sources(*SEEN_BY_ALL))
    assert len(messages) > 60
    assert sorted(messages - catalogue(ENGLISH).keys()) == []


def test_every_entry_of_the_menu_has_an_english_name(of_every_role):
    english = catalogue(ENGLISH)
    with translation.override("vi"):
        titles = {str(item.title) for item in registry.items_for(of_every_role)}
    assert len(titles) >= 2
    assert titles <= english.keys()


def test_a_template_message_is_found_like_one_in_python(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('{% load i18n %}{% translate "Hộ nghèo" %}{% blocktranslate %}{{ n }} hộ{% endblocktranslate %}')
    assert messages_in([page]) == {"Hộ nghèo", "%(n)s hộ"}
