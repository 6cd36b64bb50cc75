import json
import sys
import tomllib
from argparse import ArgumentParser
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandError

from households.criteria.b1 import shelf as tables
from households.criteria.b1.cells import UnreadableFileError
from households.criteria.b1.documents import TableFaultsError, read_table, scored
from households.criteria.b1.parts import B1Table
from households.criteria.b1.reading import check_upload
from households.criteria.engine.classify import BadAnswersError, Classifier, NotPreparedError, prepare
from households.criteria.engine.result import Result
from households.criteria.law import shelf
from households.criteria.law.parts import AreaType, Standard

STDIN = "-"
MOST_DIGITS = 40


class Command(BaseCommand):
    help = "Phân loại hộ theo một chuẩn: đọc JSON (docs/classify.schema.json), in JSON; hộ có lỗi thì in từng lỗi."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", nargs="?", default=STDIN, metavar="TỆP", help="không ghi: đọc từ đầu vào chuẩn")
        parser.add_argument("--standard", required=True, metavar="MÃ", help="ví dụ nd07-2021")
        parser.add_argument("--on", required=True, metavar="NGÀY", help="ngày rà soát, ví dụ 2024-10-15")
        parser.add_argument("--area-type", required=True, choices=[one.value for one in AreaType], help="khu vực")
        parser.add_argument("--variant", metavar="VÙNG", help="của bảng điểm B1: rrd, nmm, ncc, ch, se, mrd, urb")
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--table", metavar="TỆP", help="bảng điểm B1: CSV, XLSX, TOML hoặc JSON")
        which.add_argument("--demonstration", action="store_true", help="bảng điểm B1 minh họa kèm cổng")
        parser.add_argument("--no-reasons", action="store_true", help="không in lý do")

    def handle(self, *args: Any, **options: Any) -> None:
        standard, on = _standard(options["standard"]), _day(options["on"])
        self._warn(standard, on)
        table = _table(standard, options["table"], demonstration=options["demonstration"])
        area_type, variant = AreaType(options["area_type"]), options["variant"]
        try:
            classifier = prepare(standard, on=on, area_type=area_type, variant=variant, b1_table=table)
        except NotPreparedError as refused:
            raise CommandError(str(refused)) from refused
        given = _read_json(options["file"])
        households = given if isinstance(given, list) else [given]
        results = self._classified(
            classifier, households, several=given is households, reasons=not options["no_reasons"]
        )
        found = [result.to_json() for result in results]
        self.stdout.write(json.dumps(found if given is households else found[0], ensure_ascii=False, indent=1))

    def _warn(self, standard: Standard, on: date) -> None:
        if standard.draft:
            self.stderr.write(f"Cảnh báo: {standard.code} còn là dự thảo, chưa dùng để công nhận.")
        years = sorted({year for one in standard.applications for year in range(one.first, one.last + 1)})
        if on.year not in years:
            listed = ", ".join(map(str, years))
            self.stderr.write(f"Cảnh báo: {standard.code} áp dụng cho rà soát năm {listed}; không phải năm {on.year}.")

    def _classified(
        self, classifier: Classifier, households: list[Any], *, several: bool, reasons: bool
    ) -> list[Result]:
        """All households, or every fault of all of them and an end."""
        results, faults = [], 0
        for number, household in enumerate(households):
            try:
                results.append(classifier.classify(household, reasons=reasons))
            except BadAnswersError as refused:
                faults += len(refused.faults)
                for fault in refused.faults:
                    place = f"[{number}].{fault.where}".rstrip(".") if several else fault.where
                    self.stderr.write(f"{place or 'hộ'}: {f'Hộ thứ {number + 1}. ' if several else ''}{fault.text}")
        if faults:
            raise CommandError(f"{faults} lỗi trong câu trả lời; chưa phân loại hộ nào.")
        return results


def _standard(code: str) -> Standard:
    try:
        return shelf.standard(code)
    except shelf.UnknownStandardError as unknown:
        raise CommandError(str(unknown)) from unknown


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as bad:
        raise CommandError(f"--on: “{text}” không phải ngày; ghi NĂM-THÁNG-NGÀY, ví dụ 2024-10-15.") from bad


def _content(name: str) -> bytes:
    if name == STDIN:
        return sys.stdin.buffer.read()
    try:
        return Path(name).read_bytes()
    except OSError as missing:
        raise CommandError(f"{name}: không đọc được tệp ({missing.strerror}).") from missing


def _read_json(name: str) -> Any:
    words = "đầu vào chuẩn" if name == STDIN else name
    try:
        text = _content(name).decode("utf-8-sig")
        return json.loads(
            text, parse_int=_integer, parse_float=_number, parse_constant=_no_constant, object_pairs_hook=_each_once
        )
    except UnicodeDecodeError as bad:
        raise CommandError(f"{words}: không phải văn bản UTF-8 (byte thứ {bad.start + 1}).") from bad
    except json.JSONDecodeError as bad:
        raise CommandError(f"{words}, dòng {bad.lineno}, cột {bad.colno}: không phải JSON đúng.") from bad
    except RecursionError as bad:
        raise CommandError(f"{words}: JSON lồng quá sâu.") from bad
    except ValueError as bad:
        raise CommandError(f"{words}: {bad}") from bad


def _integer(digits: str) -> int:
    if len(digits) > MOST_DIGITS:
        raise ValueError(f"{digits[:MOST_DIGITS]}… có {len(digits)} chữ số, không phải số của một hộ.")
    return int(digits)


def _number(digits: str) -> Decimal:
    try:
        return Decimal(digits)
    except InvalidOperation as bad:  # an exponent without end
        raise ValueError(f"“{digits[:MOST_DIGITS]}” không phải số của một hộ.") from bad


def _no_constant(word: str) -> NoReturn:
    raise ValueError(f"“{word}” không phải số; câu trả lời chưa có ghi null.")


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"mục “{twice}” ghi hai lần trong một đối tượng.")
    return found


def _table(standard: Standard, name: str | None, *, demonstration: bool) -> B1Table | None:
    if demonstration:
        found = tables.demonstration(standard.code)
        if found is None:
            raise CommandError(f"Cổng không có bảng điểm B1 minh họa của chuẩn {standard.code}.")
        return found
    return _table_of(standard, Path(name)) if name else None


def _table_of(standard: Standard, path: Path) -> B1Table:
    content = _content(str(path))
    try:
        if path.suffix.lower() in (".toml", ".json"):
            text = content.decode("utf-8-sig")
            return scored(read_table(tomllib.loads(text) if path.suffix.lower() == ".toml" else json.loads(text)))
        checked = check_upload(content, standard=standard, name=path.name, own_boxes=True)
    except (TableFaultsError, UnreadableFileError, ValueError) as bad:
        raise CommandError("\n".join(_lines(path, str(bad)))) from bad
    if checked.document is None:
        found = (f"{one.sheet} {one.cell} {one.value}: {one.text}".strip() for one in checked.findings)
        raise CommandError("\n".join(f"{path.name}: {line}" for line in found))
    return read_table(checked.document)


def _lines(path: Path, text: str) -> Iterator[str]:
    return (f"{path.name}: {line}" for line in text.splitlines())
