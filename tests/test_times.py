"""When something was handed in, as platforms, clones and archives say it, and what a course makes of that."""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path
from shutil import which
from zoneinfo import ZoneInfo

import pexpect
import pytest
from click.testing import CliRunner

from checker import catalog
from checker.classroom import classwork, roster
from checker.classroom.course import Course, Extension, Late, Plan
from checker.classroom.submissions import search
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.report.model import Learner

EXERCISES = catalog.load_all(catalog.own_exercises())
FAR = datetime(2027, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
FIRST, SECOND = "1772359200 +0100", "1772532000 +0100"
"""2026-03-01 and 2026-03-03, 10:00 UTC, as Git writes them."""


def handed_in(path: Path, zone: ZoneInfo | None = None) -> dict[str, str | None]:
    """By submission and exercise."""
    found = search.find(path, EXERCISES, zone=zone)
    return {f"{each.name} {attempt.exercise}": attempt.handed_in for each in found for attempt in each.attempts}


# --- clones -----------------------------------------------------------------------------------------

needs_git = pytest.mark.skipif(which("git") is None, reason="there is no git on this machine")


def git(folder: Path, *arguments: str, when: str = FIRST) -> None:
    dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "GIT_CONFIG_GLOBAL": os.devnull}
    command = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@x.org", *arguments]
    subprocess.run(command, cwd=folder, env=os.environ | dates, check=True, capture_output=True)


