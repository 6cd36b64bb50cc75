"""A letterhead and its PDF, for the tests of the document layout."""

from io import BytesIO

from django.utils.safestring import SafeString
from pypdf import PdfReader

from povertyportal.documents.parts import Letterhead, Signatory
from povertyportal.documents.pdf import html_to_pdf
from povertyportal.documents.sheet import Appendix, page, sheet

HEAD = Letterhead(
    parent_body="Ủy ban nhân dân tỉnh Cao Bằng",
    issuing_body="Ủy ban nhân dân huyện Hà Quảng",
    symbol="BC-UBND",
    place="Hà Quảng",
    kind="Báo cáo",
    subject="Kết quả giảm nghèo giai đoạn 2016 - 2020",
    recipients=("Như trên", "- Thường trực Huyện ủy;", "Lưu: VT, LĐTBXH."),
    signatory=Signatory("TM. Ủy ban nhân dân", "Chủ tịch"),
)


def paragraphs(count: int) -> SafeString:
    return SafeString("<p>Năm 2020 toàn huyện tiếp tục thực hiện các chính sách giảm nghèo bền vững.</p>" * count)


def pdf(body: SafeString, *, appendices: tuple[Appendix, ...] = (), head: Letterhead = HEAD) -> PdfReader:
    ending = SafeString("<p>Trên đây là báo cáo của huyện./.</p>")
    return PdfReader(BytesIO(html_to_pdf(page(head, sheet(head, body=body, ending=ending, appendices=appendices)))))


def text_of(reader: PdfReader, page_number: int) -> str:
    return " ".join(reader.pages[page_number - 1].extract_text().replace("\u00a0", " ").split())


def page_numbers(reader: PdfReader) -> list[str]:
    """What stands in the top margin of each page; a PDF holds it after the page's text."""
    last = [text_of(reader, number).split()[-1] for number in range(1, len(reader.pages) + 1)]
    return [word if word.isdigit() else "" for word in last]
