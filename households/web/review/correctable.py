"""Households that a correction may be about: those of the wrong decision, and those of the dossier that stand in none; found by
name, a few at a time. What was chosen on one page of the search stays while another name is looked for."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from households.registry.state import MemberState, members_on
from households.review.actions.correcting import current_lines, forgotten, of_workers, renamed
from households.review.actions.recording import members_told
from households.review.listed import Listed, listed
from households.review.superior_models import Decision
from households.web.review.listed_rows import klass_words
from households.web.review.workers import Member, persons_asked
from povertyportal.core.fields import key_in
from povertyportal.vietnamese import fold

CLASS, AT_ONCE = "class-", 20
Persons = Mapping[int, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Correctable:
    """``now``: what the decision says of it, in words; ``klass``: its class there, "" where it stands in none; ``renamed``: the
    head's name in the registry where the decision wrote another; ``right``: the class chosen so far; ``members``: of a list
    of workers, ticked as it stands or as was chosen."""

    form: int
    household: int
    head: str
    village: str
    klass: str
    now: str
    missed: bool
    renamed: str = ""
    right: str = ""
    members: Sequence[Member] = ()


def correctable(found: Decision, name: str, posted: QueryDict | None) -> list[Correctable]:
    """A handful of queries."""
    said = posted or QueryDict()
    classes, persons = classes_asked(said), persons_changed(found, said)
    known = _known(found)
    kept = [one for one in known if one.form in classes or one.form in persons]
    others = [one for one in known if one not in kept and _fits(one, name)]
    shown = [*kept, *others[:AT_ONCE]]
    if not of_workers(found):
        return [_with_class(one, classes) for one in shown]
    return list(_with_members(found, shown, persons))


def classes_asked(posted: QueryDict) -> dict[int, str]:
    """Form → class; "" leaves it as it is."""
    keys = {name: key_in(name.removeprefix(CLASS)) for name in posted if name.startswith(CLASS)}
    return {key: str(posted[name]) for name, key in keys.items() if key is not None and posted[name]}


def persons_changed(found: Decision, posted: QueryDict) -> dict[int, list[int]]:
    """Of a list of workers the households whose persons are others than the decision says."""
    asked = persons_asked(posted)
    if not asked or not of_workers(found):
        return {}
    now = {one.form: {who.state.person for who in one.members if who.ticked} for one in _as_it_stands(found, asked)}
    return {form: persons for form, persons in asked.items() if set(persons) != now.get(form, set())}


def _as_it_stands(found: Decision, forms: Collection[int]) -> Iterator[Correctable]:
    return _with_members(found, [one for one in _known(found) if one.form in forms], {})


def _known(found: Decision) -> list[Correctable]:
    rows = listed(found.dossier, day=found.decided_on, purpose=found.purpose)
    return [*_of_lines(found, rows), *_missed(found, rows)]


def _of_lines(found: Decision, rows: Sequence[Listed]) -> Iterator[Correctable]:
    lines = list(current_lines(found))
    names = renamed(rows, lines)
    for one in lines:
        now = klass_words(one.klass) or ", ".join(who["name"] for who in one.members) or "–"
        name = names.get(one.form_id, "")
        if name:
            now = _("%(now)s; hồ sơ hộ nay ghi chủ hộ: %(name)s") % {"now": now, "name": name}
        yield Correctable(
            one.form_id, one.household_id, one.head, one.village, one.klass, now, missed=False, renamed=name
        )


def _missed(found: Decision, rows: Sequence[Listed]) -> Iterator[Correctable]:
    """Told apart where no meeting agreed on it: the reason has to say why it is taken up all the same."""
    for one in forgotten(found, rows):
        now = _("chưa có trong quyết định")
        if not one.valid:
            now = _("chưa có trong quyết định, chưa được họp dân thống nhất")
        elif one.computed and not one.about:
            told = {"now": now, "klass": klass_words(one.klass)}
            now = _("%(now)s; kết quả rà soát: %(klass)s") % told
        yield Correctable(one.form, one.household, one.name, one.village, "", now, missed=True)


def _fits(one: Correctable, name: str) -> bool:
    return fold(name) in fold(f"{one.head} {one.village} H{one.household}")


def _with_class(one: Correctable, classes: Mapping[int, str]) -> Correctable:
    return replace(one, right=classes.get(one.form, ""))


def _with_members(found: Decision, shown: Iterable[Correctable], persons: Persons) -> Iterator[Correctable]:
    """As the line names them: by name and birth, for a line keeps no keys."""
    ours = list(shown)
    members = members_on([one.household for one in ours], found.decided_on)
    named = {one.form_id: {(who["name"], who["birth"]) for who in one.members} for one in current_lines(found)}
    for one in ours:
        stands, asked = named.get(one.form, set()), persons.get(one.form)
        rows = [
            Member(who, bool(_names(who) & stands) if asked is None else who.person in asked)
            for who in members.get(one.household, ())
        ]
        yield replace(one, members=rows)


def _names(who: MemberState) -> set[tuple[str, str]]:
    return {(told["name"], told["birth"]) for told in members_told([who])}
