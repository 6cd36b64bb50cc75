from collections.abc import Iterator

from households.criteria.law.parts import Standard
from households.criteria.law.places import Path


def dimensions_match(standard: Standard) -> Iterator[tuple[Path, str]]:
    """Also where a local document writes its own dimensions and inherits the indicators."""
    used = {indicator.dimension.code for indicator in standard.indicators}
    for number, indicator in enumerate(standard.indicators):
        if indicator.dimension not in standard.dimensions:
            yield (
                ("indicators", number, "dimension"),
                f"chỉ số “{indicator.code}” thuộc chiều “{indicator.dimension.code}” mà chuẩn này không có.",
            )
    for number, dimension in enumerate(standard.dimensions):
        if used and dimension.code not in used:
            yield ("dimensions", number), f"chiều “{dimension.code}” không có chỉ số nào."
