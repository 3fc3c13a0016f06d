"""The last lines of a run: the first thing to look at, or what to be glad of and what comes next."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from checker import catalog
from checker.judge import grading
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Answer, AttemptResult, Speed, Verdict
from checker.model.codes import Code
from checker.progress.rules import CheckedOnce, Outcome
from checker.session.closing import Closing
from tests.conftest import handed_out
from tests.test_plugin import ROOT, run_pytest

SPEED = Speed(speedup=8.9, goal=4.0, limit=10.0, sync_s=1.0, attempt_s=0.112)


@pytest.fixture
def kata(tmp_path: Path) -> Path:
    """A learner's folder with three exercises."""
    return handed_out(tmp_path, "01_two_jobs", "03_pooled_downloads", "04_first_come")


def attempt(*failed: Code, points: float = 10.0, line: int | None = None) -> AttemptResult:
    """The result of an attempt whose first checks fail so, and whose last one passes."""
    answers = [Answer(verdict=Verdict.FAILED, diagnosis=diagnosis(code, "Oh", line)) for code in failed]
    answers.append(Answer(verdict=Verdict.PASSED, speed=SPEED))
    each = points / len(answers)
    checks = [
        grading.check(answer, name=f"test_{index}", title="It works", max_score=each, seconds=0.1)
        for index, answer in enumerate(answers)
    ]
    return grading.attempt("03", checks, "abc")


def said(kata: Path, result: AttemptResult, text: bytes = b"one\ntwo\n", before: Outcome | None = None) -> list[str]:
    """The lines, for somebody in the folder's root who has passed exercise 01."""
    exercise = catalog.load(kata / "exercises" / "03_pooled_downloads")
    return [line.text for line in Closing(exercise, text, before, ["01"], kata).lines(result)]


def test_who_has_passed_hears_how_fast_and_what_is_next(kata: Path) -> None:
    """The command can be copied."""
    assert said(kata, attempt()) == [
        "  Well done! 8.9 times as fast as sync.py: 89% of what is possible.",
        "  Next: First come: pytest exercises/04",
    ]


def test_the_next_command_can_be_copied_from_any_folder(kata: Path) -> None:
    """Also where a name on the way there has a space in it."""
    moved = kata.rename(kata.with_name("my kata"))
    exercise = catalog.load(moved / "exercises" / "03_pooled_downloads")
    lines = [line.text for line in Closing(exercise, b"", None, ["01"], moved.parent).lines(attempt())]
    assert lines[-1] == "  Next: First come: pytest 'my kata/exercises/04'"


def test_the_reference_is_named_where_it_is(kata: Path) -> None:
    """Only a folder that has the solutions is told where they are."""
    shutil.copytree(ROOT / "solutions" / "03_pooled_downloads", kata / "solutions" / "03_pooled_downloads")
    assert "  What else would work, and what it costs: solutions/03_pooled_downloads/README.md" in said(kata, attempt())


def test_some_checks_passed_are_not_all(kata: Path) -> None:
    """After `-k` nobody is told to go on."""
    assert said(kata, attempt(points=4.0)) == ["  So far, so good. All of its checks: pytest exercises/03"]


def test_one_thing_to_look_at_first(kata: Path) -> None:
    """The most telling mistake, its line, and how many checks have it."""
    assert said(kata, attempt(Code.SERIAL, Code.SERIAL, Code.SERIAL, line=2))[:-2] == [
        "  Look at this first: SERIAL (also in 2 others)",
        "    2 | two",
    ]


def test_a_line_that_is_not_there_is_not_shown(kata: Path) -> None:
    """What a diagnosis names may come from the attempt's side."""
    assert said(kata, attempt(Code.SERIAL, line=99))[:-2] == ["  Look at this first: SERIAL"]


def test_better_than_last_time(kata: Path) -> None:
    """What has changed since the run before."""
    was = [CheckedOnce(id=f"test_{n}", verdict=Verdict.FAILED, max_score=5) for n in (0, 1)]
    before = Outcome(verdict=Verdict.FAILED, speed=None, diagnosis=None, attempt_sha256="abc", checks=was)
    first = said(kata, attempt(Code.SERIAL), before=before)[0]
    assert first == "  Checks passed: was 0 of 2, now 1 (since your last run)"


def test_the_stub_is_called_the_stub(kata: Path) -> None:
    """Who has not begun has made no mistake."""
    stub = (kata / "exercises/03_pooled_downloads/sync.py").read_bytes()
    assert said(kata, attempt(Code.SERIAL, line=2), stub) == [
        "  Begin here: exercises/03_pooled_downloads/README.md; then change exercises/03_pooled_downloads/attempt.py",
        "  See it run, without checks: checker run 03",
    ]


def test_hints_are_named_from_where_pytest_was_started(kata: Path) -> None:
    """Commands and a path that can be copied."""
    assert said(kata, attempt(Code.SERIAL))[-2:] == [
        "  Stuck? One hint: checker hint 03. See it run: checker run 03",
        "  All there is to know: exercises/03_pooled_downloads/README.md",
    ]


def test_an_edited_sync_is_noticed(kata: Path) -> None:
    """Whoever works in the wrong file is told."""
    with (kata / "exercises/03_pooled_downloads/sync.py").open("a") as file:
        file.write("\n# mine\n")
    assert said(kata, attempt(Code.SERIAL))[:2] == [
        "  exercises/03_pooled_downloads/sync.py is not as it came, and races are held against it.",
        "  Your program goes into exercises/03_pooled_downloads/attempt.py",
    ]


def test_an_edited_sync_is_noticed_in_a_clone(kata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There it is the checker's own as well, and only Git knows how it was."""
    monkeypatch.setattr(catalog, "own_exercises", lambda: kata / "exercises")
    for command in ("init -q", "add .", "-c user.name=ada -c user.email=ada@example.org commit -qm first"):
        subprocess.run(["git", *command.split()], cwd=kata, check=True)
    assert "not as it came" not in said(kata, attempt(Code.SERIAL))[0]
    with (kata / "exercises/03_pooled_downloads/sync.py").open("a") as file:
        file.write("\n# mine\n")
    assert "not as it came" in said(kata, attempt(Code.SERIAL))[0]


def test_a_missing_colon_is_explained_once(kata: Path) -> None:
    """Four checks fail in the same way: one explanation, with the line, and three short mentions."""
    file = kata / "exercises/01_two_jobs/attempt.py"
    lines = file.read_text().splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith("def run_both"))
    lines[at] = lines[at].removesuffix(":")
    file.write_text("\n".join(lines))
    done, _ = run_pytest(kata, "exercises/01").stdout.split("short test summary info")  # its lines: in CI not cut
    assert done.count("SYNTAX_ERROR: Python cannot read attempt.py: expected ':'") == 1
    assert done.count("SYNTAX_ERROR, in the same place as above.") == 3
    assert f"  Look at this first: SYNTAX_ERROR (also in 3 others)\n    {at + 1} | {lines[at][:60]}" in done
