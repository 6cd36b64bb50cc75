import hashlib


def content_digest(content: str) -> str:
    """As the database checks it."""
    return hashlib.sha256(content.encode()).hexdigest()
