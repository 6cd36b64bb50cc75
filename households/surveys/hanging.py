"""What hangs on a round: whoever keeps something about rounds says so here, and while there is some the round stays."""

from collections.abc import Callable

from households.registry.merging.relations import relations_to
from households.surveys.models import SurveyRound

Told = Callable[[SurveyRound], str]
_told: dict[str, Told] = {}


def register_hanging(what: str, told: Told) -> None:
    """``what``: the field that points at the round ("households.RoundTotals.round"), or another name where a code or a file
    does. ``told``: what there is of this round, as "tổng số của 3 xã"; "" for nothing. Called in ``AppConfig.ready()``; raises
    ValueError when two claim the same."""
    if _told.setdefault(what, told) is not told:
        raise ValueError(f"two tell what hangs on a round by {what}")


def hanging_on(found: SurveyRound) -> list[str]:
    """In words, empty where nothing does. Rows of a table that nobody registered hang on it too."""
    told = [tell(found) for tell in _told.values()]
    for relation, model, name in relations_to(SurveyRound):
        if relation not in _told and model._default_manager.filter(**{name: found.pk}).exists():
            told.append(str(model._meta.verbose_name))
    return [one for one in told if one]
