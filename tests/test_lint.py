"""`checker lint`: everything that is wrong with an exercise, at once, each with what to do."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from checker import catalog
from checker.authoring import attempts, behaviour
from checker.commands.cli import main
from checker.model.answer import AttemptResult, CheckResult, Diagnosis, Verdict
from checker.model.codes import Code

ROOT = Path(__file__).parent.parent


def checker(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def exercise(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of an exercise and its solution that a test may break."""
    for kind in ("exercises", "solutions"):
        shutil.copytree(ROOT / kind / "01_two_jobs", tmp_path / kind / "01_two_jobs")
    shutil.copytree(ROOT / "tests/attempts/01_two_jobs", tmp_path / "tests/attempts/01_two_jobs")
    shutil.copy(ROOT / "README.md", tmp_path)
    (tmp_path / "exercises" / "03_later").mkdir()
    monkeypatch.setattr(catalog, "own_solutions", lambda: tmp_path / "solutions")
    return tmp_path / "exercises" / "01_two_jobs"


def test_our_own_exercises_are_clean() -> None:
    """Lint finds nothing to say about the exercises of this repository."""
    done = checker("lint", "--no-run")
    assert done.output == "No problems found.\n"
    assert done.exit_code == 0


LONG_PROGRAM = "```python\n" + "print()\n" * 14 + "```\n```text\n\n```\n"
BREAKS: dict[str, tuple[str, Callable[[str], str], str]] = {
    "attempt differs": ("attempt.py", lambda text: text + "\n", "attempt.py is not an exact copy of sync.py"),
    "async stub": ("sync.py", lambda text: text.replace("def ", "async def "), "has an `async def`"),
    "syntax error": ("sync.py", lambda text: text + "(", "is not valid Python"),
    "hint missing": ("README.md", lambda text: text.replace("Start both", "X"), "does not have hint 2"),
    "no question": ("README.md", lambda text: text.replace("**Predict:**", "**Guess:**"), "no `**Predict:** ...`"),
    "no look": ("README.md", lambda text: text.replace("checker run 01", ""), "has no 'checker run 01'"),
    "no program": ("README.md", lambda text: text.replace("```text", "```"), "no program to run"),
    "nothing checked": ("README.md", lambda text: text.replace("\n- ", "\n"), "'What is checked' is empty"),
    "too long": ("README.md", lambda text: text.replace("## Hints", "word " * 1000), "words are not folded"),
    "long program": (
        "README.md",
        lambda text: text.replace("## What you need to know\n", "## What you need to know\n" + LONG_PROGRAM),
        "show the tool in 13 at most",
    ),
    "hint with code": (
        "exercise.toml",
        lambda text: text.replace('hints = [\n    "', 'hints = [\n    "`start()` '),
        "hint 1 shows code",
    ),
    "hint without code": (
        "exercise.toml",
        lambda text: text.replace("`", "").replace("    ", ""),
        "hint 3 shows no code",
    ),
    "no next": ("README.md", lambda text: text.replace("Next: ", "Then: "), "the last line is not `Next:"),
    "wrong next": (
        "README.md",
        lambda text: f"{text}\nNext: [01 Two jobs](../01_two_jobs/README.md)",
        "the last line leads from 01_two_jobs to 01_two_jobs",
    ),
    "no section": ("README.md", lambda text: text.replace("## What is checked", ""), "'## What is checked'"),
    "points": ("test_attempt.py", lambda text: text.replace("points(5)", "points(6)"), "the points add up to 11"),
    "cheap race": ("test_attempt.py", lambda text: text.replace("points(5)", "points(0.5)"), "is timed, and worth 0.5"),
    "no docstring": (
        "test_attempt.py",
        lambda text: text.replace('    """When the answers are there, no thread is left."""\n', ""),
        "test_no_thread_is_left has no docstring",
    ),
    "no race": ("test_attempt.py", lambda text: text.replace("race", "rice"), "no check takes the `race` fixture"),
    "goal": ("exercise.toml", lambda text: text.replace("goal = 1.5", "goal = 2.5"), "must be less than the limit"),
    "metadata": ("exercise.toml", lambda text: text.replace("goal", "gaol"), "there is no field 'gaol'"),
    "undeclared": (
        "scenario.py",
        lambda text: text.replace(" -> list[object]:", ":"),
        "scenario.py: in_turn does not say what it returns",
    ),
    "declared in other words": (
        "scenario.py",
        lambda text: text.replace(" -> list[object]:", " -> Sequence[object]:"),
        "scenario.py: -> Sequence[object]: write it with builtin types",
    ),
    "subscript": (
        "scenario.py",
        lambda text: text.replace(" -> list[object]:", " -> int[object]:"),
        "scenario.py: -> int[object]: write it with builtin types",
    ),
    "scenario": ("scenario.py", lambda text: text + "\n(", "scenario.py:"),
    "empty": ("README.md", lambda _: "\n", "README.md is empty"),
    "points by keyword": (
        "test_attempt.py",
        lambda text: text.replace("points(5)", "points(n=5)"),
        "the points of test_two_jobs_take_little_longer_than_one are not a number",
    ),
    "points that are computed": (
        "test_attempt.py",
        lambda text: text.replace("points(5)", "points(2 + 3)"),
        "the points of test_two_jobs_take_little_longer_than_one are not a number",
    ),
    "requires": (
        "exercise.toml",
        lambda text: text.replace("requires = []", 'requires = ["05"]'),
        "does not come before",
    ),
}


