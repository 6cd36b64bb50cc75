"""The sheet of an invented household: its roster as the registry has it, and answers that come to what it was given."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random

from households.criteria.law.parts import Standard
from households.criteria.questionnaire.outcomes import Setting, classifier_for
from households.criteria.questionnaire.sheet import NO, NONE_OF_ALL, YES, Way
from households.registry.demonstration.naming import names
from households.surveys.codes import CLOSING
from households.surveys.demonstration.fitting import Case, Target, annual_of, as_lists, fitted
from households.surveys.demonstration.listed import Listed
from households.surveys.demonstration.people import Soul
from households.surveys.form_models import SurveyForm, Why
from households.surveys.sheets.asked import INCOME_ONLY, QUICK, Names, survey_sheet
from households.surveys.sheets.bound import Bound, on_ground
from households.surveys.sheets.ground import Ground
from povertyportal.vietnamese import format_date

Answers = dict[str, list[str]]
_CELL = re.compile(r"m(\d+)-birth")
MAJORITY = "kinh"
INSURED = ("insurance",)  # a household that is recognised as poor, by the state
NO_LABOUR, ILL = ("Không có lao động", "Thiếu lao động"), "ốm"  # how causes are called
INCOMES = {Why.AVERAGE: (1_600_000, 2_200_000), Why.WORKER: (1_600_000, 2_900_000)}  # đồng a person and month


@dataclass(frozen=True, slots=True)
class Visit:
    """A household surveyed on a day. ``roster``: as the registry had it; ``seed``: of the demonstration."""

    listed: Listed
    form: SurveyForm
    roster: Answers
    on: date
    ground: Ground
    bounds: Sequence[Bound]
    seed: int

    def rng(self, *what: object) -> Random:
        return Random(f"{self.seed} {self.listed.home} {self.on.year} {what}")  # noqa: S311  # nothing secret


def answered(visit: Visit) -> Answers:
    """All of it, as the form asks."""
    bounds = on_ground(visit.bounds, visit.ground)
    case = _case(visit, bounds)
    if visit.listed.stopped:
        found: Answers = {}
    elif visit.form.why in INCOME_ONLY:
        low, high = INCOMES[Why(visit.form.why)]
        share = visit.rng("income").randint(low, high) * 12
        found = as_lists(annual_of(case, classifier_for(case.targets[0].applied, case.setting), share))
    else:
        found = as_lists(fitted(case))
        found |= _lists(visit, bounds[0].applied.standard, found)
    found |= visit.roster | _head(visit)
    if visit.form.why in QUICK:
        found |= _quick(visit, bounds)
    return dict(Names(survey_sheet(visit.form, visit.ground, visit.bounds)).of(found))  # type: ignore[arg-type]


def _case(visit: Visit, bounds: Sequence[Bound]) -> Case:
    classes = visit.listed.classes
    targets = [Target(one.applied, *classes.get(one.purpose, (classes[CLOSING][0], ""))) for one in bounds]
    setting = Setting(visit.on, visit.ground.area_type, visit.ground.variant, Way.FULL)
    spared = INSURED if visit.form.why == Why.POOR else ()
    home = f"{visit.seed} {visit.listed.home}"
    return Case(visit.roster, _souls(visit), setting, targets, home, visit.on.year, spared)


def _souls(visit: Visit) -> list[Soul]:
    rows = sorted(int(match[1]) for name in visit.roster if (match := _CELL.fullmatch(name)))
    return [_soul(index, visit) for index in rows]


def _soul(index: int, visit: Visit) -> Soul:
    birth, name, sex = (visit.roster.get(f"m{index}-{one}", [""])[0] for one in ("birth", "name", "sex"))
    day, month, year = (int(one) for one in (birth.split("/") if "/" in birth else ("1", "1", birth)))
    years = visit.on.year - year - ((visit.on.month, visit.on.day) < (month, day))
    return Soul(index, years, year, sex == "female", f"{visit.seed} {name} {birth}")


def reviewer_of(visit: Visit) -> str:
    """One for each village."""
    rng = Random(f"{visit.seed} {visit.listed.place.village} reviewer")  # noqa: S311  # nothing secret
    group = names()["tay"]
    return group.draw(rng, female=rng.random() < 0.4, family=group.families.draw(rng))


def _head(visit: Visit) -> Answers:
    adults = [one for one in _souls(visit) if one.years >= 18] or _souls(visit)
    told = visit.roster[f"m{adults[int(visit.rng('told').random() * min(2, len(adults)))].index}-name"]
    return {"s-day": [format_date(visit.on)], "s-reviewer": [reviewer_of(visit)], "s-respondent": list(told)}


def _quick(visit: Visit, bounds: Sequence[Bound]) -> Answers:
    """Phiếu A, with so many ticks that the household is surveyed further, or not."""
    found: Answers = {}
    for one in bounds:
        sheet = one.applied.standard.sheet_a
        if sheet is None:
            continue
        rng, stop = visit.rng("quick", one.purpose), sheet.stop_at
        count = rng.randint(stop, min(stop + 2, len(sheet.items))) if visit.listed.stopped else rng.randint(0, stop - 1)
        ticked = set(rng.sample([item.code for item in sheet.items], count))
        found[f"{one.applied.code}:a"] = [str(count)]
        found |= {f"{one.applied.code}:a-{item.code}": [YES if item.code in ticked else NO] for item in sheet.items}
    return found


def _lists(visit: Visit, closing: Standard, told: Answers) -> Answers:
    known = {one.name: {entry.code: entry.name for entry in one.entries} for one in closing.code_lists}
    poorest = visit.listed.classes[CLOSING][0] in ("poor", "near_poor")
    found: Answers = {}
    if poorest and "causes" in known:
        found["s-causes"] = _causes(visit, known["causes"], told)
    if "target_groups" in known:
        found["s-target_groups"] = _groups(visit, known["target_groups"], told)
    if "supports" in known:
        wanted = [one for one in known["supports"] if one != "other"]
        found["s-supports"] = _some(visit, wanted, most=3) if poorest else [NONE_OF_ALL]
    return found


def _cell(visit: Visit, index: int, column: str) -> str:
    return next(iter(visit.roster.get(f"m{index}-{column}", ())), "")


def _some(visit: Visit, codes: Sequence[str], *, most: int) -> list[str]:
    rng = visit.rng("some", *codes)
    return sorted(rng.sample(list(codes), min(rng.randint(1, most), len(codes))))


def _causes(visit: Visit, known: Mapping[str, str], told: Answers) -> list[str]:
    """Nobody able to work is a cause of its own, else it is none; so is illness."""
    of_labour = [code for code, words in known.items() if words in NO_LABOUR]
    if of_labour and not _anybody(told, "can_work"):
        return of_labour[:1]
    barred = {*of_labour, *(code for code, words in known.items() if ILL in words and not _anybody(told, "disabled"))}
    return _some(visit, [code for code in known if code not in barred], most=2)


def _groups(visit: Visit, known: Mapping[str, str], told: Answers) -> list[str]:
    couple = [
        index for index in (one.index for one in _souls(visit)) if _cell(visit, index, "relation") in ("head", "spouse")
    ]
    holding = {
        "ethnic_minority": any(_cell(visit, one, "ethnicity") not in ("", MAJORITY) for one in couple),
        "no_labour": not _anybody(told, "can_work"),
        "merit": visit.rng("merit").random() < 0.03,
    }
    return sorted(code for code, holds in holding.items() if holds and code in known) or [NONE_OF_ALL]


def _anybody(told: Answers, column: str) -> bool:
    return any(values == [YES] for name, values in told.items() if name.endswith(f"-{column}"))
