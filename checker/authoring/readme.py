"""Lint: does an exercise's README have all its parts, and is the exercise in the table of all exercises?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from checker import catalog

NAME = "README.md"
PROGRAM = re.compile(r"^```python\n((?:(?!```).*\n)+)```\n\s*^```text\n", re.MULTILINE)
PREDICT = re.compile(r"^\*\*Predict:\*\*.+?^<details><summary>Answer</summary>$", re.MULTILINE | re.DOTALL)
NEXT = re.compile(r"Next: \[(\d\d) ([^\]]+)\]\(\.\./((\d\d)_[a-z0-9_]+)/README\.md\)\S*")
ROW = re.compile(r"^\|.*\]\(exercises/", re.MULTILINE)
FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
UNKNOWN = "\ufffd"
"""Stands for a byte that is not UTF-8."""
MOST_WORDS = 1000
"""Five minutes: adults read technical text at about 200 words a minute."""
MOST_LINES = 13
"""Lines of the first program that are not empty."""
SECTIONS = ("## The picture", "## What you need to know", "## What is checked", "## Hints", "## Read more")


def problems(folder: Path, hints: object) -> Iterator[str]:
    """One line per problem of the README. `hints`: as in exercise.toml, not validated."""
    file = folder / NAME
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    if file.is_file() and not text.strip():
        yield f"{NAME} is empty; see CONTRIBUTING.md for its parts"
    elif text:
        if UNKNOWN in text:
            yield f"{NAME} is not a text in UTF-8; save it as one"
        yield from _parts(folder, text)
        yield from _hints(text, hints if isinstance(hints, list) else [])
        yield from _next(folder, text)
    yield from _table(folder)


def _parts(folder: Path, text: str) -> Iterator[str]:
    number = folder.name[:2]
    for wanted in ("**Your task:**", f"    pytest exercises/{number}", f"    checker run {number}", *SECTIONS):
        if wanted not in text:
            yield f"{NAME} has no {wanted.strip()!r}; see CONTRIBUTING.md for its parts"
    if PREDICT.search(text) is None:
        yield f"{NAME} has no `**Predict:** ...` with its answer in <details><summary>Answer</summary>; ask a question"
    yield from _example(text.partition("## What you need to know\n")[2].partition("\n## ")[0])
    unfolded = len(FOLDED.sub("", text).split())
    if unfolded > MOST_WORDS:
        yield f"{NAME}: {unfolded} words are not folded; make it {MOST_WORDS} at most, for five minutes"
    if PROGRAM.search(text) is None:
        yield f"{NAME} has no program to run: a ```python block directly followed by a ```text block with its output"
    checked = text.partition("## What is checked\n")[2].partition("\n## ")[0]
    if "## What is checked" in text and not re.search(r"^- \S", checked, re.MULTILINE):
        yield f"{NAME}: 'What is checked' is empty; say in a list what the checks ask for"


def _example(text: str) -> Iterator[str]:
    """The first program under "What you need to know" must be short enough to be read at a glance."""
    program = PROGRAM.search(text)
    lines = sum(bool(line.strip()) for line in program[1].splitlines()) if program is not None else 0
    if lines > MOST_LINES:
        yield f"{NAME}: the first program has {lines} lines; show the tool in {MOST_LINES} at most"


def _hints(text: str, hints: list[object]) -> Iterator[str]:
    """The README must have all hints. Line breaks are ignored."""
    words = " ".join(text.split())
    for number, hint in enumerate(hints, start=1):
        if " ".join(str(hint).split()) not in words:
            yield f"{NAME} does not have hint {number} of exercise.toml word for word; put it into a <details> block"


def _next(folder: Path, text: str) -> Iterator[str]:
    """The last line must link to the next exercise. The last exercise needs no link."""
    later = [each for each in catalog.folders(folder.parent) if each.name > folder.name]
    found = NEXT.fullmatch(text.rstrip().splitlines()[-1])
    if found is None:
        if later:
            yield f"{NAME}: the last line is not `Next: [NN title](../NN_slug/README.md)`; lead on to {later[0].name}"
    elif later and found[3] > later[0].name:
        yield f"{NAME}: the last line leads to {found[3]}, but {later[0].name} comes next"
    elif found[1] != found[4] or found[3] <= folder.name:
        yield f"{NAME}: the last line leads from {folder.name} to {found[3]}; lead on to the next exercise"


def _table(folder: Path) -> Iterator[str]:
    """The table in the project's README must have the exercise. (An author's or a learner's README may have none.)"""
    file = folder.parent.parent / NAME
    where = f"{folder.parent.name}/{folder.name}/{NAME}"
    text = file.read_text(encoding="utf-8", errors="replace") if file.is_file() else ""
    if ROW.search(text) and f"]({where})" not in text:
        yield f"the table in the project's {NAME} does not have it; add a line that leads to {where}"