@pytest.mark.parametrize("how", BREAKS)
def test_lint_names_what_is_broken(exercise: Path, how: str) -> None:
    """One line per problem, and exit code 1."""
    name, change, words = BREAKS[how]
    file = exercise / name
    file.write_text(str(change(file.read_text())))
    done = checker("lint", "--no-run", str(exercise))
    assert done.exit_code == 1
    assert words in done.output


def test_lint_reads_texts_in_another_encoding(exercise: Path) -> None:
    """What an editor on Windows saved is told, and nothing is a traceback."""
    for kind in ("right", "wrong"):
        attempt = exercise.parent.parent / "tests/attempts" / exercise.name / kind / "x.py"
        attempt.write_bytes("# LOST: für sich\n".encode("latin-1"))
    (exercise / "README.md").write_bytes((exercise / "README.md").read_bytes() + b"\n\xe4\n")
    assert "README.md is not a text in UTF-8" in checker("lint", "--no-run", str(exercise)).output


def test_lint_leaves_hidden_files_alone(exercise: Path) -> None:
    """Emacs locks what is being changed with a link that leads nowhere; others have files of their own."""
    before = checker("lint", "--no-run", str(exercise)).output
    attempts = exercise.parent.parent / "tests/attempts" / exercise.name
    for file in (exercise / ".#sync.py", attempts / "right/.#x.py", attempts / "wrong/.#x.py"):
        file.symlink_to("ada@laptop.1234:5678")
    (exercise / ".DS_Store").touch()
    assert checker("lint", "--no-run", str(exercise)).output == before


def test_points_of_all_kinds_are_added(exercise: Path) -> None:
    """Of an `async def`, with `mark` imported by its name, and with sums that floats do not hold."""
    points = "from pytest import mark\n\n\n"
    for number, worth in enumerate((1.1, 2.2, 0.1, 0.2, 6.4)):
        arguments = "race" if number == 4 else ""
        points += f'@mark.points({worth})\nasync def test_{number}({arguments}):\n    """{number}."""\n\n\n'
    (exercise / "test_attempt.py").write_text(points)
    assert "test_attempt.py" not in checker("lint", "--no-run", str(exercise)).output


def test_an_author_s_readme_needs_no_table(exercise: Path) -> None:
    """One of a course, above its own exercises."""
    (exercise.parent.parent / "README.md").write_text("# My course\n")
    assert "table" not in checker("lint", "--no-run", str(exercise)).output


def test_lint_names_missing_and_stray_files(exercise: Path) -> None:
    """Missing files, stray files and a missing solution are each a line."""
    (exercise / "README.md").unlink()
    (exercise / "notes.txt").touch()
    shutil.rmtree(exercise.parent.parent / "solutions" / exercise.name)
    done = checker("lint", "--no-run", str(exercise))
    for words in ("README.md is missing; write it", "notes.txt does not belong there", "there is no solution"):
        assert words in done.output


def test_lint_runs_stub_and_solution(exercise: Path) -> None:
    """A stub that is fast, and a solution that is slow, are found by running them."""
    solution = exercise.parent.parent / "solutions" / exercise.name / "attempt.py"
    (exercise / "sync.py").rename(exercise.parent / "swap.py")
    solution.rename(exercise / "sync.py")
    (exercise.parent / "swap.py").rename(solution)
    shutil.copy(exercise / "sync.py", exercise / "attempt.py")
    done = checker("lint", str(exercise))
    assert "the stub is passed at the timed check 'test_two_jobs_take_little_longer_than_one'" in done.output
    assert "the solution is failed at 'test_two_jobs_take_little_longer_than_one'" in done.output


def test_lint_tells_everything_at_once(exercise: Path) -> None:
    """Wrong metadata hide nothing else; every field that is wrong has a line of its own."""
    (exercise / "exercise.toml").write_text('title = 7\nlevel = 9\nhints = []\ncolour = "red"\n')
    (exercise / "attempt.py").write_text("x = 1\n")
    (exercise / "README.md").write_text("# Nothing\n")
    done = checker("lint", "--no-run", str(exercise))
    for words in (
        "title is not right", "level is not right", "hints is not right", "no field 'colour'", "goal is missing",
        "not an exact copy", "no program to run", "no `**Predict:**",
    ):  # fmt: skip
        assert words in done.output


