"""What comes next in each village, as the board shows it: a link to where it is done, or what stands in the way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from households.review.belonging import Prospect
from households.review.models import Dossier
from households.review.standing import NextMove, Standing, VillageStanding

ELSEWHERE = ("send_back", "complain")  # made on the village's page


@dataclass(frozen=True, slots=True)
class Step:
    """``block``: why it cannot be made yet, "" where it can; ``url``: where it is made, "" for who may not."""

    title: str
    url: str = ""
    block: str = ""


@dataclass(frozen=True, slots=True)
class VillageRow:
    village: VillageStanding
    steps: tuple[Step, ...]


def village_rows(standing: Standing, villages: Iterable[VillageStanding], *, may_make: bool) -> list[VillageRow]:
    """No query. Nothing is next before the dossier is opened, nor once its list is made."""
    of, waits = standing.dossier, standing.stage.code == "villages"
    return [VillageRow(one, tuple(_steps(of, one, may_make=may_make)) if waits else ()) for one in villages]


def _steps(dossier: Dossier | Prospect, village: VillageStanding, *, may_make: bool) -> Iterator[Step]:
    if dossier.pk is None:
        return
    for one in village.next:
        if not _due(one, village):
            continue
        title = _title(one, village)
        if one.blocks:
            yield Step(one.move.title, block=one.blocks[0])
        else:
            yield Step(title, _address(one.move.code, dossier.pk, village.code) if may_make else "")


def _due(one: NextMove, village: VillageStanding) -> bool:
    code = one.move.code
    if code == "meet":
        return village.stage.code == "survey" or bool(village.counts.unvoted)
    if code == "answer":
        return bool(village.seen.open_complaints)
    return code not in ELSEWHERE


def _title(one: NextMove, village: VillageStanding) -> str:
    again = one.move.code == "meet" and village.stage.code != "survey"
    return _("%s bổ sung") % one.move.title if again else one.move.title


def _address(move: str, dossier: int, village: str) -> str:
    if move in ("post", "post_again"):
        turn = "&turn=2" if move == "post_again" else ""
        return f"{reverse('review:post', args=[dossier])}?village={village}{turn}"
    if move == "answer":
        return reverse("review:complaints", args=[dossier])
    return reverse("review:meeting" if move == "meet" else "review:village", args=[dossier, village])
