"""A Vega-Lite specification to an SVG that stands inside a page or a paper as it is.

Drawn on the server with our own fonts and Vietnamese number formats; the result holds shapes and text only (no style,
no script, no link), so it passes our content policy, and one Vietnamese title instead of Vega's English labels.
"""

from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import vl_convert

_FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
_LOCALE = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", "\u00a0đồng"], "minus": "-"}
_SVG = "http://www.w3.org/2000/svg"
_ELEMENTS = {
    "svg",
    "g",
    "path",
    "rect",
    "line",
    "circle",
    "text",
    "tspan",
    "defs",
    "clipPath",
    "linearGradient",
    "stop",
}
_DROPPED = {"class", "style", "role", "pointer-events", "href", "cursor"}


class RemoteDataError(ValueError):
    """A chart may only show the values it carries."""


@cache
def _register_fonts() -> None:
    for folder in sorted(_FONTS.iterdir()):
        if any(folder.glob("*.ttf")):
            vl_convert.register_font_directory(str(folder))


def _house_style(font: str) -> dict[str, Any]:
    """Legible when copied in black and white: a dark and a light tone, then middle ones."""
    letters = {"labelFontSize": 13, "titleFontSize": 13, "titleFontWeight": "normal"}
    return {
        "font": font,
        "background": "white",
        "view": {"stroke": None},
        "range": {"category": ["#1f4e79", "#c3d3e2", "#7f98b0", "#3b3b3b", "#b0b0b0"]},
        "axis": {**letters, "labelLimit": 320, "gridColor": "#e3e3e3"},
        "legend": {**letters, "orient": "bottom"},
        "text": {"fontSize": 13},
        "title": {"fontSize": 14},
    }


def chart_svg(spec: dict[str, Any], *, ident: str, title: str, description: str, font: str = "Tinos") -> str:
    """``ident`` must be unique on the page. Raises RemoteDataError when the specification names an address."""
    if _names_an_address(spec):
        raise RemoteDataError("Biểu đồ chỉ được vẽ từ số liệu nằm trong nó.")
    _register_fonts()
    drawn = vl_convert.vegalite_to_svg(
        spec, config=_house_style(font), allowed_base_urls=[], format_locale=_LOCALE, show_warnings=False
    )
    root = ElementTree.fromstring(drawn)  # noqa: S314 - drawn one line above, not read from anybody
    _clean(root, ident)
    _describe(root, ident, f"{title}. {description}")
    return ElementTree.tostring(root, encoding="unicode")


def _names_an_address(node: Any) -> bool:
    if isinstance(node, dict):
        return "url" in node or "href" in node or any(_names_an_address(value) for value in node.values())
    return isinstance(node, list) and any(_names_an_address(value) for value in node)


def _clean(element: ElementTree.Element, ident: str) -> None:
    element.tag = _local(element.tag)
    for name, value in list(element.attrib.items()):
        if _local(name) in _DROPPED or _local(name).startswith(("aria-", "on")):
            del element.attrib[name]
        elif name == "id":
            element.set(name, f"{ident}-{value}")
        elif value.startswith("url(#"):
            element.set(name, value.replace("url(#", f"url(#{ident}-"))
    for child in list(element):
        if _local(child.tag) in _ELEMENTS:
            _clean(child, ident)
        else:
            element.remove(child)


def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _describe(root: ElementTree.Element, ident: str, text: str) -> None:
    """The title is what a screen reader says, and the alternative text of the figure in the PDF."""
    root.attrib |= {"xmlns": _SVG, "role": "img", "aria-labelledby": f"{ident}-title"}
    title = ElementTree.Element("title", {"id": f"{ident}-title"})
    title.text = text
    root.insert(0, title)
