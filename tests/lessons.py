"""The programs in the READMEs of exercises and solutions: fenced blocks of Python, and what they print."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from checker import catalog
from checker.model.record import Record

ATTEMPT = "<!-- attempt -->"
"""On the line before a block: this is a whole attempt, and a right one."""
FENCE = "```"
PROGRAM, PRINTED = f"{FENCE}python", f"{FENCE}text"
DEADLINE_S = 60.0


class Block(Record):
    """One fenced block of Python in a README."""

    file: Path
    line: int
    """Of the README, where the block begins: 1 is its first line."""
    code: str
    printed: str
    """The block of text that directly follows; empty without one."""
    attempt: bool


def readmes() -> list[Path]:
    return [
        folder / "README.md"
        for root in (catalog.own_exercises(), catalog.own_solutions())
        for folder in catalog.folders(root)
        if (folder / "README.md").is_file()
    ]


def blocks(file: Path, text: str) -> Iterator[Block]:
    """All blocks of Python, in order. A block is closed by a line with a fence and nothing else."""
    lines = text.splitlines()
    for at, line in enumerate(lines):
        if line != PROGRAM:
            continue
        end = lines.index(FENCE, at)
        marked = at > 0 and lines[at - 1] == ATTEMPT
        yield Block(
            file=file, line=at + 1, code=_joined(lines[at + 1 : end]), printed=_printed(lines, end), attempt=marked
        )


def _printed(lines: list[str], end: int) -> str:
    """What stands in the block of text after line `end`, with nothing but empty lines in between."""
    following = next((at for at in range(end + 1, len(lines)) if lines[at]), None)
    if following is None or lines[following] != PRINTED:
        return ""
    return _joined(lines[following + 1 : lines.index(FENCE, following)])


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def run(block: Block, folder: Path, python: str = sys.executable) -> str:
    """What the block prints, as a program of its own in an empty folder; or its errors."""
    folder.mkdir(parents=True, exist_ok=True)
    program = folder / "program.py"
    program.write_text(block.code)
    done = subprocess.run(
        [python, program.name], cwd=folder, capture_output=True, text=True, timeout=DEADLINE_S, check=False
    )
    return done.stdout + done.stderr
