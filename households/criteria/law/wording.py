"""Where in a document, in words: "Chỉ số 3 (nutrition), test.who[2].age"."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from households.criteria.law.places import Path

SECTIONS = {
    "texts": "Văn bản pháp lý",
    "provenance": "Căn cứ chung",
    "applies": "Năm áp dụng",
    "lines": "Mức thu nhập",
    "score_lines": "Mức điểm B1",
    "kinds": "Loại nghèo",
    "dimensions": "Chiều",
    "indicators": "Chỉ số",
    "rules": "Quy tắc",
    "sheet_a": "Phiếu A",
    "variants": "Vùng của bảng điểm",
    "income_survey": "Phiếu thu nhập",
    "code_lists": "Danh mục",
}


def where(path: Path, data: Mapping[str, Any]) -> str:
    if not path:
        return ""
    section = str(path[0])
    title, rest = SECTIONS.get(section, section), path[1:]
    if rest and isinstance(rest[0], int):
        title, rest = f"{title} {rest[0] + 1}{_code(data, section, rest[0])}", rest[1:]
    return ", ".join(part for part in (title, _dotted(rest)) if part)


def _code(data: Mapping[str, Any], section: str, number: int) -> str:
    entries = data.get(section)
    entry = entries[number] if isinstance(entries, list) and number < len(entries) else None
    code = (entry.get("code") or entry.get("name")) if isinstance(entry, Mapping) else None
    return f" ({code})" if isinstance(code, str) else ""


def _dotted(path: Path) -> str:
    text = ""
    for part in path:
        if isinstance(part, int):
            text += f"[{part + 1}]"
        else:
            text += f".{part}" if text else part
    return text


def offer(written: str, names: Iterable[str]) -> str:
    """ "có phải “urban”? Có: rural, urban." """
    there = list(names)
    close = get_close_matches(written, there, n=1, cutoff=0.7)
    return (f"có phải “{close[0]}”? " if close else "") + f"Có: {', '.join(there) or 'chưa có gì'}."
