"""`checker grade` on a class, by the command line, as an instructor runs it."""

from __future__ import annotations

import base64
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker import catalog
from checker.classroom import classwork
from checker.classroom.submissions import search
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Ignored, Person, Submission
from checker.report.model import Learner
from tests.test_exports import records

ROOT = Path(__file__).parent.parent
RIGHT = ROOT / "solutions"
STUBS = ROOT / "exercises"


@pytest.fixture
def class_folder(tmp_path: Path) -> Path:
    """Six learners in three shapes: right, wrong, twice the same, broken, nothing."""
    folder = tmp_path / "class"
    ada = folder / "kata-ada" / "exercises" / "01_two_jobs"
    ada.mkdir(parents=True)
    (ada / "attempt.py").write_bytes((RIGHT / "01_two_jobs/attempt.py").read_bytes())
    (folder / "bob_11.py").write_bytes((RIGHT / "11_tasks_not_awaits/attempt.py").read_bytes())
    (folder / "eve_11.py").write_bytes((RIGHT / "11_tasks_not_awaits/attempt.py").read_bytes())
    (folder / "cyd_11.py").write_bytes((STUBS / "11_tasks_not_awaits/sync.py").read_bytes())
    (folder / "dan_01.py").write_text("def run_both(job_a, job_b)\n")
    (folder / "fay").mkdir()
    (folder / "fay" / "01.py").write_text("import os\nos._exit(0)\n")
    return folder


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "checker", *map(str, arguments)]


def grade(folder: Path, book: Path, *more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command("grade", folder, "--gradebook", book, *more), capture_output=True, text=True, timeout=300, check=False
    )


def marks(book: Path) -> dict[tuple[str, str], tuple[str, float, str]]:
    found = {}
    with Gradebook(book) as opened:
        for submission, exercise, key in opened.handins():
            result = opened.latest(key)
            assert result is not None
            code = result.diagnosis.code if result.diagnosis is not None else ""
            found[submission, exercise] = (str(result.verdict), result.score, str(code))
    return found


EXPECTED = {
    ("kata-ada", "01"): ("passed", 10.0, ""),
    ("bob", "11"): ("passed", 10.0, ""),
    ("eve", "11"): ("passed", 10.0, ""),
    ("cyd", "11"): ("failed", 2.0, "SERIAL"),
    ("dan", "01"): ("failed", 0.0, "SYNTAX_ERROR"),
    ("fay", "01"): ("failed", 0.0, "CRASHED"),
}


def test_a_class_and_its_roster(class_folder: Path, tmp_path: Path) -> None:
    """Marks for all, identical ones told, who handed in nothing told; the second run grades nothing."""
    roster = tmp_path / "roster.csv"
    roster.write_text("Student,ID\nada,1\nbob,2\ncyd,3\ndan,4\neve,5\nfay,6\ngus,7\n")
    book = tmp_path / "class.db"
    first = grade(class_folder, book, "--roster", str(roster))
    assert first.returncode == 1, first.stderr
    assert marks(book) == EXPECTED
    assert "Identical attempts: bob 11, eve 11" in first.stdout
    assert "Nothing handed in: gus" in first.stdout
    second = grade(class_folder, book)
    assert "5 of 5 attempts are graded already" in second.stderr
    with Gradebook(book) as opened:
        assert {len(opened.history(key)) for _, _, key in opened.handins()} == {1}


def test_the_made_class_is_read() -> None:
    """Repositories, files with names and numbers, zips and names as Canvas makes them, in one folder."""
    known = catalog.load_all(catalog.own_exercises())
    found = {each.name: each for each in search.find(ROOT / "tests/data/class", known)}
    assert {name: [attempt.exercise for attempt in each.attempts] for name, each in found.items()} == {
        "kata-ada": ["01", "03", "11"], "kata-ben": ["01", "03"], "kata-cleo": ["05", "11"],
        "dora": ["01", "03"], "emil": ["11"], "finn": ["11"], "gina": ["03"], "hugo": ["01", "12"], "ines": ["03"],
        "jan": [], "kimlee": ["03"], "lopezmia": ["01"], "moe": ["01"],
    }  # fmt: skip
    assert [each.why for each in found["ines"].ignored] == ["its name points out of the zip"]
    assert "not a zip" in found["jan"].ignored[0].why


