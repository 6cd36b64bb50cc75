"""Where a value stands in law: the texts of a document and the provenance of its tables."""

from collections.abc import Mapping
from datetime import date
from typing import TypeVar

from households.criteria.law.cursor import Table
from households.criteria.law.parts import LegalText, Provenance, Sureness
from households.criteria.law.wording import offer

Value = TypeVar("Value")
_NOWHERE = LegalText("", "", None, "")
NOTHING = Provenance(_NOWHERE, "", Sureness.UNSURE, date.min)


def read_texts(document: Table, inherited: tuple[LegalText, ...]) -> tuple[LegalText, ...]:
    """Own texts added to those of the parent; a key says the same in both."""
    texts = {text.key: text for text in inherited}
    for key, table in document.named_tables("texts"):
        text = _text(key, table)
        if texts.get(key, text) != text:
            table.fault(None, f"“{key}” của chuẩn gốc là {texts[key].number}: đặt tên khác cho văn bản này.")
        texts[key] = text
    if not texts:
        document.fault(None, "thiếu “texts”: cần ít nhất một văn bản pháp lý [texts.tên].")
    return tuple(texts.values())


def _text(key: str, table: Table) -> LegalText:
    text = LegalText(
        key, table.text("number", most=400), table.day_or_none("date"), table.text("title"), table.text("note", "")
    )
    table.end()
    return text


class Citing:
    """``whole``: what [provenance] says of everything in the document."""

    def __init__(self, document: Table, texts: tuple[LegalText, ...]) -> None:
        self._texts: Mapping[str, LegalText] = {text.key: text for text in texts}
        self.whole = NOTHING
        if "provenance" not in document:
            document.touch("provenance")
            document.fault(
                "provenance",
                "thiếu bảng [provenance]: văn bản (basis), mức chắc chắn (confidence), ngày xem (checked).",
            )
        else:
            table = document.table("provenance")
            self.whole = Provenance(
                self._basis(table),
                table.text("article", ""),
                table.option("confidence", Sureness),
                table.day("checked"),
                table.text("note", ""),
            )
            self._needs_article(table, self.whole)
            table.end()

    def read(self, table: Table, around: Provenance | None = None) -> Provenance:
        """What the table does not say it takes from the table around it. With a basis of its own it takes neither article
        nor confidence of another text: the article is its own, the confidence that of the whole document."""
        around = around or self.whole
        own = "basis" in table
        place = Provenance(
            self._basis(table) if own else self._keep(table, "basis", around.basis),
            table.text("article", "" if own else around.article),
            table.option("confidence", Sureness)
            if "confidence" in table
            else self._keep(table, "confidence", self.whole.confidence if own else around.confidence),
            table.day("checked") if "checked" in table else self._keep(table, "checked", around.checked),
            table.text("note", ""),
        )
        self._needs_article(table, place)
        return place

    def _basis(self, table: Table) -> LegalText:
        key = table.text("basis")
        if key and key not in self._texts:
            table.fault("basis", f"không có văn bản “{key}” trong [texts]; {offer(key, self._texts)}")
        return self._texts.get(key, _NOWHERE)

    @staticmethod
    def _keep(table: Table, key: str, value: Value) -> Value:
        table.touch(key)
        return value

    @staticmethod
    def _needs_article(table: Table, place: Provenance) -> None:
        if place.confidence is Sureness.VERIFIED and not place.article:
            table.fault(None, "ghi “verified” (đã đối chiếu) thì phải ghi điều, khoản hoặc phụ lục ở “article”.")
