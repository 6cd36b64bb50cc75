"""What becomes of each row that points at a person or a household when two records of the same one are merged.

A relation that nobody declared refuses the merge: nothing is lost because a table was forgotten. Higher apps declare theirs
in ``AppConfig.ready()``.
"""

from collections.abc import Callable, Iterator
from enum import Enum

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from households.registry.models import Household, Person
from households.registry.problems import Problem, RegistryRefusedError
from povertyportal.core.history_row import HistoryRow


class How(Enum):
    OWN = "merging.py does it by its own rules"
    MOVES = "points at the record that stays"
    STAYS = "stays where it is, as history"
    REFUSES = "while there is such a row nothing can be merged"


_declared: dict[str, How] = {
    "households.Membership.person": How.OWN,
    "households.Membership.household": How.OWN,
    "households.Residence.household": How.OWN,
    "households.Recognition.household": How.OWN,
    "households.HouseholdEvent.person": How.STAYS,
    "households.HouseholdEvent.household": How.STAYS,
    "households.HouseholdEvent.other": How.STAYS,
    "households.DuplicateVerdict.first": How.STAYS,
    "households.DuplicateVerdict.second": How.STAYS,
    "households.SearchRow.person": How.OWN,
    "households.SearchRow.household": How.OWN,
    "households.Person.merged_into": How.MOVES,
    "households.Household.merged_into": How.MOVES,
}


Clash = Callable[[int, int], str]
_clashes: dict[str, Clash] = {}


def declare_merge(relation: str, how: How, *, clash: Clash | None = None) -> None:
    """``relation``: "app.Model.field". ``clash``: what is told where rows that move meet rows of the record that stays, given
    that record's key and that of the one that goes. Raises ValueError for one that is declared otherwise."""
    if _declared.setdefault(relation, how) is not how:
        raise ValueError(f"{relation} is declared as {_declared[relation].name}")
    if clash is not None:
        _clashes[relation] = clash


def relations_to(model: type[models.Model]) -> Iterator[tuple[str, type[models.Model], str]]:
    """Every field that points at the model, hidden ones too: its name, its model, its column. History is kept as it is."""
    for relation in model._meta.get_fields(include_hidden=True):
        found = relation.related_model if relation.auto_created and not relation.concrete else None
        if isinstance(found, type) and not issubclass(found, HistoryRow):
            name = relation.field.name  # type: ignore[union-attr]  # a relation from the other side has its field
            yield f"{found._meta.label}.{name}", found, name


def check_declared(model: type[models.Model]) -> None:
    """Raises RegistryRefusedError."""
    open_ones = sorted(relation for relation, _model, _name in relations_to(model) if relation not in _declared)
    if open_ones:
        told = {"what": model._meta.verbose_name, "relations": ", ".join(open_ones)}
        message = _(
            "Chưa gộp được: phần mềm chưa khai báo cách xử lý dữ liệu liên quan tới %(what)s (%(relations)s). "
            "Báo cho người quản trị; chưa có gì thay đổi."
        )
        raise RegistryRefusedError([Problem("", message % told)])


def move_rows(model: type[Person] | type[Household], *, keep: int, drop: int) -> None:
    """Carry out what is declared, but for what is OWN. Raises RegistryRefusedError; call it in a transaction."""
    check_declared(model)
    for relation, found, name in relations_to(model):
        rows = found._default_manager.filter(**{name: drop})
        if _declared[relation] is How.MOVES:
            _move(rows, name, keep, told=_clashes.get(relation), drop=drop)
        elif _declared[relation] is How.REFUSES and rows.exists():
            raise _refused(found, _("còn dòng của hồ sơ bị gộp và không được chuyển sang hồ sơ khác"))


def _move(rows: "models.QuerySet[models.Model]", name: str, keep: int, *, told: Clash | None, drop: int) -> None:
    try:
        with transaction.atomic():
            rows.update(**{name: keep})
    except IntegrityError as error:
        if told and (sentence := told(keep, drop)):
            raise RegistryRefusedError([Problem("", sentence)]) from error
        raise _refused(rows.model, _("cả hai hồ sơ cùng có dòng, không ghép được thành một")) from error


def _refused(model: type[models.Model], why: str) -> RegistryRefusedError:
    told = {"table": model._meta.verbose_name, "why": why}
    return RegistryRefusedError([Problem("", _("Chưa gộp được: bảng “%(table)s” %(why)s.") % told)])
