"""Our fonts for a file that travels alone: the letters it uses, inside its style sheet."""

import re
from base64 import b64encode
from io import BytesIO
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from povertyportal.documents.pdf import STYLESHEET

_ALWAYS = "".join(map(chr, range(0x20, 0x7F))) + "\u00a0–—“”…"


def standalone_style(text: str) -> str:
    """The document style sheet with the fonts as data, cut down to the characters of ``text``."""
    letters = set(text) | set(_ALWAYS)
    # Capitals are made by the style sheet, so the font needs them as well.
    letters |= {capital for letter in letters for capital in letter.upper()}

    def inlined(match: re.Match[str]) -> str:
        return f"url(data:font/ttf;base64,{_cut(STYLESHEET.parent / match[1], letters)})"

    return re.sub(r"url\((\.\./fonts/[^)]+\.ttf)\)", inlined, STYLESHEET.read_text(encoding="utf-8"))


def _cut(font_file: Path, letters: set[str]) -> str:
    options = Options(drop_tables=["DSIG"], hinting=False, layout_features=["*"])
    with TTFont(font_file) as font:
        cutter = Subsetter(options)
        cutter.populate(unicodes=[ord(letter) for letter in letters])
        cutter.subset(font)
        written = BytesIO()
        font.save(written)
    return b64encode(written.getvalue()).decode()
