"""Secrets in rows: sealed with FIELD_KEYS (AES-256-GCM), found again by a keyed hash.

The newest key seals; every key unseals and recognises, so that a key can be replaced without losing a row. Each purpose has
a key of its own, derived from the field key: a hash tells nothing about what is sealed.
"""

import base64
import hashlib
import hmac
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

VERSION = b"\x01"
KEY_ID_BYTES = 4
NONCE_BYTES = 12
KEY_ID = slice(len(VERSION), len(VERSION) + KEY_ID_BYTES)  # which key sealed it
HEAD = KEY_ID.stop + NONCE_BYTES


class Unreadable(Exception):
    """Sealed with a key that is not among FIELD_KEYS, altered, or moved to another row."""


def seal(plain: bytes, *, about: str = "") -> bytes:
    """``about`` names the row it belongs to: copied into another row it cannot be opened."""
    key = _keys("seal")[0]
    nonce = secrets.token_bytes(NONCE_BYTES)
    return VERSION + _key_id(key) + nonce + AESGCM(key).encrypt(nonce, plain, about.encode())


def unseal(sealed: bytes | memoryview, *, about: str = "") -> bytes:
    """Raises Unreadable."""
    sealed = bytes(sealed)
    wanted, nonce = sealed[KEY_ID], sealed[KEY_ID.stop : HEAD]
    key = next((key for key in _keys("seal") if _key_id(key) == wanted), None)
    if key is None or sealed[:1] != VERSION or len(sealed) <= HEAD:
        raise Unreadable
    try:
        return AESGCM(key).decrypt(nonce, sealed[HEAD:], about.encode())
    except InvalidTag as error:
        raise Unreadable from error


def fingerprint(text: str, *, purpose: str) -> bytes:
    """32 bytes by which a secret text is found again without being stored; made with the newest key."""
    return fingerprints(text, purpose=purpose)[0]


def fingerprints(text: str, *, purpose: str) -> list[bytes]:
    """What the text's fingerprint may be in older rows too: one for each key, newest first."""
    return [hmac.digest(key, text.encode(), "sha256") for key in _keys(f"fingerprint {purpose}")]


def newest_key_id() -> bytes:
    """What stands in ``KEY_ID`` of everything sealed with the newest key: the rest is to be sealed anew."""
    return _key_id(_keys("seal")[0])


def _keys(purpose: str) -> tuple[bytes, ...]:
    return _derived(tuple(settings.FIELD_KEYS), purpose)


@lru_cache(maxsize=32)
def _derived(field_keys: tuple[str, ...], purpose: str) -> tuple[bytes, ...]:
    """Kept, because a district's numbers are sealed by the hundred thousand."""
    raw = (base64.urlsafe_b64decode(key) for key in field_keys)
    return tuple(HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(key) for key in raw)


def _key_id(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:KEY_ID_BYTES]