def test_killed_again_and_again(class_folder: Path, tmp_path: Path) -> None:
    """kill -9 at any moment, and go on: the same marks in the end, and nothing that was done is done again."""
    book, chance = tmp_path / "class.db", random.Random(4)
    for _ in range(4):
        run = subprocess.Popen(
            command("grade", class_folder, "--gradebook", book), start_new_session=True, stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(chance.uniform(0.5, 4.0))
        os.kill(run.pid, signal.SIGKILL)
        run.wait()
    assert grade(class_folder, book).returncode == 1
    assert marks(book) == EXPECTED
    with Gradebook(book) as opened:
        assert {len(opened.history(key)) for _, _, key in opened.handins()} == {1}


def test_shards_are_one_run_in_parts(class_folder: Path, tmp_path: Path) -> None:
    """Each shard grades its own part; merged, they are what one run would be."""
    books = [tmp_path / "1.db", tmp_path / "2.db"]
    for number, book in enumerate(books, 1):
        grade(class_folder, book, "--shard", f"{number}/2")
    merged = subprocess.run(
        command("merge", tmp_path / "all.db", *books), capture_output=True, text=True, timeout=60, check=False
    )
    assert (merged.returncode, "6 attempts are graded, 0 are not" in merged.stdout) == (0, True), merged.stdout
    assert marks(tmp_path / "all.db") == EXPECTED


def test_two_of_one_name_are_told(class_folder: Path, tmp_path: Path) -> None:
    """Nobody's work is replaced by a namesake's."""
    done = subprocess.run(
        command("grade", class_folder / "dan_01.py", class_folder, "--gradebook", tmp_path / "class.db"),
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert (done.returncode, "two submissions are called dan" in done.stderr) == (2, True)


def test_regrade_keeps_what_was(class_folder: Path, tmp_path: Path) -> None:
    """--regrade all grades everything again; the earlier results stay in the history."""
    book = tmp_path / "class.db"
    grade(class_folder / "dan_01.py", book)
    grade(class_folder / "dan_01.py", book, "--regrade", "inconclusive")
    with Gradebook(book) as opened:
        (key,) = [key for _, _, key in opened.handins()]
        assert len(opened.history(key)) == 1
    grade(class_folder / "dan_01.py", book, "--regrade", "all")
    with Gradebook(book) as opened:
        assert len(opened.history(key)) == 2


def test_an_appeal(class_folder: Path, tmp_path: Path) -> None:
    """Graded alone, three times; every result and the reason are kept, and that in the middle counts."""
    book = tmp_path / "class.db"
    grade(class_folder / "dan_01.py", book)
    done = CliRunner().invoke(main, ["regrade", str(book), "dan", "1", "--why", "it was right"])
    assert (done.exit_code, "dan 01: failed, 0 of 10 points count from now on" in done.output) == (1, True), done.output
    wrong = CliRunner().invoke(main, ["regrade", str(book), "eve", "1", "--why", "x"])
    assert (wrong.exit_code, "nothing is known that 'eve'" in wrong.output) == (2, True)
    with Gradebook(book) as opened:
        ((_, _, key),) = opened.handins()
        assert len(opened.history(key)) == 4
        assert [why for *_, why in opened.appeals()] == ["it was right"]
    exported = CliRunner().invoke(main, ["export", str(book), "--format", "history"])
    rows = records(exported.output)
    assert [[row[key] for key in ("verdict", "score", "diagnosis", "appeals")] for row in rows] == [
        ["failed", "0", "SYNTAX_ERROR", "it was right"]
    ] * 4


def test_an_appeal_is_that_of_the_roster_s_learner(tmp_path: Path) -> None:
    """Whoever calls a file 101_01.py has a submission of that name, and the learner with that id has another."""
    ada, eve = Person(name="Ada", platform="gradescope", sid="101"), Person(name="101")
    with Gradebook(tmp_path / "class.db") as book:
        book.enrol([Learner(id="101", name="Ada"), Learner(id="102", name="Eve")])
        for person in (ada, eve):
            attempts = [HandIn(exercise="01", text=f"def {person.name}".encode())]
            book.enter(Submission(name=person.name, attempts=attempts, people=[person]), {"01": person.name})
    done = CliRunner().invoke(main, ["regrade", str(tmp_path / "class.db"), "101", "1", "--why", "x"])
    assert "Ada 01: failed" in done.output


def test_leftovers_are_a_file(class_folder: Path, tmp_path: Path) -> None:
    """Everything that was not taken or given to nobody, with its reason."""
    (class_folder / "03.py").write_text("# whose?\n")
    (class_folder / "kata-ada" / "Exercises").mkdir()
    with Gradebook(tmp_path / "class.db") as book:
        left_out: list[Ignored] = []
        found = list(search.find(class_folder, catalog.load_all(catalog.own_exercises()), None, left_out))
        classwork.enter(book, found)
        book.leave_out("class", left_out)
    output = tmp_path / "leftovers.csv"
    arguments = ["export", str(tmp_path / "class.db"), "--format", "leftovers", "--output", str(output)]
    assert CliRunner().invoke(main, arguments).exit_code == 0
    text = output.read_text()
    assert '03.py,"its name names nobody' in text
    assert 'Exercises,"it is not called exercises/' in text


def failing(*arguments: str) -> str:
    """What `checker grade` says, which grades nothing."""
    done = CliRunner().invoke(main, ["grade", *arguments])
    assert done.exit_code == 2, done.output
    return done.output


def test_a_folder_s_name_need_not_be_utf_8(tmp_path: Path) -> None:
    """Such as one from an old zip: what is left out there is kept like anything else, and so is the course."""
    (home := Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xdcbung"))).mkdir()
    for name, text in (
        ("ada_03.py", "def f(:\n"), ("notes.txt", ""), ("course.toml", "[exercises.03]\n"),
        ("roster.csv", "Name,ID\nAda,1\nBen,2\nCal,2\n"),
    ):  # fmt: skip
        (home / name).write_text(text)
    given = ["--course", str(home / "course.toml"), "--roster", str(home / "roster.csv")]
    done = CliRunner().invoke(main, ["grade", str(home), "--gradebook", str(tmp_path / "class.db"), *given])
    assert done.exit_code == 1, done
    with Gradebook(tmp_path / "class.db") as opened:
        left_out = opened.left_out()
    assert len(left_out) == 5
    assert any("?bung/roster.csv, Ben: somebody else has the same" in each.why for each in left_out)


def test_a_run_that_fails_leaves_nothing(tmp_path: Path) -> None:
    """Not what it asked for, which would count for ever, nor its roster, nor those whom it had read already."""
    book, roster = ["--gradebook", str(tmp_path / "class.db")], ["--roster", str(tmp_path / "roster.csv")]
    for name in ("class/ada.py", "class/ben.py", "more/ada_03.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("def f(:\n")
    (tmp_path / "roster.csv").write_text("Name,ID\nada,1\n")
    here, more = str(tmp_path / "class"), str(tmp_path / "more")
    assert "say --exercise NN" in failing(here, *book, *roster, "--due", "2027-01-01")
    assert "no such file" in failing(f"{here}es", *book)
    assert "two submissions are called ada" in failing(here, more, "--exercise", "03", *book)
    with Gradebook(tmp_path / "class.db") as opened:
        assert (opened.settings(), opened.submissions(), opened.roster()) == ({}, [], [])
    assert CliRunner().invoke(main, ["grade", here, "--exercise", "03", *book]).exit_code == 1
    failing(f"{here}es", "--exercise", "11", *book, *roster)
    with Gradebook(tmp_path / "class.db") as opened:
        report = classwork.report(opened)
    assert [(each.submission, each.max_score, each.late) for each in report.submissions] == [
        ("ada", 10.0, None), ("ben", 10.0, None)
    ]  # fmt: skip


def test_a_run_that_fails_on_github_says_out_of_what(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The points of the exercise that was asked for, whether it cannot be graded or there are several to grade."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.setenv(name, str(tmp_path / name))
    folder = tmp_path / "work"
    folder.mkdir()
    for name in ("notes.txt", "ada.py", "ben.py"):
        (folder / name).write_text("x = 1\n")
        if name != "ada.py":
            book = tmp_path / f"{name}.db"
            failing(str(folder), "--exercise", "03", "--github", "--gradebook", str(book))
            missed = (tmp_path / "GITHUB_OUTPUT").read_text().splitlines()[-1].removeprefix("missed=")
            assert json.loads(base64.b64decode(missed))["max_score"] == 10
            with Gradebook(book) as opened:
                assert (opened.settings(), opened.submissions()) == ({}, [])


def test_github_actions(class_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The step's summary, its output for the reporter, and annotations at the learner's lines."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.setenv(name, str(tmp_path / name))
    done = subprocess.run(
        command("grade", class_folder / "dan_01.py", "--github"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert "::error file=" in done.stdout
    assert "SYNTAX" in (tmp_path / "GITHUB_STEP_SUMMARY").read_text()
    outputs = (tmp_path / "GITHUB_OUTPUT").read_text().splitlines()
    assert [line.partition("=")[0] for line in outputs] == ["earned", "missed"]


STEERING = """
def run_both(job_a, job_b):
    raise RuntimeError("x " * 40 + "\\n::stop-commands::mine\\n::add-mask::passed ##[add-mask]points")
"""


def test_no_text_of_a_learner_is_a_command_to_the_runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read as GitHub's runner does (ActionCommandManager.cs), only our annotations are; wherever a table is folded."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "ada_01.py").write_text(STEERING)
    done = CliRunner().invoke(main, ["grade", str(tmp_path / "ada_01.py"), "--github"], env={"COLUMNS": "100"})
    assert "add-mask" in done.stdout.partition("::error")[0]
    assert set(commands(done.stdout)) == {"::error"}, done.stdout


@pytest.mark.parametrize("arguments", [["."], [".", "--exercise", "01"], ["{}", "--course", "::warning::x.toml"]])
def test_no_name_is_a_command_where_nothing_can_be_graded(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Names of files are in the lines of an error: those are no commands either, and no Markdown of the summary."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.setenv(name, str(tmp_path / name))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    for name in ("::notice title=Autograding::all points earned.py", "![x](https:kata).py", "##[add-mask]points.py"):
        (work / name).write_text("x = 1")
    (work / "::warning::x.toml").write_text("::notice::x\n")
    done = CliRunner().invoke(main, ["grade", *(each.format(work) for each in arguments), "--github"])
    assert (done.exit_code, "Error: " in done.stdout, done.stderr) == (2, True, ""), done.output
    found = commands(done.stdout)
    assert (len(found) <= 1, all(each.startswith("::error::") for each in found)) == (True, True), done.stdout
    summary = tmp_path / "GITHUB_STEP_SUMMARY"
    if summary.exists():
        assert summary.read_text().startswith("```text\n")


def commands(printed: str) -> list[str]:
    """What the runner does."""
    stopped_by, found = "", []
    for line in map(str.strip, printed.splitlines()):
        if stopped_by:
            stopped_by = "" if line == f"::{stopped_by}::" else stopped_by
        elif line.startswith("::stop-commands::"):
            stopped_by = line.rpartition("::")[2]
        elif line.startswith("::") or "##[" in line:
            found.append(line.split()[0])
    return found


def test_github_actions_without_exercises(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A repository without exercises/ has a result that says so; so has a folder of several learners."""
    for name in ("GITHUB_STEP_SUMMARY", "GITHUB_OUTPUT"):
        monkeypatch.setenv(name, str(tmp_path / name))
    (tmp_path / "kata").mkdir()
    (tmp_path / "kata" / "README.md").write_text("mine")
    done = CliRunner().invoke(main, ["grade", str(tmp_path / "kata"), "--github"])
    assert (done.exit_code, "::error::" in done.output) == (2, True)
    missed = (tmp_path / "GITHUB_OUTPUT").read_text().splitlines()[1].removeprefix("missed=")
    document = json.loads(base64.b64decode(missed))
    assert document["max_score"] >= 150
    assert "nothing in it can be graded" in document["tests"][0]["message"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--shard", "3/2"], "expected I/N"),
        (["--gradebook", "{}/nowhere/class.db"], "there is no folder"),
        (["--json", "{}/nowhere/out.json"], "No such file"),
        (["--github"], "GITHUB_STEP_SUMMARY"),
        (["--github", "--json", "-"], "give --json a file"),
    ],
    ids=["shard", "gradebook", "json", "not in GitHub Actions", "json between commands"],
)
def test_usage(class_folder: Path, tmp_path: Path, arguments: list[str], words: str) -> None:
    """What cannot work is said in a sentence, before anything is graded."""
    filled = [argument.format(tmp_path) for argument in arguments]
    done = subprocess.run(
        command("grade", class_folder, *filled), capture_output=True, text=True, timeout=60, check=False,
        env={name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")},
    )  # fmt: skip
    assert done.returncode in (1, 2)
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_json_is_written_too(class_folder: Path) -> None:
    """--json - is nothing but the report on standard output."""
    done = subprocess.run(
        command("grade", class_folder / "dan_01.py", "--json", "-"),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    (submission,) = json.loads(done.stdout)["submissions"]
    assert (submission["submission"], submission["exercises"][0]["verdict"]) == ("dan", "failed")
