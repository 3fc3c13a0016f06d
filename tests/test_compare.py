"""One attempt on several interpreters: the table, the picture, and the command."""

from __future__ import annotations

import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from rich.console import Console

from checker import catalog
from checker.commands import compare
from checker.commands.cli import main
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, Diagnosis, Speed, Verdict
from checker.model.codes import Code
from checker.model.interpreter import Interpreter
from checker.picture import as_text
from checker.process import interpreters
from checker.report import comparison
from tests import pythons
from tests.conftest import handed_out

WITH = Interpreter(path="/a", version="3.13.5")
WITHOUT = Interpreter(path="/b", version="3.13.5", gil=False)


def result(speed: Speed | None, diagnosis: Diagnosis | None = None) -> AttemptResult:
    verdict = Verdict.PASSED if diagnosis is None else Verdict.FAILED
    answer = Answer(verdict=verdict, diagnosis=diagnosis, speed=speed)
    return grading.attempt("22", [grading.check(answer, name="race", title="Race", max_score=5, seconds=1.0)], None)


def speed(sync_s: float, attempt_s: float, cores: float) -> Speed:
    return Speed(
        speedup=sync_s / attempt_s, goal=1.5, limit=2.0, sync_s=sync_s, attempt_s=attempt_s, cores=cores
    )  # fmt: skip


GIL_BOUND = Diagnosis(code=Code.GIL_BOUND, sentence="2 threads took turns.", hint="Use processes.")
COMPARED = [(WITH, result(speed(1.0, 1.0, 1.0), GIL_BOUND)), (WITHOUT, result(speed(1.2, 0.6, 2.0)))]


def shown(compared: list[comparison.Compared]) -> list[str]:
    console = Console(width=100, record=True)
    with console.capture() as capture:
        console.print(comparison.table(compared))
    return [" ".join(line.split()) for line in capture.get().splitlines()]


def test_the_table_has_a_row_for_each() -> None:
    """Times, speed-up, cores kept busy, and what is said."""
    assert shown(COMPARED) == [
        "sync attempt speed-up cores",
        "Python 3.13.5, GIL on 1000 ms 1000 ms 1.0x 1.0 ✗ GIL_BOUND",
        "Python 3.13.5, GIL off 1200 ms 600 ms 2.0x 2.0 ✓ passed",
    ]
    assert comparison.explanations(COMPARED) == ["Python 3.13.5, GIL on: 2 threads took turns."]


def test_the_picture_has_one_scale() -> None:
    """Sync and attempt on each: the longest fills the width."""
    picture = comparison.picture(COMPARED)
    assert picture is not None
    assert [(lane.label, lane.pieces[0].end_s) for lane in picture.lanes] == [
        ("3.13.5 sync", 1.0), ("3.13.5 yours", 1.0), ("3.13.5t sync", 1.2), ("3.13.5t yours", 0.6)
    ]  # fmt: skip
    widths = [line.count("█") for line in as_text.render(picture).splitlines()[1:-1]]
    assert widths == [50, 50, 60, 30]


def test_without_a_right_result_there_is_no_time() -> None:
    """Only what is said."""
    assert shown([(WITH, result(None, GIL_BOUND))])[1] == "Python 3.13.5, GIL on - - - - ✗ GIL_BOUND"
    assert comparison.picture([(WITH, result(None, GIL_BOUND))]) is None


def test_all_interpreters_are_tried_first() -> None:
    """One that is not there ends the command before any race."""
    done = CliRunner().invoke(main, ["compare", "01", "--python", "python3.99"])
    assert done.exit_code == 1
    assert "--python python3.99: no such program" in done.output


def test_an_attempt_is_raced_on_each(tmp_path: Path) -> None:
    """On the grader's own and on another one."""
    other = pythons.any_other()
    solution = Path(__file__).parent.parent / "solutions" / "01_two_jobs" / "attempt.py"
    attempt = tmp_path / "attempt.py"
    attempt.write_bytes(solution.read_bytes())
    pair = [part for each in (interpreters.own(), other) for part in ("--python", each.path)]
    done = CliRunner().invoke(main, ["compare", "01", *pair, "--attempt", str(attempt)])
    assert done.exit_code == 0, done.output
    for each in (interpreters.own(), other):
        assert any(line.startswith(each.name) and line.endswith("✓ passed") for line in done.output.splitlines())


def test_the_learner_s_own_attempt_is_raced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also from a folder below; where there is none, nobody races the checker's own copy in its place."""
    handed_out(tmp_path, "01_two_jobs")
    folder = tmp_path / "exercises" / "01_two_jobs"
    exercise = catalog.load(catalog.resolve(catalog.own_exercises(), "01"))
    for here in (tmp_path, folder):
        monkeypatch.chdir(here)
        assert compare._own(exercise) == folder / "attempt.py"
    (folder / "attempt.py").unlink()
    with pytest.raises(click.ClickException, match="there is no "):
        compare._own(exercise)
    shutil.rmtree(tmp_path / "exercises")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(click.ClickException, match="There are no exercises here"):
        compare._own(exercise)


@pytest.mark.parametrize("name", ["99", "nothing"])
def test_an_exercise_that_is_not_there_is_told_so(name: str) -> None:
    """With the numbers of those that are."""
    done = CliRunner().invoke(main, ["compare", name, "--python", "python3"])
    assert done.exit_code == 2
    assert "there is no exercise" in done.output