def asked(folder: Path, *arguments: str, said: str = "") -> str:
    """What Git answers."""
    done = subprocess.run(["git", *arguments], cwd=folder, input=said, check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """Two exercises; 03 is committed, then 11, and then a README."""
    home = tmp_path / "class" / "kata-ada"
    for name in ("03_pooled_downloads", "11_tasks_not_awaits"):
        (home / "exercises" / name).mkdir(parents=True)
        (home / "exercises" / name / "attempt.py").write_text(f"# {name}\n")
    git(home, "init", "-q")
    git(home, "add", "exercises/03_pooled_downloads")
    git(home, "commit", "-qm", "three")
    git(home, "add", ".")
    git(home, "commit", "-qm", "eleven", when=SECOND)
    (home / "README.md").write_text("later\n")
    git(home, "add", ".")
    git(home, "commit", "-qm", "a README", when="1780000000 +0000")
    return home


@needs_git
def test_a_clone_says_when_each_attempt_was_committed(clone: Path) -> None:
    """Not when something else was: a later commit of a README makes nothing late."""
    wanted = {"kata-ada 03": "2026-03-01T10:00:00+00:00", "kata-ada 11": "2026-03-03T10:00:00+00:00"}
    assert handed_in(clone.parent) == wanted
    git(clone, "gc", "-q")
    git(clone, "pack-refs", "--all")
    assert handed_in(clone.parent) == wanted
    git(clone, "checkout", "-q", "--detach")
    assert handed_in(clone.parent) == wanted


@needs_git
@pytest.mark.parametrize("branch", ["fix#3", "gr\u00fcn", "a+b@c", "ada/(final)", "\udce4"])
def test_a_branch_may_have_any_name(clone: Path, branch: str) -> None:
    """That Git allows. What is no name of a branch is not looked for."""
    wanted = handed_in(clone.parent)
    git(clone, "checkout", "-q", "-b", branch)
    assert None not in wanted.values()
    assert handed_in(clone.parent) == wanted
    git(clone, "pack-refs", "--all")
    assert handed_in(clone.parent) == wanted
    (clone / ".git/HEAD").write_text("ref: refs/heads/../../../x\n")
    assert set(handed_in(clone.parent).values()) == {None}


@needs_git
@pytest.mark.parametrize("name", ["at 23:59", 'the "last" one', "C:\\clones", "\udcdcbung"])
def test_a_clone_may_be_in_any_folder(clone: Path, tmp_path: Path, name: str) -> None:
    """Its times do not depend on what that is called."""
    wanted = handed_in(clone.parent)
    clone.parent.rename(tmp_path / name)
    assert None not in wanted.values()
    assert handed_in(tmp_path / name) == wanted


@needs_git
def test_a_shallow_clone_knows_its_last_commit(clone: Path, tmp_path: Path) -> None:
    """Everything in it was handed in by then."""
    git(tmp_path, "clone", "-q", "--depth", "1", clone.as_uri(), "shallow/kata-ada")
    assert set(handed_in(tmp_path / "shallow").values()) == {"2026-05-28T20:26:40+00:00"}


@needs_git
def test_git_has_no_terminal(clone: Path) -> None:
    """Where the grader has one: it could read what somebody types, and would wait for that."""
    (clone / ".git" / "objects" / "info" / "alternates").symlink_to("/dev/tty")
    ask = (
        "import sys; from pathlib import Path; from checker.classroom.submissions.git import History\n"
        "clone = Path(sys.argv[1])\n"
        "print(History(clone).committed(clone / 'exercises/03_pooled_downloads/attempt.py'))"
    )
    grader = pexpect.spawn(sys.executable, ["-c", ask, str(clone)], timeout=30, encoding="utf-8")
    said = grader.read()
    grader.close()
    assert said.startswith("2026-03-01 ")


@needs_git
def test_nothing_of_a_clone_is_executed(clone: Path, tmp_path: Path) -> None:
    """Not its settings, its hooks, its helpers for what is missing; links are not followed."""
    evil = tmp_path / "evil"
    evil.write_text(f"#!/bin/sh\ntouch {tmp_path}/executed\n")
    evil.chmod(0o755)
    (clone / ".git/config").write_text(
        f"[core]\n\trepositoryformatversion = 1\n\tfsmonitor = {evil}\n\tsshCommand = {evil}\n\tpager = {evil}\n"
        f"\thooksPath = {tmp_path}\n[log]\n\tshowSignature = true\n[gpg]\n\tprogram = {evil}\n"
        f'[extensions]\n\tpartialClone = o\n[remote "o"]\n\turl = file://{tmp_path}\n\tuploadpack = {evil}\n'
        "\tpromisor = true\n"
    )
    assert handed_in(clone.parent)["kata-ada 03"] == "2026-03-01T10:00:00+00:00"
    for objects in (clone / ".git/objects").iterdir():
        if len(objects.name) == 2:
            next(objects.iterdir()).unlink()
            break
    handed_in(clone.parent)
    (clone / ".git/HEAD").unlink()
    (clone / ".git/HEAD").symlink_to(evil)
    assert set(handed_in(clone.parent).values()) == {None}
    assert not (tmp_path / "executed").exists()


@needs_git
@pytest.mark.parametrize("objects", ["objects", "a folder elsewhere", "a file"])
def test_objects_that_are_no_folder_of_the_clone(clone: Path, tmp_path: Path, objects: str) -> None:
    """A link, also one to itself, or a file: nobody knows then when it was, and the class is graded."""
    (clone / ".git/objects").rename(tmp_path / "a folder elsewhere")
    if objects == "a file":
        (clone / ".git/objects").write_text("")
    else:
        target = tmp_path / objects if objects != "objects" else Path("objects")
        (clone / ".git/objects").symlink_to(target)
    assert handed_in(clone.parent) == {"kata-ada 03": None, "kata-ada 11": None}


@needs_git
@pytest.mark.parametrize(
    "head", ["", "ref: refs/heads/../../../evil", "ref: refs/heads/none", "--output=x", "f" * 40, "\x00", "x" * 2**21]
)
def test_a_head_that_is_none(clone: Path, head: str) -> None:
    """Nobody knows when; the attempt is taken all the same."""
    (clone / ".git/HEAD").write_text(head)
    assert handed_in(clone.parent) == {"kata-ada 03": None, "kata-ada 11": None}


@needs_git
@pytest.mark.parametrize("date", ["999999999999999 +0000", ""])
def test_a_commit_whose_time_is_none(clone: Path, date: str) -> None:
    """A learner can write any date into a commit: nobody knows then when it was, and the class is graded."""
    tree = f"tree {asked(clone, 'rev-parse', 'HEAD^{tree}')}"
    person = f"Ada <ada@x.org> {date}".strip()
    commit = f"{tree}\nauthor {person}\ncommitter {person}\n\nmine\n"
    made = asked(clone, "hash-object", "-t", "commit", "-w", "--literally", "--stdin", said=commit)
    git(clone, "update-ref", "HEAD", made)
    assert handed_in(clone.parent) == {"kata-ada 03": None, "kata-ada 11": None}


@needs_git
@pytest.mark.parametrize("name", ["\x01x.py", "\x010\n.py", f"{'a' * 40} 0.py", f"a\n{'a' * 40} 0\n.py"])
def test_a_name_is_not_taken_for_a_commit(clone: Path, name: str) -> None:
    """Whatever a committed file is called, the times of the others stay right."""
    (clone / name).write_text("")
    (clone / "exercises/11_tasks_not_awaits/attempt.py").write_text("# newer\n")
    git(clone, "add", ".")
    git(clone, "commit", "-qm", "a name", when="1772618400 +0000")
    assert handed_in(clone.parent) == {
        "kata-ada 03": "2026-03-01T10:00:00+00:00", "kata-ada 11": "2026-03-04T10:00:00+00:00"
    }  # fmt: skip


# --- archives ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("zone", "hour"), [(BERLIN, "09"), (ZoneInfo("UTC"), "10")])
def test_an_archive_says_local_time(tmp_path: Path, zone: ZoneInfo, hour: str) -> None:
    """Which is taken for that of the course."""
    (tmp_path / "class").mkdir()
    with zipfile.ZipFile(tmp_path / "class/ada.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo("03.py", (2026, 3, 2, 10, 30, 0)), "# mine\n")
    (tmp_path / "class/ben_03.py").write_text("# mine\n")
    assert handed_in(tmp_path / "class", zone) == {"ada 03": f"2026-03-02T{hour}:30:00+00:00", "ben 03": None}


# --- lists of platforms -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("column", "said", "when"),
    [
        ("Last modified (submission)", "Wednesday, 10 June 2026, 2:14 PM", "2026-06-10T12:14:00+00:00"),
        ("Last modified (submission)", "Wednesday, June 10, 2026, 2:14\u202fPM", "2026-06-10T12:14:00+00:00"),
        ("Last modified (submission)", "Wednesday, 10 June 2026, 14:14", "2026-06-10T12:14:00+00:00"),
        ("Last modified (submission)", "-", None),
        ("submission_timestamp", "0001-01-01 00:00:00", None),
        ("submission_timestamp", "2026-06-10T23:59:00Z", "2026-06-10T23:59:00+00:00"),
        ("submission_timestamp", "2026-06-10 23:59:00 UTC", "2026-06-10T23:59:00+00:00"),
        ("Last modified (grade)", "Wednesday, 10 June 2026, 2:14 PM", None),
    ],
)
def test_times_of_a_roster(column: str, said: str, when: str | None) -> None:
    """Moodle writes times for people, in the time zone of who downloads; GitHub Classroom's list has UTC."""
    assert roster.handed_in(Learner(id="1", fields={column: said}), BERLIN) == when


WORKSHEET = """\
\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
"Participant 880001","Ada Lovelace",ada@x.org,"Submitted for grading",,10.00,Yes,"Monday, 2 March 2026, 10:15 AM",-,
"Participant 880002","Ben Bell",ben@x.org,"Submitted for grading",,10.00,Yes,"Tuesday, 3 March 2026, 11:00 PM",-,
"Participant 880003","Cleo Coe",cleo@x.org,"No submission",,10.00,Yes,-,-,
"""
COURSE = """\
timezone = "Europe/Berlin"
due = 2026-03-02T23:59:00
[late]
penalty_per_day = 0.1
[exercises.03]
[exercises.11]
"""


def test_a_worksheet_of_moodle_says_who_is_late(tmp_path: Path) -> None:
    """From its own row to the late days in the CSV; what another week's list said stays."""
    for number, name in (("880001", "Ada Lovelace"), ("880002", "Ben Bell")):
        folder = tmp_path / "moodle" / f"{name}_{number}_assignsubmission_file_"
        folder.mkdir(parents=True)
        (folder / "attempt.py").write_text("def f(:\n")
    (tmp_path / "course.toml").write_text(COURSE)
    (tmp_path / "roster.csv").write_text(WORKSHEET)
    arguments = ["grade", "moodle", "--exercise", "03", "--course", "course.toml", "--roster", "roster.csv"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(tmp_path)
        graded = CliRunner().invoke(main, [*arguments, "--gradebook", "class.db"])
    assert graded.exit_code == 1, graded.output
    with Gradebook(tmp_path / "class.db") as book:
        report = classwork.report(book)
    late = {each.learner.name: each.late for each in report.submissions if each.learner is not None}
    assert late["Ada Lovelace"] is None
    assert late["Ben Bell"] is not None
    assert (late["Ben Bell"].days, late["Ben Bell"].penalty) == (0.96, 0.1)


def test_a_list_dates_only_what_it_is_about() -> None:
    """Attempts with a time of their own keep it, and so do those at other exercises."""
    attempts = [HandIn(exercise=number, text=b"x", handed_in=when) for number, when in (("03", None), ("11", None))]
    attempts.append(HandIn(exercise="13", text=b"x", handed_in="2026-01-01T00:00:00+00:00"))
    with Gradebook() as book:
        book.enrol([Learner(id="1", name="Ada", fields={"submission_timestamp": "2026-06-10T23:59:00Z"})])
        book.enter(Submission(name="Ada", attempts=attempts, people=[Person(name="Ada")]), {})
        classwork.date(book, BERLIN, "03")
        (ada,) = book.submissions()
    assert [each.handed_in for each in ada.attempts] == ["2026-06-10T23:59:00+00:00", None, "2026-01-01T00:00:00+00:00"]


ADA, BEN = "Ada Lovelace", "Ben Bell"
LATER = WORKSHEET.replace("88000", "99000").replace("March", "April")
"""Of the next assignment, in which everybody has another number."""


def on_moodle(root: Path, text: str = "# mine\n") -> Path:
    """A download of the assignment that WORKSHEET is about."""
    for number, name in (("880001", ADA), ("880002", BEN)):
        folder = root / "moodle" / f"{name}_{number}_assignsubmission_file_"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "attempt.py").write_text(f"# of {name}\n{text}")
    return root / "moodle"


def run(book: Gradebook, path: Path, worksheet: str | None = None) -> dict[str, str | None]:
    """When exercise 03 was handed in, by name, after `checker grade path --exercise 03`, maybe with a roster."""
    if worksheet is not None:
        (path.parent / "roster.csv").write_text(worksheet)
        book.enrol(roster.read(path.parent / "roster.csv"))
    three = next(each for each in EXERCISES if each.number == "03")
    earlier = classwork.enter(book, search.find(path, EXERCISES, three), "03")
    if worksheet is not None:
        classwork.date(book, BERLIN, "03", earlier)
    assert all(each.handed_in == each.attempts[0].handed_in for each in book.submissions())
    return {each.name: each.attempts[0].handed_in for each in book.submissions()}


def test_a_run_without_its_list_keeps_the_times(tmp_path: Path) -> None:
    """What is known of a text stays known; of another text nobody knows it."""
    with Gradebook() as book:
        said = run(book, on_moodle(tmp_path), WORKSHEET)
        assert said == {ADA: "2026-03-02T09:15:00+00:00", BEN: "2026-03-03T22:00:00+00:00"}
        assert run(book, on_moodle(tmp_path)) == run(book, on_moodle(tmp_path)) == said
        assert run(book, on_moodle(tmp_path, "# newer\n")) == {ADA: None, BEN: None}


def test_a_list_that_is_given_now_says_it_better(tmp_path: Path) -> None:
    """As the next download of it does, or the right time zone."""
    with Gradebook() as book:
        run(book, on_moodle(tmp_path), WORKSHEET)
        said = run(book, on_moodle(tmp_path), WORKSHEET.replace("11:00 PM", "11:30 PM"))
        assert said == {ADA: "2026-03-02T09:15:00+00:00", BEN: "2026-03-03T22:30:00+00:00"}


def test_a_repository_that_is_handed_in_again_makes_only_what_changed_later() -> None:
    """Gradescope's has all exercises each time: an unchanged text was there when it was first handed in."""
    early, late = "2026-03-01T12:00:00+00:00", "2026-03-20T12:00:00+01:00"
    ada = Person(name=ADA, platform="gradescope", email="ada@x.org")

    def entered(book: Gradebook, when: str, **texts: str) -> dict[str, str | None]:
        attempts = [HandIn(exercise=each[1:], text=text.encode(), handed_in=when) for each, text in texts.items()]
        classwork.enter(book, [Submission(name=ADA, attempts=attempts, people=[ada], handed_in=when)])
        return {each.exercise: each.handed_in for each in book.submissions()[0].attempts}

    with Gradebook() as book:
        entered(book, early, n03="3", n05="5")
        assert entered(book, late, n03="3", n05="5, mended", n11="11") == {"03": early, "05": late, "11": late}
        assert entered(book, early, n03="3", n05="5, mended") == {"03": early, "05": early}


@pytest.mark.parametrize(
    ("first", "second", "is_late"),
    [
        ("ada_7_900_03.py", "ada_LATE_7_950_03.py", False),
        ("ada_LATE_7_900_03.py", "ada_LATE_7_950_03.py", True),
        ("ada_LATE_7_900_03.py", "ada_7_950_03.py", False),  # the date was changed there
        ("03.py", "ada_LATE_7_900_03.py", True),
        ("ada_LATE_7_900_03.py", "03.py", True),
    ],
)
def test_what_canvas_said_of_a_text_stays_known(first: str, second: str, is_late: bool) -> None:
    """Handed in again, an unchanged text is not later. Only Canvas knows: a file that it has not named says nothing."""
    with Gradebook() as book:
        for path in (first, second, second):
            attempt = HandIn(exercise="03", text=b"# mine", path=path, is_marked_late="LATE" in path)
            ada = Person(name="ada", platform="canvas", number="7")
            classwork.enter(book, [Submission(name="ada", attempts=[attempt], people=[ada])])
        ((found,),) = (each.attempts for each in book.submissions())
        assert found.is_marked_late == is_late


def test_the_list_of_another_assignment_dates_nothing(tmp_path: Path) -> None:
    """The newest worksheet, as the roster of an older download: Moodle's numbers in it are others."""
    with Gradebook() as book:
        assert run(book, on_moodle(tmp_path), LATER) == {ADA: None, BEN: None}
        said = run(book, on_moodle(tmp_path), WORKSHEET)
        assert said[BEN] is not None
        assert run(book, on_moodle(tmp_path), LATER) == said


def test_gradescope_says_when(tmp_path: Path) -> None:
    """As Ruby writes it, in UTC; the time of the last submission, whatever the files of the export say."""
    (tmp_path / "export" / "submission_7").mkdir(parents=True)
    (tmp_path / "export" / "submission_7" / "attempt.py").write_text("# mine\n")
    (tmp_path / "export" / "submission_metadata.yml").write_text(
        "---\nsubmission_7:\n  :submitters:\n  - :name: Ada\n    :sid: '7'\n    :email: ada@x.org\n"
        "  :created_at: 2026-03-02 23:30:09.526250000 Z\n  :score: 0.0\n  :status: processed\n"
    )
    three = next(each for each in EXERCISES if each.number == "03")
    (ada,) = search.find(tmp_path / "export", EXERCISES, three, zone=BERLIN)
    assert [each.handed_in for each in ada.attempts] == ["2026-03-02T23:30:09+00:00"]
    late = Course(due=datetime(2026, 3, 2, 23, 59), timezone="Europe/Berlin", exercises={"03": Plan()})
    found = late.lateness("7", "03", ada.attempts[0].handed_in, False)
    assert found is not None
    assert found.days == 0.02


# --- what only the platform knows ---------------------------------------------------------------------


def test_late_of_canvas_says_nothing_of_an_extension() -> None:
    """Canvas knows its own due date, and not that this learner has a later one."""
    extended = [Extension(learner="1", due=FAR)]
    made = Course(late=Late(penalty_per_day=0.2), exercises={"03": Plan()}, extensions=extended)
    late = made.lateness("2", "03", None, is_marked=True)
    assert late is not None
    assert late.penalty == 0.2
    assert made.lateness("1", "03", None, is_marked=True) is None
