"""Reads the translatable messages straight from the sources, as ``makemessages`` would, without writing a file.

After a change of texts, ``manage.py makemessages -l en --no-location --no-obsolete --no-wrap -i .venv -i var -i tests``
brings locale/en up to date; the English texts are then filled in by hand.
"""

import gettext
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
ENGLISH = ROOT / "locale/en/LC_MESSAGES/django.po"
FOLDERS = ("povertyportal", "households", "programs", "reports", "templates")
KEYWORDS = (
    "gettext_noop",
    "gettext_lazy",
    "ngettext_lazy:1,2",
    "pgettext:1c,2",
    "npgettext:1c,2,3",
    "pgettext_lazy:1c,2",
    "npgettext_lazy:1c,2,3",
)


def sources(*places: str) -> list[Path]:
    """The Python files and templates in these folders (or files) of the checkout."""
    found = [
        path for place in places for path in ((ROOT / place).rglob("*") if (ROOT / place).is_dir() else [ROOT / place])
    ]
    return sorted(
        path for path in found if path.suffix == ".py" or (path.suffix == ".html" and "templates" in path.parts)
    )


def messages_in(paths: Iterable[Path]) -> set[str]:
    """Every message to be translated; raises CalledProcessError when a source cannot be read."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").write_text("\n".join(_as_python(paths, folder)), encoding="utf-8")
        words = [f"--keyword={word}" for word in KEYWORDS]
        _run("xgettext", "--from-code=UTF-8", "-L", "Python", *words, "-f", folder / "files", "-o", folder / "out.pot")
        if not (folder / "out.pot").exists():  # no message at all
            return set()
        return messages_of(folder / "out.pot")


def messages_of(po: Path) -> set[str]:
    """Every message of a catalogue, translated or not."""
    with tempfile.TemporaryDirectory() as name:
        text = po.read_text(encoding="utf-8").replace(
            "nplurals=INTEGER; plural=EXPRESSION", "nplurals=2; plural=(n != 1)"
        )
        Path(name, "whole.po").write_text(text, encoding="utf-8")
        _run("msgen", "-o", Path(name, "full.po"), Path(name, "whole.po"))
        return set(catalogue(Path(name, "full.po")))


def catalogue(po: Path) -> dict[str, str]:
    """Message (the singular form, after its context and "\\x04" where it has one) to translation; empty ones are absent."""
    with tempfile.TemporaryDirectory() as name:
        _run("msgfmt", "-o", Path(name, "out.mo"), po)
        with Path(name, "out.mo").open("rb") as stream:
            entries = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]  # the only way to list it
    singular = {key if isinstance(key, str) else key[0]: text for key, text in entries.items()}
    return {key: text for key, text in singular.items() if key}


def _as_python(paths: Iterable[Path], folder: Path) -> Iterator[str]:
    for number, path in enumerate(paths):
        if path.suffix == ".py":
            yield str(path)
        else:
            copy = folder / f"{number}.py"
            copy.write_text(templatize(path.read_text(encoding="utf-8"), origin=str(path)), encoding="utf-8")
            yield str(copy)


def _run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True)
