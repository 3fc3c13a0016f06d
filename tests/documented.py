"""The commands that README.md and docs/*.md tell people to type: in indented blocks, and inside of sentences."""

from __future__ import annotations

import re
from itertools import chain
from pathlib import Path

from checker.model.record import Record

ROOT = Path(__file__).parent.parent
PAGES = ("README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md")))
PROGRAMS = ("checker", "pytest", "pip", "dask", "cd", "systemd-run")
IN_A_BLOCK = re.compile(r"^    (?=\S)(?P<text>.+?)(?:  .*)?$", re.MULTILINE)
"""The words behind two spaces or more say what it does."""
IN_A_SENTENCE = re.compile(r"`(?P<text>[^`]+)`")
FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)


class Command(Record):
    """As written, in one line."""

    page: str
    text: str


def commands(page: str) -> list[Command]:
    """Of one page, in order; what it says twice is one."""
    text = FENCED.sub("", (ROOT / page).read_text("utf-8"))
    found = sorted(chain(IN_A_BLOCK.finditer(text), IN_A_SENTENCE.finditer(text)), key=lambda match: match.start())
    lines = dict.fromkeys(" ".join(match["text"].split()) for match in found)
    return [Command(page=page, text=line) for line in lines if _is_one(line)]


def _is_one(line: str) -> bool:
    """The name of a program alone is none, but for pytest's."""
    first, _, rest = line.partition(" ")
    return first in PROGRAMS and (bool(rest) or line == "pytest")
