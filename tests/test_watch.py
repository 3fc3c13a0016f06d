"""`checker watch` on a real terminal: a scripted learner saves, asks, passes and goes on."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pexpect
import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from checker import catalog
from checker.commands import saves, screen, watch
from checker.commands.checking import Checking
from checker.commands.cli import main
from checker.commands.companion import Place
from checker.judge import grading
from checker.model.answer import Answer, Verdict
from checker.progress import book as progress
from checker.progress import watch_page
from checker.progress.watch_page import Watched
from checker.report.terminal import StyledLine
from checker.session.told import Told
from tests.conftest import wait_for
from tests.test_companion import kata

__all__ = ["kata"]
ROOT = Path(__file__).parent.parent
SOLVED = (ROOT / "solutions/01_two_jobs/attempt.py").read_text()
STUB = (ROOT / "exercises/01_two_jobs/sync.py").read_text()
P, F = Verdict.PASSED, Verdict.FAILED
A_RUN_S = 60
"""A run of the checks takes 2 s; on a busy machine much longer."""


@pytest.fixture
def learner(kata: Path, short_path: Path) -> Iterator[pexpect.spawn[str]]:
    """At a terminal of 24 lines, where `checker watch` runs."""
    child = pexpect.spawn(
        sys.executable, ["-m", "checker", "watch"], cwd=str(kata), encoding="utf-8", timeout=A_RUN_S,
        dimensions=(24, 80), env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT), "TMPDIR": str(short_path)},
    )  # fmt: skip
    yield child
    child.close(force=True)


def test_a_run_that_is_ready_checks_what_is_saved_after_that(kata: Path) -> None:
    """It reads nothing before it is let in; one that nobody wants ends, and keeps no attempt."""
    folder = kata / "exercises/01_two_jobs"

    async def two_runs() -> list[Told]:
        told: list[Told] = []
        unwanted, wanted = await Checking.of(folder, kata), await Checking.of(folder, kata)
        (folder / "attempt.py").write_text(SOLVED)
        await unwanted.end()
        said = await wanted.checked(told.append)
        await wanted.end()
        assert told, said
        return told

    assert {each.result.verdict for each in asyncio.run(two_runs())} <= {Verdict.PASSED, Verdict.INCONCLUSIVE}
    assert tries(kata) == 1


def test_a_run_that_is_ready_ends_with_its_companion(kata: Path) -> None:
    """Nobody holds the gate any more: the companion was killed."""

    async def left_alone() -> str:
        checking = await Checking.of(kata / "exercises/01_two_jobs", kata)
        checking._gate.close()
        said, _ = await asyncio.wait_for(checking._process.communicate(), A_RUN_S)
        await checking.end()
        return said.decode()

    assert "nobody wants this run any more" in asyncio.run(left_alone())


def tries(kata: Path) -> int:
    with progress.to_read(kata) as book:
        return len(book.tries()["01"])


@pytest.mark.timeout(400)
def test_a_scripted_learner(kata: Path, short_path: Path, learner: pexpect.spawn[str]) -> None:
    """Watch, a hint, three saves (a wrong one, an atomic replace, a pass), solution, next, list, quit."""
    file = kata / "exercises/01_two_jobs/attempt.py"
    learner.expect_exact("2 of 4 checks passed")
    learner.expect_exact("SERIAL")
    learner.send("\x1b[H\x1bOQ")  # the keys Home and F2 are not h and q
    learner.send("h")
    learner.expect_exact("Hint 1 of 3 for 01 Two jobs")
    file.write_text(STUB + "\nbroken(:\n")
    learner.expect_exact("0 of 4 checks passed")
    learner.expect_exact("SYNTAX_ERROR")
    learner.send("e")
    learner.expect_exact("SYNTAX_ERROR")
    learner.send("s")
    learner.expect_exact("A solution is shown after a pass")
    beside = file.with_name("attempt.py.tmp")
    beside.write_text(STUB + "\n# again\n")
    beside.replace(file)
    learner.expect_exact("2 of 4 checks passed")
    file.write_text(SOLVED)
    learner.expect_exact("4 of 4 checks passed   1 of 3 exercises")
    learner.expect_exact("Passed. Press n")
    learner.send("s")
    learner.expect_exact("def run_both")
    learner.send("n")
    learner.expect_exact("03 Pooled downloads: running")
    learner.send("l")
    learner.expect_exact("1 of 3 passed")
    wait_for(lambda: any("attempt.py" in files for *_, files in os.walk(short_path)))  # where folders come and go
    learner.send("q")
    learner.expect(pexpect.EOF)
    learner.close()
    assert learner.exitstatus == 0
    assert tries(kata) == 4  # the first run, and each save once
    assert not list(short_path.iterdir())  # though the run of 03 was killed


@pytest.mark.timeout(200)
def test_ctrl_z_gives_the_terminal_back(kata: Path, short_path: Path) -> None:
    """The shell's prompt is seen on its own screen, with a cursor and an echo; `fg` brings the watch back as it was."""
    shell = pexpect.spawn(
        "bash", ["--norc", "--noprofile", "-i"], cwd=str(kata), encoding="utf-8", timeout=A_RUN_S, dimensions=(24, 80),
        env={**os.environ, "TERM": "xterm", "PYTHONPATH": str(ROOT), "TMPDIR": str(short_path), "PS1": "prompt "},
    )  # fmt: skip
    shell.sendline(f"{sys.executable} -m checker watch 01")
    shell.expect_exact(watch.ENTER)
    shell.expect_exact("2 of 4 checks passed")
    shell.sendcontrol("z")
    shell.expect_exact(watch.LEAVE)
    shell.expect_exact("Stopped")
    shell.sendline("fg")
    shell.expect_exact(watch.ENTER)
    shell.expect_exact("2 of 4 checks passed")
    shell.send("l")  # read without a return key
    shell.expect_exact("0 of 3 passed")
    shell.send("q")
    shell.expect_exact(watch.LEAVE)
    shell.close(force=True)


