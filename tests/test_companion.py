"""list, next, hint, history and reset, as a learner types them."""

from __future__ import annotations

import re
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker import catalog
from checker.commands.cli import main
from checker.judge import grading
from checker.model.answer import CheckResult, Speed, Verdict
from checker.progress import book as progress
from tests.conftest import handed_out

ROOT = Path(__file__).parent.parent


def checker(*arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(main, list(arguments), env={"COLUMNS": "80", **environment})


@pytest.fixture
def kata(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder with three exercises, in which we are."""
    monkeypatch.chdir(handed_out(tmp_path, "01_two_jobs", "03_pooled_downloads", "11_tasks_not_awaits"))
    return tmp_path


def passed(kata: Path, number: str, speedup: float) -> None:
    """As pytest would have recorded it."""
    exercise = next(each for each in catalog.load_all(kata / "exercises") if each.number == number)
    text = (catalog.own_solutions() / exercise.folder.name / "attempt.py").read_bytes()
    (exercise.folder / "attempt.py").write_bytes(text)
    speed = Speed(speedup=speedup, goal=exercise.goal, limit=exercise.limit, sync_s=1.0, attempt_s=1 / speedup)
    check = CheckResult(
        id="test_all", title="All", verdict=Verdict.PASSED, score=10, max_score=10, seconds=1.0, speed=speed
    )
    digest = sha256(text).hexdigest()
    with progress.to_write(kata) as book:
        book.keep([text])
        book.add(progress.key(exercise, digest), grading.attempt(number, [check], digest))


def test_list_shows_how_far_and_what_is_next(kata: Path) -> None:
    """A bar, a line for each exercise with the best speed-up of possible, and what to do."""
    passed(kata, "01", 1.9)
    (kata / "exercises/11_tasks_not_awaits/attempt.py").unlink()
    done = checker("list")
    assert done.exit_code == 0
    for words in ("1 of 3 passed", "01 ✓ Two jobs                   1.9x of 2x", "> 03   Pooled downloads",
                  "no attempt.py: checker reset 11", "Next: 03 Pooled downloads", "pytest exercises/03"):  # fmt: skip
        assert words in done.stdout
    (kata / "exercises/01_two_jobs/attempt.py").write_text("# another\n")
    assert "1.9x of 2x, changed since" in checker("list").stdout


def test_list_at_the_end(kata: Path) -> None:
    """A page to be proud of."""
    for number, speedup in (("01", 1.9), ("03", 9.7), ("11", 9.0)):
        passed(kata, number, speedup)
    done = checker("list")
    assert "You have passed all 3 exercises." in done.stdout
    assert "Nearest to what is possible: Pooled downloads, 97% of it." in done.stdout
    assert "Next:" not in done.stdout


def test_list_in_a_narrow_terminal_without_utf_8(kata: Path) -> None:
    """Forty columns, ASCII, no colour: nothing is wider, nothing is escaped."""
    passed(kata, "01", 1.9)
    done = CliRunner(charset="ascii").invoke(main, ["list"], env={"COLUMNS": "40"})
    assert done.exit_code == 0
    assert done.stdout.isascii()
    assert "\x1b" not in done.stdout
    assert "01 + Two jobs" in done.stdout
    assert max(len(line) for line in done.stdout.splitlines() if "exercises/" not in line) <= 40


def test_list_leaves_out_what_is_half_made(kata: Path) -> None:
    """A folder without metadata, or with wrong ones, is named beside the list, and takes nothing else away."""
    (kata / "exercises/02_begun").mkdir()
    done = checker("list")
    assert done.exit_code == 0
    assert "01   Two jobs" in done.stdout
    assert "02_begun" in done.stderr


@pytest.mark.parametrize(
    "command", [["list"], ["next"], ["hint"], ["hint", "1"], ["history"], ["watch"], ["reset", "1"]]
)
def test_where_no_exercise_can_be_read_the_reasons_are_told(kata: Path, command: list[str]) -> None:
    """And not a traceback; `checker update` is not in the way."""
    for metadata in kata.glob("exercises/*/exercise.toml"):
        metadata.write_text("[")
    done = checker(*command)
    assert (done.exit_code, type(done.exception)) == (1, SystemExit), done.exception
    assert done.output.count("exercise.toml is not right") == 3
    assert "try: checker update" in done.output
    assert "can be read" not in checker("update").output


def test_a_broken_gradebook_is_in_nobody_s_way(kata: Path) -> None:
    """It is told in one line; everything else works."""
    (kata / ".checker").mkdir()
    (kata / ".checker/progress.db").write_text("not a database")
    for command in (["list"], ["next"], ["history", "01"], ["hint", "01"]):
        done = checker(*command)
        assert done.exit_code == 0, done.output
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("command", [["list"], ["next"], ["hint"], ["history", "03"], ["reset", "03"]])
def test_an_empty_folder_says_how_to_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    """Whatever is asked."""
    monkeypatch.chdir(tmp_path)
    done = checker(*command)
    assert done.exit_code == 1
    assert "checker init my-kata" in done.output


def test_next_from_inside_an_exercise(kata: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Any folder below the learner's will do."""
    monkeypatch.chdir(kata / "exercises/11_tasks_not_awaits")
    assert "Next: 01 Two jobs" in checker("next").stdout


def test_each_hint_is_one_more(kata: Path) -> None:
    """1, 2, 3, and again from the start; other exercises have their own count. Without a number: what is next."""
    hints = catalog.load(kata / "exercises/03_pooled_downloads").hints
    for number in (1, 2, 3, 1):
        done = checker("hint", "03")
        assert f"Hint {number} of 3" in done.stdout
        assert hints[number - 1].split()[0] in done.stdout
    assert "Hint 1 of 3 for 01" in checker("hint").stdout


def test_reset_brings_back_what_is_compiled(kata: Path) -> None:
    """Without attempt.pyx, too, exercise 25 is one in Cython: its stub is no attempt.py."""
    handed_out(kata, "25_cython_do_math")
    folder = kata / "exercises/25_cython_do_math"
    for name in ("attempt.py", "attempt.pyx"):
        (folder / name).unlink()
    assert "no attempt.pyx: checker reset 25" in checker("list").stdout
    assert "attempt.pyx is there again" in checker("reset", "25").stdout
    assert (folder / "attempt.pyx").read_bytes() == (folder / "sync.py").read_bytes()
    assert not (folder / "attempt.py").exists()


def test_reset_keeps_what_was_there(kata: Path) -> None:
    """The learner's text is beside the stub, under a name that is said; nothing to do is said as well."""
    file = kata / "exercises/01_two_jobs/attempt.py"
    passed(kata, "01", 1.9)
    before = file.read_bytes()
    done = checker("reset", "1")
    kept = kata / done.stdout.rpartition("kept in ")[2].strip()
    assert kept.read_bytes() == before
    assert file.read_bytes() == (file.parent / "sync.py").read_bytes()
    assert "nothing to do" in checker("reset", "1").stdout
    assert "01 ✓" in checker("list").stdout
    with progress.to_read(kata) as book:
        (each,) = book.tries()["01"]
    exercise = catalog.load(file.parent)
    assert progress.key(exercise, each.outcome.attempt_sha256) == each.key  # what is kept is no check


def test_history_plots_each_run(kata: Path) -> None:
    """Speed-up, verdict, and how many checks."""
    assert "was not run yet" in checker("history", "01").stdout
    passed(kata, "01", 1.9)
    done = checker("history", "01")
    assert "1.9x 1 of 1 checks" in done.stdout
    assert done.stdout.count("█") > 10


def test_learning_md_has_every_command_as_it_is(kata: Path) -> None:  # noqa: ARG001  (it is where we are)
    """The page for learners: each line of its table is a command, and its own words are run or asked for help."""
    text = (ROOT / "docs/learning.md").read_text()
    named = re.findall(r"^\| `checker ([a-z]+)( [^`]+)?`", text, re.MULTILINE)
    commands = {"next", "watch", "run", "hint", "explain", "list", "history", "solution", "reset", "update"}
    assert {name for name, _ in named} == commands
    for name, arguments in named:
        safe = name in ("next", "hint", "explain", "list", "history", "reset")  # the others have tests of their own
        done = checker(name, *(arguments.split() if safe else ["--help"]))
        assert done.exit_code == 0, done.output
