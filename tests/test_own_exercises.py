"""Exercises of an instructor's own are taken like ours: docs/writing-exercises.md, and its example."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import CliRunner, Result

from checker import __version__, catalog
from checker.authoring import reference
from checker.classroom import classwork, course_file, fleet, jobs
from checker.classroom.jobs import Job, Programs
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Submission
from checker.session.grader import Grader

DOCS = Path(__file__).parent.parent / "docs"
EXAMPLE = DOCS / "example-course"
NAME = "32_roll_call"
PROGRAM = re.compile(r"```python\n(.*?)```", re.DOTALL)


def checker(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, list(map(str, arguments)))


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A copy of the example, which a test may break."""
    return Path(shutil.copytree(EXAMPLE, tmp_path / "own"))


# --- the pages ------------------------------------------------------------------------------------


def test_the_reference_is_made_from_the_docstrings() -> None:
    """If not: python -m checker.authoring.reference > docs/checks-reference.md."""
    assert (DOCS / "checks-reference.md").read_text("utf-8") == reference.page()


def test_the_reference_has_everything() -> None:
    """Each demand and each method of the world, with what it does."""
    page = reference.page()
    lines = [line for line in page.splitlines() if line.startswith("- ")]
    assert all(re.fullmatch(r"- `[^`]+`: \S.*", line) for line in lines)
    for name in ("run.expect_in_flight(", "run.expect_rate_limit(", "world.operation(", "world.visitors(", "`race`"):
        assert name in page


def test_what_the_page_shows_is_in_the_example() -> None:
    """Word for word, so that what it shows has been run."""
    programs = PROGRAM.findall((DOCS / "writing-exercises.md").read_text("utf-8"))
    texts = [file.read_text("utf-8") for file in EXAMPLE.rglob("*.py")]
    assert len(programs) == 4
    assert [program for program in programs if not any(program in text for text in texts)] == []


# --- new and lint -----------------------------------------------------------------------------------


def test_a_new_exercise_says_what_is_to_be_done(tmp_path: Path) -> None:
    """`checker new` writes an exercise in which nothing is wrong but that it is not yet somebody's own."""
    made = checker("new", NAME, "--in", tmp_path)
    assert made.exit_code == 0
    assert "then: checker lint" in made.output
    told = checker("lint", "--no-run", tmp_path).output.splitlines()
    assert [line for line in told if "TODO" not in line and "write 3 or more" not in line] == []
    assert any("README.md:3 still says TODO; write it" in line for line in told)


def test_a_new_exercise_runs(tmp_path: Path) -> None:
    """Its stub, solution and attempts do what they should before anything is changed."""
    checker("new", NAME, "--in", tmp_path)
    for file in (each for each in tmp_path.rglob("*.*") if each.is_file()):
        file.write_text(file.read_text().replace("TODO", "done"))
    shutil.rmtree(tmp_path / "tests")
    linted = checker("lint", tmp_path)
    assert linted.output == "No problems found.\n"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("roll_call", "called like 32_roll_call: two digits"),
        ("03_again", "the number 03 is that of 03_pooled_downloads; the first that is free is 32"),
    ],
)
def test_names_that_cannot_be_taken(tmp_path: Path, name: str, said: str) -> None:
    """Numbers are one learner's word for an exercise: each means one."""
    refused = checker("new", name, "--in", tmp_path)
    assert (refused.exit_code, said in refused.output) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_solution_without_an_exercise_is_not_written_over(tmp_path: Path) -> None:
    """Its exercise was renamed, or is not written yet."""
    solution = tmp_path / "solutions" / NAME / "attempt.py"
    solution.parent.mkdir(parents=True)
    solution.write_text("mine = True\n")
    refused = checker("new", NAME, "--in", tmp_path)
    assert (refused.exit_code, "is there already" in refused.output) == (2, True)
    assert solution.read_text() == "mine = True\n"
    assert not (tmp_path / "exercises").exists()


