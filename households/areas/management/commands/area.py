import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from households.areas import queries
from households.areas.days import DayRefusedError, read_day
from households.areas.models import CONFIDENCES, LEVELS, TraitKind
from households.areas.restate import Piece
from households.areas.tree import AreaTree
from households.areas.units import Link, Version
from povertyportal.vietnamese import format_date


class Command(BaseCommand):
    help = "Cho biết mã này là đơn vị nào vào một ngày, từ đâu mà có và đã thành gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("code", help="mã đơn vị, ví dụ 193 hoặc 01438")
        parser.add_argument("--on", required=True, help="ngày, ví dụ 2019-12-31")
        parser.add_argument("--map", help="ngày của bản đồ khác: đơn vị này là những đơn vị nào trên bản đồ đó")
        parser.add_argument("--json", action="store_true", help="in một tài liệu JSON và không in gì khác")

    def handle(self, *args: Any, **options: Any) -> None:
        code, on = options["code"], _day(options["on"])
        target = _day(options["map"]) if options["map"] else None
        try:
            tree = queries.tree_around(code, on=on)
        except queries.UnknownAreaError as error:
            raise CommandError(str(error)) from error
        found = _facts(tree, code)
        if target is not None:
            found["map"] = {"on": target.isoformat(), "areas": _pieces(code, on, target)}
        self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) if options["json"] else _text(found))


def _day(text: str) -> date:
    try:
        return read_day(text)
    except DayRefusedError as refused:
        raise CommandError(str(refused)) from refused


def _facts(tree: AreaTree, code: str) -> dict[str, Any]:
    node = tree.get(code)
    chain = tree.ancestors(code)
    return {
        "code": node.code,
        "on": tree.on.isoformat(),
        "name": node.full_name,
        "level": node.level.value,
        "type": node.type,
        "valid_from": node.start.isoformat() if node.start else None,
        "start_known": node.start is not None,
        "same_since": node.same_since(tree.on).isoformat(),
        "valid_to": node.end.isoformat() if node.end else None,
        "validity": queries.span_in_words(node),
        "legal_basis": node.legal_basis,
        "source": node.source,
        "parents": [_named(parent) for parent in chain],
        "children": len(tree.children(code)),
        "children_codes": [child.code for child in tree.children(code)],
        "predecessors": [_act(link, link.from_code, link.from_name) for link in tree.predecessors(code)],
        "successors": [_act(link, link.to_code, link.to_name) for link in tree.land_went_to(code)],
        "traits": _traits([code, *(parent.code for parent in chain)], tree.on),
    }


def _named(node: Version) -> dict[str, str]:
    return {"code": node.code, "name": node.full_name}


def _act(link: Link, code: str, name: str) -> dict[str, str]:
    return {
        "code": code,
        "name": name,
        "on": link.on.isoformat(),
        "extent": link.extent.value,
        "of": link.from_code,
        "of_name": link.from_name,
        "legal_basis": link.legal_basis,
        "confidence": link.confidence.value,
        "note": link.note,
    }


def _traits(codes: list[str], on: date) -> list[dict[str, str]]:
    return [
        {
            "code": trait.code,
            "kind": trait.kind,
            "value": trait.value,
            "legal_basis": trait.legal_basis,
            "source": trait.source,
            "confidence": trait.confidence,
        }
        for trait in queries.traits(codes, on=on)
    ]


def _pieces(code: str, on: date, target: date) -> list[dict[str, Any]]:
    history = queries.load_history()
    return [_piece(piece, history.version(piece.code, target)) for piece in history.on_map(code, on, target)]


def _piece(piece: Piece, version: Version | None) -> dict[str, Any]:
    name = version.full_name if version else ""
    return {"code": piece.code, "name": name, "extent": piece.extent.value, "certain": piece.certain}


def _text(found: dict[str, Any]) -> str:
    level = dict(LEVELS)[found["level"]]
    lines = [
        f"{found['name']} ({found['code']}), {level}, {found['validity']}",
        _("Thuộc: %s") % (", ".join(parent["name"] for parent in found["parents"]) or "-"),
        _("Đơn vị trực thuộc: %d") % found["children"],
        _("Căn cứ: %s") % (found["legal_basis"] or _("chưa rõ")),
    ]
    for title, acts in ((_("Từ"), found["predecessors"]), (_("Thành"), found["successors"])):
        lines += [f"{title}: {_line(act, found['code'])}" for act in acts]
    sure = dict(CONFIDENCES)
    lines += [
        f"{TraitKind(trait['kind']).label}: {trait['value']} ({sure[trait['confidence']]})" for trait in found["traits"]
    ]
    for piece in found.get("map", {}).get("areas", []):
        lines.append(_("Trên bản đồ %(day)s: %(name)s (%(code)s)") % {"day": found["map"]["on"], **piece})
    return "\n".join(lines)


def _line(act: dict[str, str], code: str) -> str:
    """Where a dissolved district's land went is told commune by commune."""
    name = f"{act['name']} ({act['code']})"
    if code not in (act["of"], act["code"]) and act["of"] != act["code"]:
        name = _("%(commune)s nhập vào %(name)s") % {"commune": act["of_name"], "name": name}
    extent = _("toàn bộ") if act["extent"] == "whole" else _("một phần")
    day = format_date(date.fromisoformat(act["on"]))
    return f"{name}, {extent}, {day}, {act['legal_basis']}"
