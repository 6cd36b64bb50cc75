"""One-time codes of RFC 6238 and recovery codes: plain arithmetic, no database."""

import base64
import re
import secrets
from datetime import datetime
from urllib.parse import quote, urlencode

import segno
from django_otp.oath import TOTP

STEP_SECONDS = 30
DIGITS = 6
TOLERANCE = 1  # steps to either side: a phone may be half a minute off
KEY_BYTES = 20
ISSUER = "Cong ho ngheo"  # plain letters: some applications garble others

RECOVERY_CODES = 10
# none that look alike on paper, and none that a Vietnamese keyboard turns into another (Telex: aa, dd, w, vowel and tone)
RECOVERY_LETTERS = "bcfghjkmnpqrstvxz23456789"
RECOVERY_LENGTH = 10


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def code_at(key: bytes, at: datetime) -> str:
    return f"{_totp(key, at).token():0{DIGITS}d}"


def matching_step(key: bytes, typed: str, *, at: datetime, after: int) -> int | None:
    """The time step whose code was typed, later than step ``after``; None when it is no code of these minutes."""
    code = digits_of(typed)
    totp = _totp(key, at)
    if len(code) != DIGITS or not totp.verify(int(code), tolerance=TOLERANCE, min_t=after + 1):
        return None
    return int(totp.t())


def digits_of(typed: str) -> str:
    """The code without the blanks people type; empty when something else than digits stands in it."""
    code = re.sub(r"[\s.-]", "", typed)
    return code if code.isascii() and code.isdigit() else ""


def typed_key(key: bytes) -> str:
    """The key for those who cannot scan: base32 in groups of four."""
    text = base64.b32encode(key).decode()
    return " ".join(text[place : place + 4] for place in range(0, len(text), 4))


def qr_picture(key: bytes, username: str) -> str:
    """The key as a QR code: an SVG in a ``data:`` address."""
    named = quote(f"{ISSUER}:{username}")
    query = urlencode({"secret": base64.b32encode(key).decode(), "issuer": ISSUER}, quote_via=quote)
    return str(segno.make(f"otpauth://totp/{named}?{query}", error="m").svg_data_uri(scale=5, border=3, light="#fff"))


def new_recovery_codes() -> list[str]:
    """Ten codes "bcf4g-hj7km", shown once."""
    codes = ("".join(secrets.choice(RECOVERY_LETTERS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def plain_recovery_code(typed: str) -> str:
    """As it is hashed: small letters without blanks and hyphens; empty when it cannot be one."""
    code = re.sub(r"[\s\u2010-\u2015-]", "", typed).lower()
    return code if len(code) == RECOVERY_LENGTH and set(code) <= set(RECOVERY_LETTERS) else ""


def _totp(key: bytes, at: datetime) -> TOTP:
    totp = TOTP(key, step=STEP_SECONDS, digits=DIGITS)
    totp.time = at.timestamp()
    return totp
