"""Mẫu 03: a page a household, by the thousand in seconds. Always set by reportlab, so that one looks as one of many."""

from collections.abc import Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import KeepInFrame

from households.papers.review.decisions import named, until
from households.papers.review.issuing import Issuer, issuer
from households.papers.review.layout.flow import story_of
from households.papers.review.layout.flow_styles import ready
from households.papers.review.layout.parts import Column, Document, Table
from households.papers.review.wording.stored import InUse, text_of
from households.papers.review.words import class_words, in_words, numbered, put_together, sex_words, short_day
from households.registry.codes import Relation
from households.registry.models import Person
from households.registry.numbers.sealed import masked
from households.registry.state import members_on
from households.review.lapsing import lapsed
from households.review.superior_models import Certificate

TITLE = "Giấy chứng nhận hộ nghèo, hộ cận nghèo"
LABEL = "Mẫu số 03"
VOID = "GIẤY NÀY KHÔNG CÒN GIÁ TRỊ: %s."
EDGE, MARGIN = 11 * mm, 19 * mm
WIDTH, HEIGHT = float(A4[0]) - 2 * MARGIN, float(A4[1]) - 2 * MARGIN
ROWS = 8  # of a blank one
_COLUMNS = (
    Column("Họ và tên", 16),
    Column("Ngày, tháng, năm sinh", 8, middle=True),
    Column("Giới tính", 5, middle=True),
    Column("Quan hệ với chủ hộ", 10),
)
Member = Mapping[str, Any]


def certificates_pdf(given: Sequence[Certificate], *, on: date | None = None) -> bytes:
    """A page each, whatever the size of the household; a few queries however many."""
    return _pdf(certificate_documents(given, on=on))


def certificate_documents(given: Sequence[Certificate], *, on: date | None = None) -> list[Document]:
    """``on``: the day they are printed, when one that holds no more says so; without it as they were issued."""
    void = lapsed(given, on=on) if on else {}
    issuers: dict[tuple[str, date], Issuer] = {}
    texts: dict[date, InUse] = {}
    numbers = _numbers(given)
    pages = []
    for one in given:
        made = one.line.decision
        key = (made.area_code, made.dossier.round.area_on)
        from_ = issuers.get(key) or issuers.setdefault(key, issuer(key[0], on=key[1]))
        day = one.issued_on
        used = texts.get(day) or texts.setdefault(day, text_of("certificate", day))
        pages.append(_document(one, from_, numbers.get(one.line.household_id, ""), used, void.get(one.pk, "")))
    return pages


def blank_certificate_pdf(on: date) -> bytes:
    """To be filled in by hand."""
    nobody = Issuer("", ".......................", "", "................")
    blocks = {"thanh_vien": members_table([{} for _row in range(ROWS)])}
    return _pdf(
        [
            put_together(
                "certificate", on, head=nobody.head(), values={"chuc_vu": "Chủ tịch"}, blocks=blocks, label=LABEL
            )
        ]
    )


def _numbers(given: Sequence[Certificate]) -> dict[int, str]:
    """Of the heads, masked, by household; 1 query for each day of a decision, 1 for the numbers."""
    days: dict[date, list[int]] = {}
    for one in given:
        days.setdefault(one.line.decision.decided_on, []).append(one.line.household_id)
    heads: dict[int, int] = {}
    for day, households in days.items():
        for household, members in members_on(households, day).items():
            heads |= {member.person: household for member in members if member.relation == Relation.HEAD}
    people = Person.objects.filter(pk__in=heads).exclude(identity=None).select_related("identity")
    return {heads[one.pk]: masked(one.identity) for one in people}


def _document(given: Certificate, from_: Issuer, number: str, used: InUse, void: str) -> Document:
    line, made = given.line, given.line.decision
    values: dict[str, str | None] = {
        **from_.values(),
        "nam": str(made.dossier.round.year),
        "chu_ho": line.head,
        "dan_toc": line.ethnicity,
        "so_dinh_danh": number,
        "noi_o": from_.lived(line.address, line.village),
        "phan_loai": class_words(line.klass),
        "quyet_dinh": named(made),
        "hieu_luc": in_words(made.valid_from),
        "den_truoc": until(made),
        "so": f"{given.number:02}",
        "ngay": in_words(given.issued_on),
        "nguoi_ky": made.signer,
        "chuc_vu": made.position,
    }
    return put_together(
        "certificate",
        given.issued_on,
        head=from_.head(on=given.issued_on),
        values=values,
        blocks={"thanh_vien": members_table(line.members)},
        number=str(given.number),
        name=made.signer,
        label=LABEL,
        used=used,
        void=VOID % void if void else "",
    )


def _pdf(pages: Sequence[Document]) -> bytes:
    ready()
    out = BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=1, lang="vi-VN")
    canvas.setTitle(TITLE)
    canvas.setAuthor(pages[0].head.issuing_body if pages else "")
    for document in pages:
        _page(canvas, document)
    canvas.save()
    return out.getvalue()


def _page(canvas: Canvas, document: Document) -> None:
    """Smaller letters where a large household would need a second page."""
    for inset, line in ((0, 1.6), (3, 0.5)):
        canvas.setLineWidth(line)
        edge = EDGE + inset
        canvas.rect(edge, edge, A4[0] - 2 * edge, A4[1] - 2 * edge)
    box = KeepInFrame(WIDTH, HEIGHT, list(story_of(document, WIDTH)), mode="shrink")
    _width, height = box.wrapOn(canvas, WIDTH, HEIGHT)
    box.drawOn(canvas, MARGIN, A4[1] - MARGIN - height)
    canvas.showPage()


def members_table(members: Sequence[Member]) -> Table:
    return numbered(_COLUMNS, [_cells(one) for one in members], empty="Chưa ghi thành viên nào.")


def _cells(one: Member) -> tuple[str, ...]:
    relation = one.get("relation", "")
    told = str(Relation(relation).label) if relation in Relation.values else relation
    return (one.get("name", ""), birth_words(one.get("birth", "")), sex_words(one.get("sex", "")), told)


def birth_words(text: str) -> str:
    """A day as the lines of a decision keep it, or the year alone."""
    return short_day(date.fromisoformat(text)) if "-" in text else text
