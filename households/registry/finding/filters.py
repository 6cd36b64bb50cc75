"""Filters of the search, as pages give them by name and saved filters keep them."""

from collections.abc import Mapping
from dataclasses import dataclass, fields

from django.utils.translation import gettext as _

from households.registry.codes import RecognisedClass, Sex
from households.registry.ethnicities import by_key

FIRST_YEAR, LAST_YEAR = 1850, 2100
YES, NO = "1", "0"


class FilterRefusedError(ValueError):
    """``problems``: name of the filter and a sentence each."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__(" ".join(problems.values()))
        self.problems = dict(problems)


@dataclass(frozen=True, slots=True)
class Filters:
    """``area``: code of a village or of any unit above; ``klass``: recognised class in force; ``gone``: None for both."""

    area: str = ""
    klass: str = ""
    ethnicity: str = ""
    sex: str = ""
    born_from: int | None = None
    born_to: int | None = None
    head: bool = False
    gone: bool | None = None
    unplaced: bool = False
    no_number: bool = False

    def query(self) -> dict[str, str]:
        """Those that are set, as an address or a saved filter holds them; ``read_filters`` gives them back."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        values["gone"] = {None: "", True: YES, False: NO}[self.gone]
        return {name: YES if value is True else str(value) for name, value in values.items() if value}


NAMES = tuple(field.name for field in fields(Filters))


def read_filters(query: Mapping[str, str]) -> Filters:
    """Raises FilterRefusedError for a value that is none, and for a name that no filter has."""
    problems = {name: _("Không có bộ lọc “%s”.") % name[:40] for name in query if name not in NAMES}
    text = {name: query.get(name, "").strip() for name in NAMES}
    for name, known, sentence in _choices():
        if text[name] and text[name] not in known:
            problems[name] = sentence % text[name][:40]
    if text["ethnicity"] and by_key(text["ethnicity"]) is None:
        problems["ethnicity"] = _("Không có dân tộc “%s” trong danh mục.") % text["ethnicity"][:40]
    years = {name: _year(text[name]) for name in ("born_from", "born_to")}
    for name, year in years.items():
        if text[name] and year is None:
            problems[name] = _("Năm sinh “%s” không phải là năm có 4 chữ số.") % text[name][:40]
    if problems:
        raise FilterRefusedError(problems)
    gone = {"": None, YES: True, NO: False}[text["gone"]]
    head, unplaced, no_number = (text[name] == YES for name in ("head", "unplaced", "no_number"))
    words = (text["area"], text["klass"], text["ethnicity"], text["sex"])
    return Filters(*words, years["born_from"], years["born_to"], head, gone, unplaced, no_number)


def _choices() -> list[tuple[str, tuple[str, ...], str]]:
    flag = _("“%s” không phải là 1 (có) hay 0 (không).")
    return [
        ("klass", tuple(RecognisedClass.values), _("Không có phân loại “%s”.")),
        ("sex", tuple(Sex.values), _("Không có giới tính “%s” trong danh mục.")),
        *((name, (YES, NO), flag) for name in ("head", "gone", "unplaced", "no_number")),
    ]


def _year(text: str) -> int | None:
    plain = text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if plain and FIRST_YEAR <= int(text) <= LAST_YEAR else None
