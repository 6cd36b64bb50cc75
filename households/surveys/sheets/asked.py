"""The questions of one form: those of its standards, of the registry and of the survey itself, by why it is surveyed."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from households.criteria.questionnaire.blocks import (
    BIRTH_BOX,
    annual_blocks,
    b1_block,
    household_block,
    income_blocks,
    quick_block,
    roster,
)
from households.criteria.questionnaire.sheet import AppliedStandard, Block, Control, Sheet
from households.criteria.questionnaire.typed import CELL
from households.criteria.vocabulary import vocabulary
from households.surveys.codes import CLOSING
from households.surveys.form_models import SurveyForm, Why
from households.surveys.sheets.bound import Bound, on_ground
from households.surveys.sheets.ground import Ground
from households.surveys.sheets.own import causes_block, head_block, note_block, with_registry_columns

QUICK = (Why.REQUEST, Why.FOUND)  # Phiếu A first
INCOME_ONLY = (Why.AVERAGE, Why.WORKER)  # Phụ lục VIII instead of Phiếu B
SHEETS_AT_ONCE = 64


def survey_sheet(form: SurveyForm, ground: Ground, bounds: Sequence[Bound]) -> Sheet:
    """Made once for all forms that are asked the same."""
    fitted = on_ground(bounds, ground)
    digests = tuple((one.purpose, one.applied.standard.digest, _table_digest(one.applied)) for one in fitted)
    return _sheet(_Wanted(form.why, ground.variant, digests, get_language() or "", fitted))


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The digests stand for the law and its tables of points."""

    why: str
    variant: str
    digests: tuple[tuple[str, str, str], ...]
    language: str
    bounds: Sequence[Bound] = field(compare=False)


def _table_digest(applied: AppliedStandard) -> str:
    return applied.table.digest if applied.table else "open" if applied.region_open else ""


@lru_cache(SHEETS_AT_ONCE)
def _sheet(wanted: _Wanted) -> Sheet:
    standards = [one.applied for one in wanted.bounds]
    if wanted.why in INCOME_ONLY:
        name = _control_of_name()
        blocks = [head_block(), *(replace(one, folded=False) for one in annual_blocks(standards)), note_block()]
        return Sheet(with_registry_columns((name, BIRTH_BOX)), tuple(blocks))
    quick = [quick_block(one) for one in standards] if wanted.why in QUICK else []
    closing = next((one.applied.standard for one in wanted.bounds if one.purpose == CLOSING), standards[0].standard)
    blocks = [
        head_block(),
        *quick,
        household_block(standards),
        *income_blocks(standards),
        *(_points(one, wanted.variant) for one in standards),
        causes_block(closing),
        *annual_blocks(standards),
        note_block(),
    ]
    return Sheet(with_registry_columns(roster(standards)), tuple(block for block in blocks if block.controls))


def _control_of_name() -> Control:
    return Control("name", "text", vocabulary().member["name"].title)


def _points(applied: AppliedStandard, variant: str) -> Block:
    found = b1_block(applied, variant)
    if not applied.region_open:
        return found
    return replace(found, note=_("Chưa rõ vùng của bảng điểm B1 ở nơi này: ghi tổng điểm B1 của phiếu giấy."))


class Names:
    """Which fields a sheet has: those of its blocks, and each column for each row."""

    def __init__(self, sheet: Sheet) -> None:
        self.plain = frozenset(one.name for one in sheet.controls())
        self.columns = frozenset(one.name for one in sheet.roster)

    def __contains__(self, name: object) -> bool:
        if not isinstance(name, str):
            return False
        cell = CELL.fullmatch(name)
        return cell[2] in self.columns if cell else name in self.plain

    def of(self, answers: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, Sequence[str]]]:
        return ((name, values) for name, values in answers.items() if values and name in self)
