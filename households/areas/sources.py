"""The unit lists and the map of 1/7/2025 as the package ``vietnamadminunits`` ships them, read without importing it."""

import csv
import json
import sqlite3
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from households.areas.units import Level, Version, split_name

PACKAGE = "vietnamadminunits"
DATA = Path(__file__).parent / "data"
OLD_LIST = date(2025, 3, 1)
TWO_LEVELS = date(2025, 7, 1)  # NQ 202/2025/QH15, Luật 72/2025/QH15: provinces and communes only


class SourceMissingError(RuntimeError):
    """A data file that the areas are loaded from is not there."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """``moves``: an old unit's code to the codes its land went to; ``keys`` of the package are resolved to codes."""

    provinces: dict[str, str]
    moves: dict[str, frozenset[str]]


def package_data(name: str) -> Path:
    spec = find_spec(PACKAGE)
    folders = spec.submodule_search_locations if spec else None
    path = Path(next(iter(folders))) / "data" / name if folders else None
    if path is None or not path.is_file():
        raise SourceMissingError(f"Không thấy tệp {name} của gói {PACKAGE}: chạy bin/setup để cài các gói đã ghim.")
    return path


def package_label() -> str:
    return f"{PACKAGE} {package_version(PACKAGE)}"


def own_toml(name: str) -> dict[str, Any]:
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def own_csv(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Package:
    """Both unit lists and the map, read once; close() is not needed: nothing is kept open."""

    def __init__(self) -> None:
        connection = sqlite3.connect(f"file:{package_data('dataset.db')}?mode=ro", uri=True)
        try:
            self._old = connection.execute(
                "SELECT provinceCode, province, provinceKey, districtCode, district, districtKey, wardCode, ward,"
                " wardKey FROM admin_units_legacy"
            ).fetchall()
            self._new = connection.execute(
                "SELECT provinceCode, province, provinceKey, wardCode, ward, wardKey FROM admin_units"
            ).fetchall()
        finally:
            connection.close()
        self._map = json.loads(package_data("converter_2025.json").read_text(encoding="utf-8"))

    def before(self) -> list[Version]:
        """The list of 1/3/2025; since when its units stood so is not known, so that nothing vouches for an earlier day."""
        source = f"Danh mục đơn vị hành chính 01/3/2025 (gói {package_label()})"
        found: dict[str, Version] = {}
        for province, province_name, _, district, district_name, _, ward, ward_name, _ in self._old:
            rows = [(province, Level.PROVINCE, province_name, ""), (district, Level.DISTRICT, district_name, province)]
            rows += [(ward, Level.COMMUNE, ward_name, district)] if ward else []
            for code, level, name, parent in rows:
                kind, own = split_name(name)
                unit = Version(code, level, kind, own, parent, None, TWO_LEVELS, "", source, vouched_from=OLD_LIST)
                found.setdefault(code, unit)
        return list(found.values())

    def after(self) -> list[Version]:
        """The list of 1/7/2025, without legal bases."""
        source = f"Danh mục đơn vị hành chính 01/7/2025 (gói {package_label()})"
        found: dict[str, Version] = {}
        for province, province_name, _, ward, ward_name, _ in self._new:
            rows = [(province, Level.PROVINCE, province_name, ""), (ward, Level.COMMUNE, ward_name, province)]
            for code, level, name, parent in rows:
                kind, own = split_name(name)
                found.setdefault(code, Version(code, level, kind, own, parent, TWO_LEVELS, None, "", source))
        return list(found.values())

    def mapping(self) -> Mapping:
        old_provinces = {key: code for code, _, key, *_ in self._old}
        new_provinces = {key: code for code, _, key, *_ in self._new}
        old = {f"{p}_{d}_{w or ''}": ward or district for _, _, p, district, _, d, ward, _, w in self._old}
        new = {(p, w): ward for _, _, p, ward, _, w in self._new}
        moves: dict[str, set[str]] = {}
        for old_key, new_key in self._pairs():
            moves.setdefault(old[old_key], set()).add(new[new_key])
        provinces = {
            old_provinces[old_key]: new_provinces[new_key]
            for new_key, old_keys in self._map["DICT_PROVINCE"].items()
            for old_key in old_keys
        }
        return Mapping(provinces, {code: frozenset(targets) for code, targets in moves.items()})

    def _pairs(self) -> Iterator[tuple[str, tuple[str, str]]]:
        for province, communes in self._map["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
            for commune, old_keys in communes.items():
                yield from ((old_key, (province, commune)) for old_key in old_keys)
        for province, divided in self._map["DICT_PROVINCE_WARD_DIVIDED"].items():
            for old_key, parts in divided.items():
                yield from ((old_key, (province, part["newWardKey"])) for part in parts)