@pytest.mark.timeout(300)
def test_the_example_behaves() -> None:
    """The command of the page: nothing is wrong, and all of its attempts get what they should."""
    linted = checker("lint", "--attempts", EXAMPLE)
    assert linted.output == "No problems found.\n"


def test_namesakes_of_two_courses_keep_their_own_checks(tmp_path: Path) -> None:
    """One process grades both, one after the other."""
    attempt = (EXAMPLE / "solutions" / NAME / "attempt.py").read_bytes()
    checker("new", NAME, "--in", tmp_path)
    with Grader() as grader:
        results = [grader.grade(catalog.load(root / "exercises" / NAME), attempt) for root in (tmp_path, EXAMPLE)]
    assert [str(result.diagnosis.code) if result.diagnosis else "" for result in results] == ["MISSING", ""]


# --- in a course ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            'own_exercises = [".."]\n[exercises.03]',
            "line 1: own_exercises.0: '..' is not below the folder of this file",
        ),
        ('own_exercises = ["nowhere"]\n[exercises.03]', "line 1: own_exercises.0: 'nowhere' has no exercises/"),
        ('own_exercises = ["."]\n[exercises.33]', "line 2: exercises.33: no exercise 33; there are: 01"),
    ],
)
def test_what_is_wrong_with_a_course(own: Path, text: str, said: str) -> None:
    """Named with its line."""
    (own / "course.toml").write_text(text)
    with pytest.raises(course_file.CourseError, match=re.escape(said)):
        course_file.read(own / "course.toml")


def test_a_number_of_ours_is_taken(own: Path) -> None:
    """Which of the two is meant would depend on who asks."""
    (own / "exercises" / NAME).rename(own / "exercises" / "03_roll_call")
    with pytest.raises(course_file.CourseError, match="the number 03 is that of 03_pooled_downloads"):
        course_file.read(own / "course.toml")


def hand_in(folder: Path, name: str) -> None:
    (folder / "ada").mkdir(parents=True)
    shutil.copy(EXAMPLE / "tests" / "attempts" / NAME / name, folder / "ada" / "32.py")


def graded(path: Path, *options: str | Path) -> Any:
    """The one submission there is."""
    file = path.with_suffix(".json")
    assert checker("grade", path, *options, "--json", file).exit_code == 1
    (only,) = json.loads(file.read_text())["submissions"]
    return only


def test_it_is_graded_and_exported_like_ours(own: Path, tmp_path: Path) -> None:
    """Its weight counts, reports know its title, and a gradebook without the folder still exports marks."""
    hand_in(tmp_path / "class", "wrong/awaits_in_a_loop.py")
    book = tmp_path / "class.db"
    ada = graded(tmp_path / "class", "--course", own / "course.toml", "--gradebook", book)
    assert [(each["exercise"], each["score"], each["max_score"]) for each in ada["exercises"]] == [
        ("03", 0.0, 10.0),
        ("32", 6.0, 20.0),
    ]
    assert ada["exercises"][1]["diagnosis"]["code"] == "SERIAL"
    assert checker("export", book, "--format", "html", "--output", tmp_path / "html").exit_code == 0
    assert "Roll call" in (tmp_path / "html" / "index.html").read_text()
    shutil.rmtree(own)
    export: list[str | Path] = [
        sys.executable,
        "-m",
        "checker",
        "export",
        book,
        "--format",
        "csv",
        "--output",
        tmp_path / "marks.csv",
    ]
    subprocess.run(export, check=True, timeout=60)
    assert "SERIAL" in (tmp_path / "marks.csv").read_text()


