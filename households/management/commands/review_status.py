"""manage.py review_status 2026-periodic --area 01392 [--json]: where the dossiers of a commune stand in a round."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from households.areas.queries import UnknownAreaError, find_area
from households.areas.units import Level
from households.review.calendar.stored import calendar
from households.review.models import Dossier
from households.review.standing import Standing, dossier_standing
from households.surveys.queries import all_rounds
from povertyportal.core.clock import today


class Command(BaseCommand):
    help = "Where the review of a commune stands: villages, what blocks the next step. Exit 1: no dossier was opened."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("round", help="mã đợt, ví dụ 2026-periodic")
        parser.add_argument("--area", required=True, help="mã xã")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        found = [
            dossier_standing(one, today=today(), calendar=calendar())
            for one in _dossiers(options["round"], options["area"])
        ]
        if not found:
            raise CommandError(f"Xã {options['area']} chưa lập hồ sơ nào trong đợt {options['round']}.", returncode=1)
        if options["json"]:
            self.stdout.write(json.dumps([_told(one) for one in found], ensure_ascii=False, indent=1))
            return
        for one in found:
            for line in _lines(one):
                self.stdout.write(line)


def _dossiers(round: str, area: str) -> list[Dossier]:
    """Raises CommandError."""
    rounds = [one for one in all_rounds() if one.code == round]
    if not rounds:
        raise CommandError(f"Không có đợt {round}.", returncode=2)
    for one in rounds:
        try:
            unit = find_area(code=area, on=one.area_on)
        except UnknownAreaError as unknown:
            raise CommandError(str(unknown), returncode=2) from unknown
        if unit.level is not Level.COMMUNE:
            raise CommandError(f"{unit.full_name} không phải cấp xã.", returncode=2)
    rows = Dossier.objects.filter(round__in=rounds, area_code=area).select_related("round")
    return list(rows.order_by("round", "procedure"))


def _told(one: Standing) -> dict[str, Any]:
    return {
        "round": one.round.code,
        "area": one.dossier.area_code,
        "procedure": one.procedure.code,
        "state": one.stage.code,
        "households": one.counts.total,
        "blocks": list(one.blocks),
        "villages": [
            {"code": each.code, "name": each.name, "state": each.stage.code, "households": each.counts.total}
            for each in one.villages
        ],
    }


def _lines(one: Standing) -> list[str]:
    head = f"{one.round.code} {one.area.name}, {one.procedure.title}: {one.stage.title}, {one.counts.total} hộ"
    villages = [f"  {each.name}: {each.stage.title}, {each.counts.total} hộ" for each in one.villages]
    return [head, *villages, *(f"  ! {text}" for text in one.blocks)]
