"""The texts that the portal ships, each a file of ``texts/``."""

from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "texts"
VERSION = "2026-11"  # of the shipped texts, named where no corrected one is in use


@cache
def shipped_text(code: str) -> str:
    """Raises OSError for a code without a file."""
    return (FOLDER / f"{code}.txt").read_text(encoding="utf-8").strip()