def test_exercises_that_only_a_gradebook_names_are_not_run(own: Path, tmp_path: Path) -> None:
    """Their checks are programs, and the file may be from anywhere: the command line has to name them, too."""
    hand_in(tmp_path / "class", "wrong/awaits_in_a_loop.py")
    book = tmp_path / "class.db"
    graded(tmp_path / "class", "--course", own / "course.toml", "--gradebook", book)
    checks = own / "exercises" / NAME / "test_attempt.py"
    checks.write_text(f"open({str(tmp_path / 'ran')!r}, 'w')\n" + checks.read_text())
    appeal: list[str | Path] = ["regrade", book, "ada", "32", "--why", "x"]
    for command in (["grade", tmp_path / "class", "--gradebook", book], appeal):
        refused = checker(*command)
        assert (refused.exit_code, "say --course with its file" in refused.output) == (1, True), refused.output
    assert not (tmp_path / "ran").exists()
    assert "count from now on" in checker(*appeal, "--course", own / "course.toml").output
    assert (tmp_path / "ran").exists()


def test_a_course_without_them_leaves_alone_what_was_handed_in_for_them(own: Path, tmp_path: Path) -> None:
    """An earlier run was interrupted before it had graded that."""
    attempts = [HandIn(exercise="32", text=b"1 +")]
    with Gradebook(tmp_path / "class.db") as opened:
        programs = Programs(further=(str(own),))
        classwork.enter(opened, [Submission(name="ada", attempts=attempts)], programs=programs)
    (tmp_path / "course.toml").write_text("[exercises.01]\n")
    (tmp_path / "ben_01.py").write_text("1 +\n")
    book = tmp_path / "class.db"
    done = checker("grade", tmp_path / "ben_01.py", "--course", tmp_path / "course.toml", "--gradebook", book)
    assert (done.exit_code, "SYNTAX" in done.output) == (1, True), done.output
    merged = checker("merge", tmp_path / "all.db", book)
    assert "1 attempts are graded, 0 are not." in merged.output


def test_a_repository_for_learners(own: Path, tmp_path: Path) -> None:
    """It has the exercise, and what grades it beside the course; no solution. What is graded is the copy."""
    kata = tmp_path / "kata"
    made = checker("template", kata, "--course", own / "course.toml", "--package", "concurrency-kata")
    assert made.exit_code == 0, made.output
    assert sorted(each.name for each in (kata / "exercises").iterdir()) == ["03_pooled_downloads", NAME]
    assert not [file for file in kata.rglob("*") if "solutions" in file.parts]
    shutil.copy(EXAMPLE / "solutions" / NAME / "attempt.py", kata / "exercises" / NAME)
    (kata / "exercises" / NAME / "test_attempt.py").write_text("def test_nothing():\n    pass\n")
    only = graded(kata, "--course", kata / ".github/course.toml")
    assert [each["score"] for each in only["exercises"] if each["exercise"] == "32"] == [20.0]


def test_an_autograder(own: Path, tmp_path: Path) -> None:
    """Gradescope's archive has the course, the exercise and its solution, beside each other."""
    archive = tmp_path / "autograder.zip"
    made = checker("gradescope", archive, "--course", own / "course.toml", "--package", "x", "--exercise", "32")
    assert made.exit_code == 0, made.output
    with zipfile.ZipFile(archive) as opened:
        names = set(opened.namelist())
        opened.extractall(tmp_path / "source")
        unreadable = [each.filename for each in opened.infolist() if not (each.external_attr >> 16) & 0o004]
    assert unreadable == [], "unzip, run by root, leaves these to root, and who grades there is not root"
    wanted = {"course.toml", f"exercises/{NAME}/test_attempt.py", f"solutions/{NAME}/attempt.py", "run_autograder"}
    assert wanted <= names
    assert course_file.read(tmp_path / "source" / "course.toml").numbers == ["03", "32"]


def test_a_worker_that_has_other_exercises_grades_none(own: Path) -> None:
    """Its marks would be those of other checks."""
    known = jobs.exercises((str(own),))["32"]
    here = Job(key=jobs.key(known, b""), exercise="32", text=b"", further=(str(own / "elsewhere"),))
    for job in (here, msgspec.structs.replace(here, key="other", further=(str(own),))):
        with pytest.raises(fleet.FleetError, match="exercise 32 is not the same on a worker as here"):
            fleet.perform(jobs.encoded(job, "whole"), __version__, "process")
