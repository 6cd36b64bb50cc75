from collections.abc import Iterator

from households.criteria.law.parts import Class, Standard
from households.criteria.law.places import Path
from households.criteria.law.wording import offer


def kinds_match(standard: Standard) -> Iterator[tuple[Path, str]]:
    """A kind is a way of being poor; each is named in [kinds] and given by a rule."""
    given = {rule.kind for rule in standard.rules}
    for number, rule in enumerate(standard.rules):
        if rule.kind and rule.kind not in standard.kinds:
            yield (
                ("rules", number, "kind"),
                f"không có loại nghèo “{rule.kind}” trong [kinds]; {offer(rule.kind, standard.kinds)}",
            )
        elif rule.kind and rule.result is not Class.POOR:
            yield ("rules", number, "kind"), "loại nghèo chỉ ghi cho quy tắc của hộ nghèo."
    for kind in standard.kinds:
        if kind not in given:
            yield ("kinds", kind), f"loại nghèo “{kind}” không có quy tắc nào dùng."
