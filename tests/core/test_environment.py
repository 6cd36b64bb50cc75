"""Settings come typed from the environment; a bad value is refused with a sentence that names it."""

import stat
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from povertyportal import environment


def test_a_flag_is_on_or_off_and_nothing_between(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "0")
    assert environment.flag("DEBUG", default=True) is False
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ImproperlyConfigured, match=r"DEBUG = 'maybe'.*1 hoặc 0"):
        environment.flag("DEBUG", default=True)


def test_an_empty_flag_means_its_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "")
    assert environment.flag("DEBUG", default=True) is True


def test_hosts_are_names_without_scheme(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALLOWED_HOSTS", "hongheo.quangninh.gov.vn, .local, [::1]")
    assert environment.hosts("ALLOWED_HOSTS", default=[]) == ["hongheo.quangninh.gov.vn", ".local", "[::1]"]
    monkeypatch.setenv("ALLOWED_HOSTS", "https://hongheo.gov.vn")
    with pytest.raises(ImproperlyConfigured, match="không kèm http"):
        environment.hosts("ALLOWED_HOSTS", default=[])


@pytest.mark.parametrize("value", ["mysql://a:b@h/x", "postgres://h", "postgres://user:geheim@host:port/x", "x"])
def test_a_database_address_that_is_none_is_refused_without_showing_the_password(
    value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", value)
    with pytest.raises(ImproperlyConfigured, match="DATABASE_URL") as refusal:
        environment.database("DATABASE_URL")
    assert "geheim" not in str(refusal.value)


def test_a_relative_data_folder_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATA_DIR", "var")
    with pytest.raises(ImproperlyConfigured, match="đường dẫn tuyệt đối"):
        environment.folder("DATA_DIR", default=Path("/tmp"))


def test_a_missing_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = environment.kept_secret(tmp_path / "secrets" / "key", lambda: "one")
    second = environment.kept_secret(tmp_path / "secrets" / "key", lambda: "two")
    assert (first, second) == ("one", "one")
    assert stat.S_IMODE((tmp_path / "secrets" / "key").stat().st_mode) == 0o600
    assert [path.name for path in (tmp_path / "secrets").iterdir()] == ["key"]


def test_a_short_secret_key_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "short")
    with pytest.raises(ImproperlyConfigured, match="ít nhất 50 ký tự"):
        environment.secret("SECRET_KEY", data_dir=tmp_path, make=str, minimum=50)


def test_field_keys_are_32_bytes_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    good = environment.make_field_key()
    monkeypatch.setenv("FIELD_KEYS", f"{good}, {environment.make_field_key()}")
    assert environment.field_keys("FIELD_KEYS", data_dir=tmp_path)[0] == good
    monkeypatch.setenv("FIELD_KEYS", "bm90IGVub3VnaA==")
    with pytest.raises(ImproperlyConfigured, match="32 byte"):
        environment.field_keys("FIELD_KEYS", data_dir=tmp_path)
