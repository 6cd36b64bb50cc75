from collections.abc import Iterator

from households.criteria.law.parts import Line, Standard
from households.criteria.law.places import Path


def line_years(standard: Standard) -> Iterator[tuple[Path, str]]:
    """In each year of the standard each line has exactly one amount."""
    years = sorted({year for one in standard.applications for year in range(one.first, one.last + 1)})
    for section, lines in (("lines", standard.lines), ("score_lines", standard.score_lines)):
        for number, line in enumerate(lines):
            yield from _faults((section, number), line, lines[:number], years)
        for code in dict.fromkeys(line.code for line in lines):
            yield from _gaps(section, code, lines, years)


def _faults(path: Path, line: Line, before: tuple[Line, ...], years: list[int]) -> Iterator[tuple[Path, str]]:
    if line.first is not None and line.last is not None and line.first > line.last:
        yield (*path, "to"), f"năm cuối {line.last} trước năm đầu {line.first}."
        return
    if not any(_holds(line, year) for year in years):
        yield path, "mức này không dùng cho năm nào mà chuẩn áp dụng (applies)."
    twice = [
        year
        for year in years
        if _holds(line, year) and any(_holds(one, year) for one in before if one.code == line.code)
    ]
    if twice:
        yield path, f"mã “{line.code}” đã có mức cho năm {_span(twice)}: mỗi năm một mức."


def _gaps(section: str, code: str, lines: tuple[Line, ...], years: list[int]) -> Iterator[tuple[Path, str]]:
    same = [(number, line) for number, line in enumerate(lines) if line.code == code]
    without = [year for year in years if not any(_holds(line, year) for _, line in same)]
    if without and len(without) < len(years):
        yield (section, same[-1][0]), f"mã “{code}” thiếu mức cho năm {_span(without)} mà chuẩn áp dụng."


def _holds(line: Line, year: int) -> bool:
    return (line.first or year) <= year <= (line.last or year)


def _span(years: list[int]) -> str:
    return ", ".join(map(str, years)) if len(years) < 4 else f"{years[0]} … {years[-1]}"
