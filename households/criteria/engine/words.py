"""How a person of the household is called."""

from typing import Any


def member_words(index: int, name: Any) -> str:
    """ "Thành viên thứ 3 (Lò Văn A)"."""
    return (
        f"Thành viên thứ {index + 1} ({name[:60]})"
        if isinstance(name, str) and name.strip()
        else f"Thành viên thứ {index + 1}"
    )