def test_a_page_is_broken_anew_when_the_terminal_is_resized(
    kata: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Words that were at the end of a line are on another one, and not lost."""
    watching = watch.Watch(Place(kata), "01")
    monkeypatch.setattr(screen, "width", lambda: 80)
    watching._turn_page([StyledLine(" ".join(f"word{number}" for number in range(11)))])
    capsys.readouterr()
    monkeypatch.setattr(screen, "width", lambda: 40)
    watching._draw()
    assert re.findall(r"word\d+", capsys.readouterr().out) == [f"word{number}" for number in range(11)]


@pytest.mark.parametrize("text", ["\t" * 12 + "x", "\u9875\u9762" * 30, "x" * 100, "\U0001f600" * 40 + "\t" * 3 + "x"])
def test_no_line_of_the_screen_is_wider_than_the_terminal(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal would break it, and the screen would scroll. Tabs and some characters are wider than one column."""
    monkeypatch.setattr(screen, "width", lambda: 40)
    monkeypatch.setattr(screen, "_encoding", lambda: "utf-8")
    (line,) = screen.rendered([StyledLine(text)])
    assert "\t" not in line
    assert 38 <= cell_len(line) <= 40


def test_the_last_character_of_a_full_line_is_not_cleared(
    kata: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """After it the cursor is still on it, for xterm: nothing is cleared from there on."""
    monkeypatch.setattr(screen, "width", lambda: 40)
    watching = watch.Watch(Place(kata), "01")
    watching._turn_page([StyledLine("x" * 40)])
    assert re.search(r"x{40}\r\n", capsys.readouterr().out)
    watching._turn_page([])
    last = capsys.readouterr().out.rpartition("\n")[2]
    assert last.startswith(watch.CLEAR_REST)
    assert last.count("\x1b") == 1


def test_without_a_terminal_it_says_so(kata: Path) -> None:  # noqa: ARG001
    """And what to type instead."""
    done = CliRunner().invoke(main, ["watch", "03"])
    assert done.exit_code == 1
    assert "watch needs a terminal" in done.output
    assert "pytest exercises/03" in done.output


async def seen(file: Path, save: list[str], tmp_path: Path) -> list[str]:
    """What is seen of a save, until a last one that is known."""
    found: list[str] = []

    async def follow() -> None:
        async for digest in saves.saves(file):
            found.append(digest)  # noqa: PERF401  (it never ends: each one counts as it comes)

    task = asyncio.create_task(follow())
    await asyncio.to_thread(subprocess.run, save, cwd=tmp_path, check=True, timeout=60, capture_output=True)
    after = progress.digest(file)
    deadline_s = time.monotonic() + 30
    while after not in found and time.monotonic() < deadline_s:
        await asyncio.sleep(0.05)
    file.write_text("# the last one\n")
    while progress.digest(file) not in found and time.monotonic() < deadline_s:
        await asyncio.sleep(0.05)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    return found


VIM = [
    "vim",
    "-u",
    "NONE",
    "-es",
    "-c",
    "set backup writebackup backupcopy=no",
    "-c",
    "normal oyes",
    "-c",
    "wq",
    "a.py",
]
REPLACE = [sys.executable, "-c", "import os; open('b','w').write('new'); os.replace('b', 'a.py')"]


@pytest.mark.parametrize("save", [VIM, REPLACE], ids=["vim", "replace"])
def test_an_editors_save_is_seen_once(tmp_path: Path, save: list[str]) -> None:
    """vim renames the old file away and writes a new one; others write beside it and replace."""
    if shutil.which(save[0]) is None:
        pytest.skip(f"{save[0]} is not installed")
    file = tmp_path / "a.py"
    file.write_text("# before\n")
    found = asyncio.run(seen(file, save, tmp_path))
    assert len(found) == 2
    assert found[0] != found[1]


@pytest.mark.parametrize("height", range(2, 40, 3))
def test_the_screen_fits(height: int) -> None:
    """Whatever is shown, it has at most so many lines, and the keys while there is room."""
    exercise = catalog.load(ROOT / "exercises/01_two_jobs")
    watched = Watched(exercise=exercise, passed=1, total=3, checks=[], running=False, trouble="one\ntwo\nthree")
    lines = watch_page.render(watched, [], height, 80)
    assert len(lines) <= height
    assert lines[-1].text == watch_page.KEYS


@pytest.mark.parametrize(
    ("checks", "running", "passed"),
    [([P, P], False, True), ([P, P], True, False), ([P], False, False), ([P, F], False, False), ([], False, False)],
)
def test_what_has_passed(checks: list[Verdict], running: bool, passed: bool) -> None:
    """All of its checks, at the end of a run: not a run that pytest has broken off, nor one that did not begin."""
    exercise = catalog.load(ROOT / "exercises/01_two_jobs")
    results = [
        grading.check(Answer(verdict=each), name=f"test_{number}", title="A check", max_score=5.0, seconds=0.1)
        for number, each in enumerate(checks)
    ]
    watched = Watched(exercise=exercise, passed=1, total=3, checks=results, running=running)
    assert watch_page.has_passed(watched) is passed
    said = [line.text for line in watch_page.render(watched, [], 30, 80)]
    assert any(text.startswith("Passed.") for text in said) is passed


def test_a_long_page_is_turned() -> None:
    """Part by part, nothing left out, and then the checks are there again."""
    exercise = catalog.load(ROOT / "exercises/01_two_jobs")
    watched = Watched(exercise=exercise, passed=1, total=3, checks=[], running=False)
    page, shown = [StyledLine(str(number)) for number in range(40)], []
    while page:
        lines = watch_page.render(watched, page, 12, 80)
        assert len(lines) <= 12
        shown += [line.text for line in lines if line.text.isdigit()]
        page = watch_page.turned(watched, page, 12, 80)
    assert list(dict.fromkeys(shown)) == [str(number) for number in range(40)]
