"""Template helpers shared by all pages: ``{% load portal %}``."""

from collections.abc import Iterable

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from povertyportal.core.icons import ICONS

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A decorative icon, hidden from screen readers: the words beside it carry the meaning. Raises KeyError."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false"><path d="{}"/></svg>', ICONS[name]
    )


@register.filter
def as_control(field: BoundField) -> SafeString:
    """The field's widget with Bootstrap's class for its kind, marked when the entry was refused."""
    css = [_control_class(field.field.widget), str(field.field.widget.attrs.get("class", ""))]
    if field.errors:
        css.append("is-invalid")
    return field.as_widget(attrs={"class": " ".join(filter(None, css))})


@register.filter
def is_check(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


def _control_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


@register.filter
def page_numbers(page: Page) -> Iterable[int | str]:
    """First, last and neighbouring page numbers; the gaps are the paginator's ellipsis."""
    return page.paginator.get_elided_page_range(page.number, on_each_side=2, on_ends=1)
