"""A standard as a file: the document as entered (TOML), or as the portal reads it (JSON)."""

import json
from dataclasses import asdict, is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from households.criteria import queries
from households.web.standards import row_asked


@require_safe
def document(request: HttpRequest, code: str, version: int, kind: str) -> HttpResponse:
    row = row_asked(code, str(version))
    if kind == "toml":
        response = HttpResponse(row.content, content_type="application/toml; charset=utf-8")
    else:
        standard = asdict(queries.standard_of(row))
        published = {
            "state": row.state, "entered_at": row.entered_at.isoformat(), "digest": row.digest,
            "approved_at": row.approved_at.isoformat() if row.approved_at else None,
        }  # fmt: skip
        text = json.dumps({"published": published, "standard": standard}, ensure_ascii=False, indent=2, default=_plain)
        response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{row.code}-{row.version}.{kind}"'
    return response


def _plain(value: Any) -> Any:
    """What JSON has no word for. Sets are sorted so that the same standard gives the same file."""
    if isinstance(value, frozenset):
        return sorted(value, key=str)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return dict(value)