def test_lint_reads_broken_toml_as_one_problem_of_many(exercise: Path) -> None:
    """What cannot be read says so, and the rest is looked at all the same."""
    (exercise / "exercise.toml").write_text("title = ")
    (exercise / "sync.py").write_text("(")
    done = checker("lint", "--no-run", str(exercise))
    assert "exercise.toml is not TOML" in done.output
    assert "sync.py:1 is not valid Python" in done.output


def test_lint_wants_different_right_attempts(exercise: Path) -> None:
    """Other names, comments and docstrings make no other style."""
    right = exercise.parent.parent / "tests/attempts" / exercise.name / "right"
    for file in right.iterdir():
        file.unlink()
    for number in range(3):
        (right / f"copy_{number}.py").write_text(
            f'def run_both(a{number}, b):\n    """Number {number}."""\n    return a{number}(), b()  # {number}\n'
        )
    done = checker("lint", "--no-run", str(exercise))
    assert "copy_0.py and copy_1.py and copy_2.py are the same program" in done.output
    assert "has 1 different attempts" in done.output


def test_lint_looks_for_the_exercise_in_the_table(exercise: Path) -> None:
    """Who is not in the table of the project's README is found by nobody."""
    table = exercise.parent.parent / "README.md"
    table.write_text(table.read_text().replace("exercises/01_two_jobs/README.md", "elsewhere"))
    assert "the table in the project's README.md does not have it" in checker("lint", "--no-run", str(exercise)).output


def test_lint_takes_a_number() -> None:
    """A number means our own exercise; what is neither a number nor a folder is wrong usage."""
    assert checker("lint", "--no-run", "1").exit_code == 0
    done = checker("lint", "--no-run", "77")
    assert done.exit_code == 2
    assert "there is no exercise '77'" in done.output


def of_stub(**differently: object) -> AttemptResult:
    """A stub's result: one untimed check, which is as `differently` says."""
    known = {"id": "test_it", "title": "It.", "verdict": Verdict.PASSED, "score": 1, "max_score": 1, "seconds": 0.1}
    check = CheckResult(**(known | differently))  # type: ignore[arg-type]
    return AttemptResult(
        exercise="01", verdict=Verdict.FAILED, score=check.score, max_score=10, speed=None, diagnosis=None,
        attempt_sha256=None, checks=[check],
    )  # fmt: skip


def test_a_stub_earns_little() -> None:
    """Three points of ten are enough for whoever has changed nothing."""
    assert not list(behaviour.of_stub(of_stub(score=3)))
    (problem,) = behaviour.of_stub(of_stub(score=3.5))
    assert "the stub gets 3.5 of 10 points" in problem


def test_a_stub_may_fail_only_for_being_slow() -> None:
    """It is right, so that it may be called serial, but never wrong."""
    slow = Diagnosis(code=Code.SERIAL, sentence="One after the other.", hint="")
    wrong = Diagnosis(code=Code.WRONG_RESULT, sentence="That is wrong.", hint="")
    assert not list(behaviour.of_stub(of_stub(verdict=Verdict.FAILED, score=0, diagnosis=slow)))
    (problem,) = behaviour.of_stub(of_stub(verdict=Verdict.FAILED, score=0, diagnosis=wrong))
    assert "it must be correct, and only slow" in problem


def test_a_wrong_attempt_has_to_name_a_diagnosis(exercise: Path) -> None:
    """By a code that there is."""
    wrong = exercise.parent.parent / "tests/attempts" / exercise.name / "wrong"
    (wrong / "nameless.py").write_text("# wrong in some way\n")
    (wrong / "unknown.py").write_text("# TOO_SLOW: it is not quick.\n")
    done = checker("lint", "--no-run", str(exercise))
    assert "wrong/nameless.py names no diagnosis" in done.output
    assert "wrong/unknown.py names no diagnosis" in done.output


def test_lint_grades_attempts_if_asked_to(exercise: Path) -> None:
    """A right one that fails, and a wrong one that is told something else, or not in those words."""
    folder = exercise.parent.parent / "tests/attempts" / exercise.name
    kept = {"right": "thread_subclass.py", "wrong": "result_of_run.py"}
    for kind, name in kept.items():
        text = (folder / kind / name).read_text()
        shutil.rmtree(folder / kind)
        (folder / kind).mkdir()
        (folder / kind / name).write_text(text)
    right, wrong = folder / "right" / kept["right"], folder / "wrong" / kept["wrong"]
    loaded = catalog.load(exercise)
    assert list(attempts.graded(loaded)) == []
    text = wrong.read_text()
    wrong.write_text(text.replace("# LOST", "# ORDER"))
    assert next(iter(attempts.graded(loaded))).startswith("wrong/result_of_run.py is told LOST, not ORDER: ")
    wrong.write_text(text.replace("\n", "\n# Says: spaghetti\n", 1))
    right.write_text(text)
    first, second = attempts.graded(loaded)
    assert first.startswith("right/thread_subclass.py is failed: LOST: ")
    assert first.endswith("."), "a sentence, not a record"
    assert second.startswith("wrong/result_of_run.py is not told 'spaghetti': ")
