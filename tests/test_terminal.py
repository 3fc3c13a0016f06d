"""The terminal: narrow ones, ones without UTF-8, without colours, and no terminal at all."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Verdict
from checker.model.codes import Code
from checker.model.picture import PieceKind
from checker.picture import as_text, drawing
from checker.report import terminal
from tests import made_class, made_pages, made_screens
from tests.evidence import run as run_of
from tests.evidence import span

ROOT = Path(__file__).parent.parent
PTY = """
import os, pty, struct, fcntl, termios, sys
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, int(sys.argv[1]), 0, 0))
while True:
    try:
        part = os.read(fd, 65536)
    except OSError:
        break
    if not part:
        break
    sys.stdout.buffer.write(part)
os.waitpid(pid, 0)
"""
STEERING = re.compile(r"\x1b\[[0-9;]*m")
STUB = ("-m", "pytest", "-p", "no:cacheprovider", "exercises/03", "-k", "twenty")
"""The race of the untouched stub: it fails on the busiest machine."""


@pytest.mark.parametrize("name", made_screens.SCREENS)
def test_each_screen_is_as_its_golden_file(name: str) -> None:
    """`python -m tests.made_screens` makes them anew."""
    assert made_screens.render(*made_screens.SCREENS[name]) == (made_screens.GOLDEN / f"{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", made_screens.SCREENS)
def test_every_line_fits(name: str) -> None:
    """No line is wider than its terminal, and all can be shown in its encoding."""
    columns, encoding = made_screens.SCREENS[name]
    for line in made_screens.render(columns, encoding).splitlines():
        assert columns is None or len(line) <= columns
        line.encode(encoding)


@pytest.mark.parametrize("name", made_pages.golden())
def test_each_page_of_the_companion_is_as_its_golden_file(name: str) -> None:
    """`python -m tests.made_pages` makes them anew. Nothing is wider than its terminal, but a path."""
    page = made_pages.golden()[name]
    assert page == (made_pages.GOLDEN / name).read_text("utf-8")
    columns = 80 if "-80" in name else 40
    assert [line for line in page.splitlines() if len(line) > columns and "exercises/" not in line] == []
    assert page.isascii() or "plain" not in name


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_kinds_of_operations_look_different(encoding: str) -> None:
    """What failed, what was cancelled, what has no answer and what is in flight, in every encoding."""
    kinds = [kind for kind in PieceKind if kind is not PieceKind.RUNNING]
    lines = [terminal.StyledLine(as_text.SIGNS[kind]) for kind in kinds]
    assert len({line.text for line in terminal.fitted(lines, None, encoding)}) == len(kinds)


def run(*arguments: str, **environment: str) -> str:
    """What a command prints, all of it."""
    inherited = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=inherited | environment, capture_output=True, timeout=100,
        check=False,
    )  # fmt: skip
    return done.stdout.decode("utf-8").replace("\r\n", "\n")


def test_a_terminal_of_40_columns() -> None:
    """The picture and the sentences are as wide as the terminal, and not 78 columns."""
    shown = run("-c", PTY, "40", *STUB, NO_COLOR="1", TERM="xterm")
    picture = [line for line in shown.splitlines() if "\u2588" in line]
    assert len(picture) >= 20, shown
    assert max(len(line) for line in picture) <= 40
    assert "\n\u2717 Twenty pages come at least 4 times\n  faster, and nearly all" in shown
    assert "\x1b[" not in shown


def test_no_utf_8() -> None:
    """Plain signs, and no escape sequences."""
    shown = run(*STUB, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert "x Twenty" in shown, shown
    assert "# in flight" in shown
    assert "\\u" not in shown


def test_no_terminal_no_colours() -> None:
    """In a pipe: lines as long as they are, and nothing that steers a terminal."""
    shown = run(*STUB)
    assert "\u2588" in shown
    assert "\x1b" not in shown
    assert max(len(line) for line in shown.splitlines()) > 80


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_pages_fit_the_terminal(columns: int) -> None:
    """`checker explain` is as wide as the terminal."""
    shown = run("-c", PTY, str(columns), "-m", "checker", "explain", "SERIAL", NO_COLOR="1", TERM="xterm")
    assert "SERIAL" in shown
    assert max(len(line) for line in STEERING.sub("", shown).splitlines()) <= columns


def test_pages_without_utf_8() -> None:
    """The page as it is."""
    shown = run("-c", PTY, "80", "-m", "checker", "explain", "SERIAL", PYTHONIOENCODING="ascii", TERM="xterm")
    assert "# SERIAL: one after the other\n" in shown


def test_the_line_that_is_shown_is_the_one_that_python_means() -> None:
    """A form feed between two functions, and some characters of text, end no line."""
    text = 'first = "\u2028"\n\f\n\r\nqueue.get()\n'.encode()
    found = diagnosis(Code.HANG, "It stands there", 4)
    assert terminal.source_line(text, found) == "4 | queue.get()"
    assert terminal.source_line(text, diagnosis(Code.HANG, "It stands nowhere", 9)) == ""


def test_nothing_that_an_attempt_says_takes_over_the_terminal() -> None:
    """Its exception's message, the key of its operation, its output: escapes and hidden characters are spelled out."""
    evil = "\x1b[2J\x9b\u202e"
    picture = drawing.of(run_of(0.8, spans=(span(0.0, 0.3, name="GET", key=evil),)))
    found = diagnosis(Code.CRASHED, f"work raised ValueError: {evil}")
    result = made_class.race(Verdict.FAILED, 1.5, diagnosis=found, picture=picture, output=evil)
    for columns in (None, 40):
        shown = "".join(line.text for line in terminal.fitted(terminal.check(result, columns), columns))
        assert shown.isprintable()
        assert shown.count("\\x1b[2J") == 3


def test_nor_in_the_short_summary_nor_in_a_worker(tmp_path: Path) -> None:
    """pytest prints these by itself."""
    evil = tmp_path / "attempt.py"
    evil.write_text("def run_both(job_a, job_b):\n    raise ValueError('\\x1b[2J\\u202e')\n")
    arguments = ("-m", "pytest", "-p", "no:cacheprovider", "exercises/01", "-k", "order", f"--attempt={evil}")
    for how in ("0", "1"):
        shown = run(*arguments, "-n", how)
        assert "raised ValueError: \\x1b[2J" in shown
        assert "\x1b" not in shown
        assert "\u202e" not in shown
