"""A document's text → ``Standard``; every fault with its line. Nothing is built from a document that has one."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from households.criteria.law import sections
from households.criteria.law.checks import faults_of
from households.criteria.law.citing import Citing, read_texts
from households.criteria.law.conditions import read_leap_birthday
from households.criteria.law.cursor import Found, Table
from households.criteria.law.faults import DocumentFaults, Fault
from households.criteria.law.inheriting import Inherited, inherited_from, written
from households.criteria.law.parts import Standard
from households.criteria.law.places import places_of
from households.criteria.law.syntax import parse
from households.criteria.law.wording import where

CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
PROVINCE = re.compile(r"[0-9]{2}")

ParentOf = Callable[[str], Standard | None]


def read_document(text: str, *, name: str, parent_of: ParentOf) -> Standard:
    """``name`` stands before the line in each fault; ``parent_of`` gives the standard of the nation that ``inherits`` names.
    Raises DocumentFaults."""
    data = parse(text, name)
    found = Found()
    document = Table(data, (), found)
    standard = _Reader(document, found, parent_of).read(text)
    found.faults.extend(faults_of(standard, spoiled=found.paths))
    if found.faults:
        raise DocumentFaults(name, _located(text, data, found))
    return standard


def _located(text: str, data: dict[str, Any], found: Found) -> Iterator[Fault]:
    """A fault in a section that is inherited stands at the line that says from whom."""
    places = places_of(text)
    for path, sentence in found.faults:
        inherited = bool(path) and path[0] not in data and path[0] in Inherited.__slots__ and "inherits" in data
        yield Fault(places.line(("inherits",) if inherited else path), where(path, data), sentence)


@dataclass(frozen=True, slots=True)
class _Reader:
    document: Table
    found: Found
    parent_of: ParentOf

    def read(self, text: str) -> Standard:
        document = self.document
        code = self._code()
        parent = self._parent(code)
        without = self._without()
        base = inherited_from(parent, own=frozenset(document.data), without=without)
        texts = read_texts(document, base.texts)
        citing = Citing(document, texts)
        dimensions = written(document, citing, "dimensions", sections.read_dimensions, base.dimensions)
        standard = Standard(
            code=code,
            version=document.number("version", low=1, high=9999),
            title=document.text("title", most=300),
            scope=self._scope(parent),
            parent=parent.code if parent else "",
            draft=document.flag("draft", False),
            note=document.text("note", ""),
            texts=texts,
            applications=sections.read_applications(document, citing),
            leap_birthday=read_leap_birthday(document, parent.leap_birthday if parent else None),
            lines=written(document, citing, "lines", sections.read_lines, base.lines),
            score_lines=written(document, citing, "score_lines", sections.read_score_lines, base.score_lines),
            dimensions=dimensions,
            indicators=written(
                document,
                citing,
                "indicators",
                lambda table, source: sections.read_indicators(table, source, dimensions),
                base.indicators,
            ),
            rules=written(document, citing, "rules", sections.read_rules, base.rules),
            kinds=written(document, citing, "kinds", sections.read_kinds, base.kinds),
            sheet_a=written(document, citing, "sheet_a", sections.read_sheet_a, base.sheet_a),
            variants=written(document, citing, "variants", sections.read_variants, base.variants),
            income_survey=written(document, citing, "income_survey", sections.read_income_survey, base.income_survey),
            code_lists=written(document, citing, "code_lists", sections.read_code_lists, base.code_lists),
            provenance=citing.whole,
            digest=digest_of(text, parent),
        )
        document.end()
        return standard

    def _code(self) -> str:
        code = self.document.text("code", most=60)
        if code and not CODE.fullmatch(code):
            self.document.fault("code", f"“{code}” không dùng được: chỉ chữ thường không dấu, số và dấu “-”.")
        return code

    def _parent(self, code: str) -> Standard | None:
        name = self.document.text_or_none("inherits")
        if name is None:
            return None
        parent = None if name == code else self.parent_of(name)
        if parent is None:
            self.document.fault("inherits", f"không có chuẩn “{name}” của cả nước để dựa vào.")
        elif parent.scope or parent.parent:
            self.document.fault("inherits", f"“{name}” không phải chuẩn của cả nước: chỉ dựa vào chuẩn của cả nước.")
            return None
        return parent

    def _without(self) -> frozenset[str]:
        if "without" not in self.document:
            self.document.touch("without")
            return frozenset()
        names = self.document.texts("without")
        for name in names:
            if name not in Inherited.OPTIONAL:
                known = ", ".join(Inherited.OPTIONAL)
                self.document.fault("without", f"không bỏ được “{name}”; có thể bỏ: {known}.")
            elif name in self.document:
                self.document.fault("without", f"“{name}” vừa ghi vừa bỏ: chỉ giữ một.")
        return frozenset(names)

    def _scope(self, parent: Standard | None) -> tuple[str, ...]:
        codes = self.document.texts("scope")
        for code in codes:
            if not PROVINCE.fullmatch(code):
                self.document.fault("scope", f"“{code}” không phải mã tỉnh hai chữ số, ví dụ “79”.")
        if len(set(codes)) < len(codes):
            self.document.fault("scope", "có mã tỉnh ghi hai lần.")
        if parent and not codes:
            self.document.fault("scope", "chuẩn của cả nước phải ghi đủ mọi phần, không dựa vào chuẩn khác (inherits).")
        return tuple(codes)


def digest_of(text: str, parent: Standard | None) -> str:
    """SHA-256 of the text; of a local document: of its own digest and its parent's, for it says nothing without it."""
    own = sha256(text.encode()).hexdigest()
    return sha256(f"{own} {parent.digest}".encode()).hexdigest() if parent else own
