"""Blank forms to write on by hand: Phiếu A, Phiếu B, Phụ lục VIII, each from the standard's document."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from households.criteria.b1.parts import B1Table
from households.criteria.law.parts import ANNEX, IncomeSurvey, Provenance, Standard, Variant
from households.papers.income_form import income_form
from households.papers.printing import paper_pdf, source_line
from households.papers.quick_form import quick_form
from households.papers.survey_form import survey_form

Content = Callable[[Standard, Variant | None, B1Table | None], dict[str, Any]]


class FormRefusedError(ValueError):
    """A sentence for the person who asked."""


@dataclass(frozen=True, slots=True)
class Form:
    """``note``: what of the layout is ours, to be said beside the download and not on the paper."""

    code: str
    name: str
    title: str
    note: str
    template: str
    content: Content

    @property
    def heading(self) -> str:
        return f"{self.name}. {self.title}"


FORMS = {
    "a": Form(
        "a",
        "Phiếu A",
        "Nhận dạng nhanh hộ gia đình",
        "Bố cục dựng lại theo mô tả của thủ tục (mỗi hộ một dòng, cột 01 đến 09); chưa thấy bản in của phụ lục.",
        "papers/form_a.html",
        quick_form,
    ),
    "b": Form(
        "b",
        "Phiếu B",
        "Khảo sát xác định hộ nghèo, hộ cận nghèo",
        "Các phần (thông tin hộ, thành viên, B1, B2, kết quả) theo phụ lục; vị trí từng ô dựng lại, chưa thấy bản in.",
        "papers/form_b.html",
        survey_form,
    ),
    "viii": Form(
        "viii",
        ANNEX,
        "Phiếu khảo sát thu nhập hộ gia đình",
        "Nguồn thu, chi phí, thu nhập trong 12 tháng theo cách tính của thông tư; bố cục dựng lại, chưa thấy bản in.",
        "papers/form_viii.html",
        income_form,
    ),
}


def forms_of(standard: Standard) -> tuple[Form, ...]:
    """Those the standard's document gives something to print for, in their order."""
    has = {"a": standard.sheet_a, "b": standard.indicators, "viii": _decides(standard.income_survey)}
    return tuple(_named(form, standard) for code, form in FORMS.items() if has[code])


def _decides(survey: IncomeSurvey | None) -> bool:
    """A survey without bounds has no result to tick."""
    return bool(survey and (survey.average_up_to or survey.worker_up_to))


def _named(form: Form, standard: Standard) -> Form:
    """Of an income survey that the standard's texts have as no annex the note of the document tells."""
    survey = standard.income_survey
    if form.code != "viii" or survey is None or form.name == survey.called:
        return form
    return replace(form, name=survey.called, title="Khảo sát thu nhập hộ gia đình", note=survey.provenance.note)


def blank_form(code: str, standard: Standard, *, variant: str = "", table: B1Table | None = None) -> bytes:
    """``variant``: code of a region of B1, whose points and cut-offs are printed. Raises FormRefusedError."""
    form = next((one for one in forms_of(standard) if one.code == code), None)
    if form is None:
        name = FORMS[code].name if code in FORMS else f"phiếu “{code[:20]}”"
        raise FormRefusedError(f"{standard.title} không có {name}.")
    chosen = _variant(standard, variant)
    if code != "b" or chosen is None:
        table = None  # points differ by region: without one the sheet asks for the total
    content = form.content(standard, chosen, table)
    head = {"form": form, "standard": standard, "annex": annex_of(form, standard), "variant": chosen}
    return paper_pdf(
        form.template, title=form.heading, source=source_line(standard, table), context={**head, **content}
    )


def _variant(standard: Standard, code: str) -> Variant | None:
    if not code:
        return None
    known = {one.code: one for one in standard.variants}
    if code not in known:
        codes = ", ".join(known) or "không có"
        raise FormRefusedError(f"“{code[:20]}” không phải khu vực bảng điểm của {standard.title}; các mã: {codes}.")
    return known[code]


def annex_of(form: Form, standard: Standard) -> str:
    """The line under the title: which annex of which circular."""
    provenance = _provenance(form, standard)
    return f"{provenance.article} {provenance.basis.number}".strip() if provenance else ""


def _provenance(form: Form, standard: Standard) -> Provenance | None:
    if form.code == "a" and standard.sheet_a:
        return standard.sheet_a.provenance
    if form.name == FORMS["viii"].name and standard.income_survey:
        return standard.income_survey.provenance
    return None
