"""The administrative map on one date, in memory: no database, no clock, no query per node."""

from collections.abc import Iterable, Iterator
from datetime import date

from households.areas.units import Extent, Level, Link, Version


class UnknownAreaError(LookupError):
    """No unit has the code on the date; the text says so to an official."""


def _chosen(node: Version) -> tuple[str, str]:
    return node.sort_key or node.full_name, node.code


class AreaTree:
    """Units in force on ``on``; ``links`` may hold the acts of any date, only those of the units in force are used."""

    def __init__(self, on: date, nodes: Iterable[Version], links: Iterable[Link] = ()) -> None:
        self.on = on
        self._nodes = {node.code: node for node in nodes}
        self._children: dict[str, list[Version]] = {}
        for node in sorted(self._nodes.values(), key=_chosen):
            self._children.setdefault(node.parent_code, []).append(node)
        self._from: dict[str, list[Link]] = {}
        self._from_parent: dict[str, list[Link]] = {}
        self._to: dict[str, list[Link]] = {}
        for link in links:
            self._from.setdefault(link.from_code, []).append(link)
            self._from_parent.setdefault(link.from_parent, []).append(link)
            self._to.setdefault(link.to_code, []).append(link)

    def __contains__(self, code: str) -> bool:
        return code in self._nodes

    def __iter__(self) -> Iterator[Version]:
        return iter(self._nodes.values())

    def __len__(self) -> int:
        return len(self._nodes)

    def get(self, code: str) -> Version:
        try:
            return self._nodes[code]
        except KeyError:
            raise UnknownAreaError(f"Ngày {self.on:%d/%m/%Y} không có đơn vị hành chính nào mang mã {code}.") from None

    def roots(self) -> tuple[Version, ...]:
        return tuple(self._children.get("", ()))

    def at_level(self, level: Level) -> tuple[Version, ...]:
        return tuple(sorted((node for node in self if node.level == level), key=_chosen))

    def children(self, code: str) -> tuple[Version, ...]:
        return tuple(self._children.get(self.get(code).code, ()))

    def ancestors(self, code: str) -> tuple[Version, ...]:
        """Nearest first."""
        found = []
        parent = self.get(code).parent_code
        while parent:
            node = self.get(parent)
            found.append(node)
            parent = node.parent_code
        return tuple(found)

    def descendants(self, code: str) -> tuple[Version, ...]:
        """All units below, each parent before its children."""
        found: list[Version] = []
        waiting = list(reversed(self.children(code)))
        while waiting:
            node = waiting.pop()
            found.append(node)
            waiting.extend(reversed(self._children.get(node.code, ())))
        return tuple(found)

    def path_name(self, code: str) -> str:
        """ "Xã Đa Thông, Huyện Hà Quảng, Tỉnh Cao Bằng"."""
        return ", ".join(node.full_name for node in (self.get(code), *self.ancestors(code)))

    def predecessors(self, code: str) -> tuple[Link, ...]:
        """The acts that made this version, or added to it while it was in force."""
        node = self.get(code)
        return _in_order(link for link in self._to.get(code, ()) if node.holds(link.on))

    def successors(self, code: str) -> tuple[Link, ...]:
        """The act that ended this version."""
        node = self.get(code)
        return _in_order(link for link in self._from.get(code, ()) if link.on == node.end)

    def land_went_to(self, code: str) -> tuple[Link, ...]:
        """Successors; for a unit dissolved without one (a district of 2025), where its communes' land went."""
        node = self.get(code)
        own = self.successors(code)
        if any(link.extent is Extent.WHOLE for link in own):
            return own
        return _in_order((*own, *(link for link in self._from_parent.get(code, ()) if link.on == node.end)))


def _in_order(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: (link.on, link.to_name, link.to_code, link.from_name, link.from_code)))
