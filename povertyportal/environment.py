"""Typed settings from the environment.

A bad value stops the start with one sentence: which variable, what it is, what it should be.
"""

import base64
import binascii
import os
import re
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

TRUE = frozenset({"1", "true", "yes", "on"})
FALSE = frozenset({"0", "false", "no", "off"})
HOST = re.compile(r"^(\*|\.?[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:]+\])$")
FIELD_KEY_BYTES = 32


def _bad(name: str, value: str, expected: str) -> ImproperlyConfigured:
    return ImproperlyConfigured(f"Biến môi trường {name} = {value!r} không hợp lệ: cần {expected}.")


def flag(name: str, *, default: bool) -> bool:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if value.lower() in TRUE:
        return True
    if value.lower() in FALSE:
        return False
    raise _bad(name, value, "1 hoặc 0")


def hosts(name: str, *, default: list[str]) -> list[str]:
    value = os.environ.get(name, "")
    names = [part.strip() for part in value.split(",") if part.strip()]
    for host in names:
        if not HOST.match(host):
            raise _bad(name, host, "tên máy chủ, không kèm http:// hay cổng, cách nhau bằng dấu phẩy")
    return names or default


def count(name: str, *, default: int, most: int) -> int:
    value = os.environ.get(name, "").strip()
    if not value:
        return default
    if not value.isascii() or not value.isdigit() or int(value) > most:
        raise _bad(name, value, f"một số nguyên từ 0 đến {most}")
    return int(value)


def folder(name: str, *, default: Path) -> Path:
    path = Path(os.environ.get(name) or default).expanduser()
    if not path.is_absolute():
        raise _bad(name, str(path), "đường dẫn tuyệt đối, ví dụ /srv/povertyportal/var")
    if path.exists() and not path.is_dir():
        raise _bad(name, str(path), "một thư mục, không phải tệp")
    return path


def database(name: str) -> dict[str, Any] | None:
    """The connection of a ``postgres://user:password@host:port/name`` address, or None when the variable is not set."""
    value = os.environ.get(name, "").strip()
    if not value:
        return None
    expected = "địa chỉ dạng postgres://người_dùng:mật_khẩu@máy_chủ:5432/tên_csdl"
    shown = re.sub(r":[^:@/]*@", ":***@", value)
    if not value.startswith(("postgres://", "postgresql://")):
        raise _bad(name, shown, f"{expected} (cổng chỉ chạy trên PostgreSQL)")
    try:
        parsed: dict[str, Any] = environ.Env.db_url_config(value)
    except ValueError as error:
        raise _bad(name, shown, expected) from error
    if not parsed.get("NAME") or not parsed.get("USER"):
        raise _bad(name, shown, f"{expected}; thiếu tên cơ sở dữ liệu hoặc người dùng")
    return parsed


def secret(name: str, *, data_dir: Path, make: Callable[[], str], minimum: int, required: bool = False) -> str:
    """The variable's value; else that of a file in the data folder, made on first use and readable by its owner only."""
    value = os.environ.get(name, "").strip()
    if not value and required:
        raise ImproperlyConfigured(f"Thiếu biến môi trường {name}.")
    if not value:
        value = kept_secret(data_dir / "secrets" / name.lower(), make)
    if len(value) < minimum:
        raise _bad(name, "***", f"ít nhất {minimum} ký tự")
    return value


def kept_secret(path: Path, make: Callable[[], str]) -> str:
    """Read the file, or make it first. Two processes that make it at once agree on one value."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        fresh.touch(mode=0o600)
        fresh.write_text(make(), encoding="utf-8")
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    return path.read_text(encoding="utf-8").strip()


def make_field_key() -> str:
    return base64.urlsafe_b64encode(secrets.token_bytes(FIELD_KEY_BYTES)).decode()


def field_keys(name: str, *, data_dir: Path) -> tuple[str, ...]:
    """Keys that encrypt identity numbers, newest first: url-safe base64 of 32 bytes each, separated by commas."""
    keys = tuple(
        key.strip() for key in secret(name, data_dir=data_dir, make=make_field_key, minimum=1).split(",") if key.strip()
    )
    for key in keys:
        try:
            raw = base64.urlsafe_b64decode(key.encode())
        except (binascii.Error, ValueError):
            raw = b""
        if len(raw) != FIELD_KEY_BYTES:
            raise _bad(name, "***", "mỗi khóa là 32 byte viết bằng base64 (url-safe), cách nhau bằng dấu phẩy")
    return keys
