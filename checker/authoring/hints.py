"""Lint: do the hints go from vague to concrete? 1 says where to look, 2 names the tool and why, 3 shows code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checker.catalog import METADATA, SYNC

CODE = re.compile(r"[(=:]")
"""Text in backticks with one of these is code, and not only a name."""
BLOCK = re.compile(r"^    \S", re.MULTILINE)
HINTS = 3


def problems(folder: Path, hints: list[object]) -> Iterator[str]:
    """One line per problem. `hints`: as in exercise.toml, not validated."""
    texts = [str(hint) for hint in hints]
    if len(texts) != HINTS:
        return  # reported for the fields of exercise.toml
    sync = folder / SYNC
    stub = sync.read_text(encoding="utf-8", errors="replace") if sync.is_file() else ""
    new = [code for code in _code(texts[0]) if _name(code) not in stub]
    if new or BLOCK.search(texts[0]):
        yield f"{METADATA}: hint 1 shows code{f' (`{new[0]}`)' if new else ''}; let it say where to look, and no more"
    if not _code(texts[2]) and not BLOCK.search(texts[2]):
        yield f"{METADATA}: hint 3 shows no code; let it show the shape of what is to be written"


def _code(text: str) -> list[str]:
    """The code in backticks, without mere names."""
    return [quoted for quoted in text.split("`")[1::2] if CODE.search(quoted)]


def _name(code: str) -> str:
    """The function that is called: `say` in `say(delay)`."""
    return code.partition("(")[0].strip()
