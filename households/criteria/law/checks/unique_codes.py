import re
from collections.abc import Iterator, Sequence

from households.criteria.law.parts import Standard
from households.criteria.law.places import Path

CODE = re.compile(r"[A-Za-z0-9_]+")


def unique_codes(standard: Standard) -> Iterator[tuple[Path, str]]:
    """Codes of lines may come again for other years: line_years looks after them."""
    survey, sheet = standard.income_survey, standard.sheet_a
    for section, codes in (
        ("dimensions", [one.code for one in standard.dimensions]),
        ("indicators", [one.code for one in standard.indicators]),
        ("rules", [one.code for one in standard.rules]),
        ("variants", [one.code for one in standard.variants]),
    ):
        yield from _twice((section,), codes, "code")
    if sheet:
        yield from _twice(("sheet_a", "items"), [item.code for item in sheet.items])
    if survey:
        yield from _twice(("income_survey", "sources"), [source.code for source in survey.sources], "code")
    yield from _twice(("code_lists",), [one.name for one in standard.code_lists], "name")
    for number, one in enumerate(standard.code_lists):
        yield from _twice(("code_lists", number, "entries"), [entry.code for entry in one.entries])


def _twice(section: Path, codes: Sequence[str], key: str | None = None) -> Iterator[tuple[Path, str]]:
    for number, code in enumerate(codes):
        path = (*section, number, key) if key else (*section, number)
        if code and not CODE.fullmatch(code):
            yield path, f"mã “{code}” không dùng được: chỉ chữ không dấu, số và dấu gạch dưới."
        elif code in codes[:number]:
            yield path, f"mã “{code}” đã dùng ở trên: mỗi mã chỉ một lần."
