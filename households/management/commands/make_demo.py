"""``manage.py make_demo --seed N --households N [--years 2021..2025] [--forms all|none] [--commit] [--by USERNAME] [--json]``."""

import json
import re
from argparse import ArgumentParser
from time import perf_counter
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from households.review.demonstration.making import fill_reviews
from households.surveys.demonstration.making import DemonstrationRefusedError, Made, Wish, make
from povertyportal.core.accounts import acting_user
from povertyportal.core.clock import now
from povertyportal.core.commands import add_writing_arguments
from povertyportal.core.history import acting
from povertyportal.core.models import User
from povertyportal.vietnamese import format_number

_YEARS = re.compile(r"([0-9]{4})(?:\.\.([0-9]{4}))?")


class Command(BaseCommand):
    help = _(
        "Tạo hộ minh họa (không có thật) ở Hà Quảng và các huyện tiếp theo. Không có --commit thì chỉ nói sẽ làm gì."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, required=True, help=_("cùng số này thì ra cùng dữ liệu"))
        parser.add_argument("--households", type=int, default=3000)
        parser.add_argument("--years", default="2021..2025", help=_("năm đầu và năm cuối, ví dụ 2021..2025"))
        parser.add_argument("--forms", choices=["all", "none"], default="all", help=_("có lập phiếu rà soát hay không"))
        add_writing_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEVELOPMENT:
            raise CommandError(_("Dữ liệu minh họa không được dùng khi DEBUG=0."))
        years = _YEARS.fullmatch(options["years"].strip())
        if years is None:
            message = _("--years “%s” không đúng; ví dụ 2021..2025 hoặc 2024.")
            raise CommandError(message % options["years"])
        wish = Wish(options["seed"], options["households"], int(years[1]), int(years[2] or years[1]))
        by = acting_user(options["by"])
        started = perf_counter()
        try:
            made, dossiers = _make(wish, by, commit=options["commit"], forms=options["forms"] == "all")
        except DemonstrationRefusedError as error:
            raise CommandError(str(error)) from error
        seconds = perf_counter() - started
        self.stdout.write(_as_json(made, dossiers, seconds) if options["json"] else _told(made, dossiers, seconds))


def _make(wish: Wish, by: User, *, commit: bool, forms: bool) -> tuple[Made, int]:
    """With the dossiers of the review procedure, all or nothing. Raises DemonstrationRefusedError."""
    at = now()
    with transaction.atomic(), acting(by=by, reason=wish.mark):
        made = make(wish, by=by, at=at, commit=commit, forms=forms)
        return made, fill_reviews(wish.seed, by=by, at=at) if made.stored and forms else 0


def _as_json(made: Made, dossiers: int, seconds: float) -> str:
    report = {
        "mark": made.wish.mark,
        "stored": made.stored,
        "unchanged": made.unchanged,
        "districts": made.districts,
        "communes": made.communes,
        "new_villages": made.villages,
        "households": made.households,
        "persons": made.persons,
        "rounds": made.rounds,
        "forms": made.forms,
        "dossiers": dossiers,
        "rows": made.rows,
        "seconds": round(seconds, 1),
    }
    return json.dumps(report, ensure_ascii=False, indent=2)


def _told(made: Made, dossiers: int, seconds: float) -> str:
    if made.unchanged:
        return _("Đã có sẵn: %s. Không đổi gì.") % made.wish.mark
    told = {
        "mark": made.wish.mark,
        "households": format_number(made.households),
        "persons": format_number(made.persons),
        "communes": format_number(made.communes),
        "districts": len(made.districts),
        "villages": format_number(made.villages),
        "rounds": format_number(made.rounds),
        "forms": format_number(made.forms),
        "dossiers": format_number(dossiers),
        "rows": format_number(made.rows),
        "seconds": format_number(round(seconds)),
        "speed": format_number(round(made.rows / seconds) if seconds else 0),
    }
    if not made.stored:
        return (
            _(
                "Chưa ghi gì (thiếu --commit). %(mark)s: sẽ lập %(villages)s thôn mới và %(households)s hộ đầu kỳ ở "
                "%(communes)s xã của %(districts)s huyện."
            )
            % told
        )
    return (
        _(
            "%(mark)s: đã lập %(villages)s thôn, %(households)s hộ, %(persons)s người ở %(communes)s xã của "
            "%(districts)s huyện, %(rounds)s đợt rà soát, %(forms)s phiếu, %(dossiers)s hồ sơ rà soát; %(rows)s dòng trong "
            "%(seconds)s giây (%(speed)s dòng/giây)."
        )
        % told
    )
