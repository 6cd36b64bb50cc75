"""Answers of an invented household that come to the classes it was given: drawn, tried by the engine, drawn again. Plain
Python."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random

from households.criteria.engine.bounds import MONTHS
from households.criteria.engine.classify import Classifier
from households.criteria.engine.result import Scores
from households.criteria.law.parts import Class, IncomeRule, Rule, ScoreRule
from households.criteria.questionnaire.answers import answers_of
from households.criteria.questionnaire.outcomes import Setting, classifier_for
from households.criteria.questionnaire.sheet import AppliedStandard
from households.criteria.questionnaire.typed import Typed
from households.surveys.demonstration.lacking import LACKS, LASTING, Flat, house_of
from households.surveys.demonstration.people import YES, Soul, life_of

POOREST = (Class.POOR, Class.NEAR_POOR)
START, STEP, TRIES, MORE_TRIES = {"poor": 0.45, "near_poor": 0.2}, {"poor": 0.07, "near_poor": -0.03}, 12, 80
NEITHER = 0.12
LISTS = ("h-devices",)
LAST_TRIES = 40  # of the other tries, those in which the house may be another
LEAST_SHARE = 0.55  # of a line: how far below it points or income begin


@dataclass(frozen=True, slots=True)
class Target:
    """The class and kind that a standard is to come to."""

    applied: AppliedStandard
    klass: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Case:
    """``roster``: as the registry has it; ``seed``: of the household, the same from year to year; ``year``: of the review;
    ``spared``: what it does not lack."""

    roster: Mapping[str, Sequence[str]]
    souls: Sequence[Soul]
    setting: Setting
    targets: Sequence[Target]
    seed: str
    year: int
    spared: Collection[str] = ()

    def rng(self, *what: object) -> Random:
        return Random(" ".join(map(str, (self.seed, *what))))  # noqa: S311  # nothing secret


def fitted(case: Case) -> Flat:
    """Without the head of the paper. Where no draw fits, the last one that fits the first target, else the last."""
    ready = [classifier_for(one.applied, case.setting) for one in case.targets]
    found: Flat = {}
    for flat in _draws(case):
        scores = [_scores(case, one, classifier, flat) for one, classifier in zip(case.targets, ready, strict=True)]
        amounts = [
            _amount(one, classifier, score, case)
            for one, classifier, score in zip(case.targets, ready, scores, strict=True)
        ]
        if amounts[0] is not None or not found:
            found = flat | {name: value for one in amounts if one for name, value in one.items()}
        if None not in amounts:
            break
    annual = _annual(case, ready[0])
    if annual:
        found.pop("income_month", None)  # the same told twice
    return found | annual


def _draws(case: Case) -> Iterator[Flat]:
    """First what the household lacks by its nature, more or less of it; then anything but another house; then anything."""
    klass, taste = case.targets[0].klass, _taste(case.rng("taste"))
    for turn in range(TRIES):
        yield _drawn(case, taste, START.get(klass, NEITHER) + turn * STEP.get(klass, 0.01))
    rng = case.rng("other tastes")
    for turn in range(MORE_TRIES):
        other = _taste(rng)
        kept = {name: taste[name] for name in LASTING} if turn < MORE_TRIES - LAST_TRIES else {}
        yield _drawn(case, other | kept, rng.random())


def _taste(rng: Random) -> dict[str, float]:
    return {name: rng.random() for name in LACKS}


def _drawn(case: Case, taste: Mapping[str, float], severity: float) -> Flat:
    house = house_of(len(case.souls), case.rng("house"), case.rng("house", case.year))
    flat = {f"h-{name}": value for name, value in house.items()}
    for one in case.souls:
        flat |= {one.cell(column): value for column, value in life_of(one).items()}
    for name, (weight, lack) in LACKS.items():
        lasts = name in LASTING
        if name not in case.spared and taste[name] < (1 if lasts else severity) * weight:
            lack(flat, case.souls, case.rng(name) if lasts else case.rng(name, case.year))
    return flat


def as_lists(flat: Flat) -> dict[str, list[str]]:
    """As a form keeps them."""
    return {name: sorted(text.split(",")) if name in LISTS else [text] for name, text in flat.items() if text}


def _scores(case: Case, one: Target, classifier: Classifier, flat: Flat) -> Scores:
    answers = answers_of(case.setting.way, one.applied, Typed({**case.roster, **as_lists(flat)}))
    return classifier.classify(answers, reasons=False).scores


def _amount(one: Target, classifier: Classifier, scores: Scores, case: Case) -> Flat | None:
    """B1, or the income, with which the rule for the class holds; None where no rule does with these deprivations. From year
    to year it changes little as long as the class stays."""
    drift = case.rng("amount", one.applied.code, case.year).uniform(-0.12, 0.12)
    share = min(0.99, max(0.0, case.rng("amount", one.applied.code).random() + drift))
    by_scores = one.applied.by_scores
    bounds = classifier.ready.bounds.scores if by_scores else classifier.ready.bounds.income
    span = _span(one, bounds, scores, by_scores=by_scores)
    if span is None:
        return None
    low, high = span
    if by_scores:
        return {f"{one.applied.code}:b1": str(_between(low, high, 5, share))}
    return {"income_month": str(_between(low // MONTHS, high // MONTHS, 10_000, share))}


def _between(low: int, high: int, step: int, share: float) -> int:
    """A multiple of the step above the first and up to the second."""
    first, last = low // step + 1, high // step
    return (first + int(share * (last - first + 1))) * step


def _span(one: Target, bounds: Mapping[str, int], scores: Scores, *, by_scores: bool) -> tuple[int, int] | None:
    rules = [(rule, rule.scores if by_scores else rule.income) for rule in one.applied.standard.rules]
    poorest = [part for rule, part in rules if part and rule.result in POOREST]
    if one.klass not in POOREST:
        top = max(bounds[part.up_to] for part in poorest if part.up_to)
        return top, top + top // 4
    for rule, part in rules:
        if part and _fits(rule, part, one, scores):
            high = bounds[part.up_to] if part.up_to else max(bounds.values())
            return (bounds[part.over] if part.over else int(high * LEAST_SHARE)), high
    return None


def _fits(rule: Rule, part: ScoreRule | IncomeRule, one: Target, scores: Scores) -> bool:
    if rule.result != one.klass or (one.kind and rule.kind != one.kind):
        return False
    if isinstance(part, ScoreRule):
        count, least, below = scores.b2, part.b2_from, part.b2_below
    else:
        count, least, below = scores.deprivations, part.deprivations_from, part.deprivations_below
    return (least is None or (count or 0) >= least) and (below is None or (count or 0) < below)


def _annual(case: Case, classifier: Classifier) -> Flat:
    """Phụ lục VIII of a household with an average standard of living."""
    survey = classifier.ready.survey
    if case.targets[0].klass != Class.AVERAGE or survey is None or survey.average_up_to is None:
        return {}
    low = survey.average_over or 0
    share = case.rng("income", case.year).uniform(low + 100_000, survey.average_up_to - 100_000)
    return annual_of(case, classifier, round(share))


def annual_of(case: Case, classifier: Classifier, share: int) -> Flat:
    """``share``: đồng a person and year. Half from crops, the rest from livestock and the forest."""
    survey = classifier.ready.survey
    if survey is None:
        return {}
    total = share * len(case.souls)
    parts = {"crops": total // 2, "livestock": total // 4, "forestry": total - total // 2 - total // 4}
    flat: Flat = {"h-farming": YES}
    for source in survey.survey.sources:
        net = parts.get(source.code, 0)
        if source.net:
            cost = net // 3 // 1000 * 1000
            flat |= {f"y-{source.code}-revenue": str(net + cost), f"y-{source.code}-cost": str(cost)}
        else:
            flat[f"y-{source.code}"] = str(net)
    return flat
