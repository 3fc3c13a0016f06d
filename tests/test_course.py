"""What counts in a course, and what is wrong with a course.toml."""

from __future__ import annotations

import csv
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result

from checker.catalog import CHECKS
from checker.classroom import attention, classwork, course, course_file, jobs
from checker.classroom.course import Course
from checker.classroom.course_file import CourseError
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, Verdict
from checker.report import canvas, classroom50, feedback, gradescope, moodle, plain_csv
from checker.report import json as report_json
from checker.report.html import page
from checker.report.model import Lateness, Learner, SubmissionResult
from tests.test_exports import records, rows

CHECKS_OF_ONE = sorted(set(re.findall(r"def (test_\w+)", (jobs.exercises()["01"].folder / CHECKS).read_text())))
ADA, BEN = Learner(id="101", name="Ada"), Learner(id="102", name="Ben")


def read(folder: Path, text: str) -> Course:
    (folder / "course.toml").write_text(text)
    return course_file.read(folder / "course.toml")


def result(exercise: str, *scores: float) -> AttemptResult:
    """Checks test_0, test_1, ... of 5 points each; a score below 5 fails."""
    checks = [
        grading.check(
            Answer(verdict=Verdict.PASSED if score == 5 else Verdict.FAILED),
            name=f"test_{at}", title=f"Number {at}", max_score=5.0, seconds=0.0,
        )
        for at, score in enumerate(scores)
    ]  # fmt: skip
    return grading.attempt(exercise, checks, "ab" * 32)


# --- the file ------------------------------------------------------------------------------------


def test_a_new_one_is_right(tmp_path: Path) -> None:
    """`checker new-course` writes all exercises, with equal weights; it writes over nothing."""
    path = str(tmp_path / "course.toml")
    assert CliRunner().invoke(main, ["new-course", path, "--timezone", "Europe/Berlin"]).exit_code == 0
    made = course_file.read(Path(path))
    assert made.numbers == list(jobs.exercises())
    assert made.timezone == "Europe/Berlin"
    again = CliRunner().invoke(main, ["new-course", path])
    assert (again.exit_code, "File exists" in again.output) == (1, True)


@pytest.mark.parametrize("zone", ["Europe/Berln", "", '"', "../UTC"])
def test_a_new_one_has_a_time_zone(tmp_path: Path, zone: str) -> None:
    """Else nothing is written: everything that reads the file would refuse it."""
    done = CliRunner().invoke(main, ["new-course", str(tmp_path / "course.toml"), "--timezone", zone])
    assert (done.exit_code, "is no time zone" in done.output, [*tmp_path.iterdir()]) == (2, True, [])


def test_it_may_come_from_windows(tmp_path: Path) -> None:
    """With a mark at the beginning, and other ends of lines; also where learners get a copy."""
    text = '[exercises.03]\r\nweight = 2\r\n[[excused]]\r\nlearner = "101"\r\n'
    (tmp_path / "course.toml").write_bytes(text.encode("utf-8-sig"))
    made = course_file.read(tmp_path / "course.toml")
    assert (made.max_score("03"), len(made.excused)) == (20.0, 1)
    assert course_file.for_learners(tmp_path / "course.toml") == b"[exercises.03]\nweight = 2\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("title = 3\n", "line 1: title: Expected `str`, got `int`"),
        ('title = "a"\nwieght = 2\n', "line 2: wieght: there is no such setting"),
        ("[exercises.03]\n\nweight = -1\n", "line 3: exercises.03.weight: Expected `float` >= 0.0"),
        (
            "[exercises.03]\n[exercises.01]\nnot_counted = [" + ", ".join(map(repr, CHECKS_OF_ONE)) + "]\n",
            "line 3: exercises.01.not_counted: no check is left that counts",
        ),
        ("[exercises.03]\n[late]\ngrace_minutes = inf\n", "line 3: late.grace_minutes: Expected `float` <= 1000000000"),
        ("[exercises.03]\n[exercises.77]\n", "line 2: exercises.77: no exercise 77; there are: 01"),
        ("[exercises.03]\n[exercises.3]\n", "line 2: exercises.3: expected the number of an exercise, such as 03"),
        ("[exercises.03]\nwieght = 2\n", "line 2: exercises.03.wieght: there is no such setting"),
        ('[exercises.03]\nnot_counted = ["test_x"]\n', "line 2: exercises.03.not_counted: no check 'test_x'"),
        ('[exercises.03]\n[[excused]]\nlearner = "1"\nexercises = ["04"]\n', "line 4: excused.0.exercises: "),
        (
            '[exercises.03]\nweight = 2\n[[decided]]\nlearner = "1"\nexercises = ["03"]\npoints = 21\nwhy = "so"\n',
            "line 6: decided.0.points: more than 20, which is all that there is for 03 here",
        ),
        ('[exercises.03]\n[[decided]]\nlearner = "1"\nexercises = ["03"]\npoints = 2\n', "line 2: decided.0: Object"),
        ('[exercises.03]\n[[extensions]]\nlearner = "1"\n', "line 2: extensions.0: Object missing required"),
        (
            '[exercises.03]\n[[extensions]]\nlearner = "1"\ndue = 2027-01-01T00:00:00\n[[extensions]]\ndue = "soon"\n',
            "line 6: extensions.1.due",
        ),
        ('timezone = "Mars"\n[exercises.03]\n', "line 1: timezone: 'Mars' is no time zone"),
        ("[late]\npenalty_per_day = 10\n", "line 2: late.penalty_per_day: Expected `float` <= 1.0"),
        ("[exercises.03\n", "is not TOML: Expected ']'"),
        ("", "no exercise counts"),
        ("[exercises.03]\n\n[exercises.03]\n", "line 3"),
    ],
)  # fmt: skip
def test_errors_name_the_line(tmp_path: Path, text: str, said: str) -> None:
    """What is not right, where, and what was expected."""
    with pytest.raises(CourseError) as raised:
        read(tmp_path, text)
    assert said in str(raised.value)


# --- what it makes of results ----------------------------------------------------------------------


def test_weights_and_checks_that_do_not_count() -> None:
    """The exercise's points are multiplied; without a check, the others make up for its points."""
    made = Course(exercises={"03": course.Plan(weight=2, not_counted=["test_1"])})
    weighed = made.weighed(result("03", 5, 0))
    assert (weighed.score, weighed.max_score, weighed.verdict) == (20.0, 20.0, Verdict.PASSED)
    assert [check.max_score for check in weighed.checks] == [20.0, 0.0]
    assert "does not count" in weighed.checks[1].title
    plain = result("03", 5, 0)
    assert course.of(["03"]).weighed(plain) == plain


@pytest.mark.parametrize("weight", [1.0, 0.5, 0.1, 3.3])
def test_rounding_takes_and_gives_no_points(weight: float) -> None:
    """Who has everything right has all points, and not 10.01 or 9.99 of 10; no check has more than its maximum."""
    for counted in ((2, 2, 3), (2, 2, 4, 1), (3, 3, 3), (1,) * 7):
        checks = [
            grading.check(Answer(verdict=Verdict.PASSED), name=f"test_{at}", title="", max_score=points, seconds=0.0)
            for at, points in enumerate((*counted, 10 - sum(counted)))
        ]
        plan = course.Plan(weight=weight, not_counted=[f"test_{len(counted)}"])
        weighed = Course(exercises={"03": plan}).weighed(grading.attempt("03", checks, None))
        assert weighed.score == weighed.max_score == pytest.approx(10 * weight)
        assert sum(check.score for check in weighed.checks) == pytest.approx(weighed.score)
        assert all(check.score == check.max_score for check in weighed.checks)


def test_dates_have_zones(tmp_path: Path) -> None:
    """A date without a zone is in the course's; an exercise's goes before the course's; a later extension counts."""
    made = read(
        tmp_path,
        'timezone = "Europe/Berlin"\ndue = 2027-07-01T12:00:00\n[exercises.01]\n[exercises.03]\n'
        'due = 2027-01-01T12:00:00-05:00\n[[extensions]]\nlearner = "101"\nexercises = ["03"]\n'
        "due = 2027-02-01T00:00:00\n",
    )
    expected = {
        ("102", "01"): "2027-07-01T12:00:00+02:00",
        ("102", "03"): "2027-01-01T12:00:00-05:00",
        ("101", "03"): "2027-02-01T00:00:00+01:00",
        ("101", "01"): "2027-07-01T12:00:00+02:00",
    }
    for (who, number), date in expected.items():
        due = made.due_for(who, number)
        assert due is not None
        assert due.isoformat() == date


@pytest.mark.parametrize(
    ("handed_in", "days", "penalty"),
    [
        ("2027-01-01T00:10:00+00:00", None, None),
        ("2027-01-01T01:00:00+00:00", 0.04, 0.2),
        ("2027-01-02T12:00:00+00:00", 1.5, 0.4),
        ("2027-01-09T00:00:00+00:00", 8.0, 0.5),
    ],
)
def test_lateness(handed_in: str, days: float | None, penalty: float | None) -> None:
    """Each day that has begun, after the time of grace, and not more than at most."""
    late = course.Late(penalty_per_day=0.2, at_most=0.5, grace_minutes=15)
    made = Course(due=None, late=late, exercises={"03": course.Plan(due=DUE)})
    found = made.lateness("x", "03", handed_in, False)
    assert (found.days if found else None, found.penalty if found else None) == (days, penalty)


@pytest.mark.parametrize(
    ("due", "handed_in", "days", "penalty"),
    [
        ("2026-10-24T23:59:00", "2026-10-25T23:30:00+01:00", 0.98, 0.1),  # a day of 25 hours
        ("2026-10-24T23:59:00", "2026-10-26T00:00:00+01:00", 1.0, 0.2),
        ("2027-03-27T23:59:00", "2027-03-28T23:58:00+02:00", 1.0, 0.1),  # of 23
        ("2027-03-27T23:59:00", "2027-03-29T00:00:00+02:00", 1.0, 0.2),
        ("2026-10-25T02:30:00", "2026-10-25T02:10:00+01:00", 0.03, 0.1),  # the clock shows an earlier time
        ("2026-10-24T23:59:00", "2026-10-25T00:04:00+02:00", 0.01, 0.1),
        ("2026-10-24T23:59:00", "9999-12-31T23:30:00+00:00", 2912146.06, 1.0),  # in Berlin it is the year 10000
    ],
)
def test_days_are_those_of_the_course_s_clock(due: str, handed_in: str, days: float, penalty: float) -> None:
    """Where clocks are changed, the day after the due date ends when the clock shows the time at which it was due."""
    plans = {"03": course.Plan(due=datetime.fromisoformat(due))}
    made = Course(timezone="Europe/Berlin", exercises=plans, late=course.Late(penalty_per_day=0.1))
    found = made.lateness("x", "03", handed_in, False)
    assert found is not None
    assert (found.days, found.penalty) == (days, penalty)


@pytest.mark.parametrize(("days", "said"), [(1.96, "2.0 days, -20%"), (0.01, "under 0.1 days, -20%"), (0.0, "-20%")])
def test_lateness_is_never_of_no_days(days: float, said: str) -> None:
    """What is little is not nothing, and where only the platform knows of it, nobody knows how much."""
    late = SubmissionResult(submission="x", exercises=[], late=Lateness(days=days, penalty=0.2))
    assert page.lateness(late) == said


DUE = datetime(2027, 1, 1, tzinfo=UTC)


def test_only_the_platform_knows() -> None:
    """Canvas's LATE without a time is a day at least."""
    made = Course(late=course.Late(penalty_per_day=0.2), exercises={"03": course.Plan()})
    found = made.lateness("x", "03", None, True)
    assert found is not None
    assert (found.days, found.penalty) == (0.0, 0.2)


@pytest.mark.parametrize(
    ("number", "handed_in", "is_marked", "late"),
    [
        ("03", "2027-01-05T00:00:00+00:00", False, None),
        ("03", "2027-01-09T00:00:00+00:00", False, (1.0, 0.2)),
        ("03", None, True, None),
        ("05", "2027-01-20T00:00:00+00:00", False, None),
        ("05", "2027-02-02T00:00:00+00:00", False, (1.0, 0.2)),
        ("05", None, True, (0.0, 0.2)),
        ("11", "2027-01-20T00:00:00+00:00", False, None),
        ("11", "2027-01-20T00:00:00+00:00", True, (0.0, 0.2)),
        ("11", "2027-01-05T00:00:00+00:00", True, None),
    ],
)
def test_an_extension_makes_nothing_late(
    number: str, handed_in: str | None, is_marked: bool, late: tuple[float, float] | None
) -> None:
    """One for all exercises, until 8 January: 03 is due before, 05 after that, and of 11 only the platform knows."""
    plans = {"03": course.Plan(due=DUE), "05": course.Plan(due=datetime(2027, 2, 1, tzinfo=UTC)), "11": course.Plan()}
    extension = course.Extension(learner="101", due=datetime(2027, 1, 8, tzinfo=UTC))
    made = Course(exercises=plans, late=course.Late(penalty_per_day=0.2), extensions=[extension])
    found = made.lateness("101", number, handed_in, is_marked)
    assert ((found.days, found.penalty) if found is not None else None) == late


def graded(counts: Course) -> Gradebook:
    """Ada: 03 right and late, 05 refused; Ben: nothing. 11 was handed in by neither, 12 does not count."""
    book = Gradebook()
    book.enrol([ADA, BEN])
    attempts = [
        HandIn(exercise="03", text=b"x", handed_in="2027-01-01T12:00:00+00:00"),
        HandIn(exercise="05", text=None),
        HandIn(exercise="12", text=b"y"),
    ]
    ada = Submission(name="ada", attempts=attempts, people=[Person(name="101")])
    book.enter(ada, {"03": "k3", "05": "k5", "12": "k12"})
    for key in ("k3", "k12"):
        book.add(key, result(key[1:].zfill(2), 5, 5))
    book.set(course=course_json(counts))
    return book


def course_json(counts: Course) -> str:

    return msgspec.json.encode(counts).decode()


def test_the_course_is_the_denominator() -> None:
    """Absent work counts nothing and reads so, whether a file is missing, refused, or everything is."""
    counts = course.of(["03", "05", "11"])
    with graded(counts) as book:
        report = classwork.report(book)
        (ada,) = report.submissions
        assert (ada.score, ada.max_score) == (10.0, 30.0)
        words = {(row["learner"], row["exercise"]): row["verdict"] for row in records(plain_csv.render(report))}
    assert words == {
        ("101", "03"): "passed", ("101", "05"): "not handed in", ("101", "11"): "not handed in",
        ("102", "03"): "not handed in", ("102", "05"): "not handed in", ("102", "11"): "not handed in",
    }  # fmt: skip


def test_excused_and_late() -> None:
    """What is excused is in no total; a policy that applies is taken off where marks go, and nowhere else."""
    excused = [course.Excused(learner="101", exercises=["11"])]
    late = course.Late(penalty_per_day=0.1, applies=True)
    plans = {"03": course.Plan(due=DUE), "05": course.Plan(), "11": course.Plan()}
    with graded(Course(exercises=plans, excused=excused, late=late)) as book:
        report = classwork.report(book)
        assert [ada.max_score for ada in report.submissions] == [20.0]
        header, _, ada, ben = rows(canvas.render(report))
        assert header[-3:] == ["03 Pooled downloads", "05 Safe ledger", "11 Tasks, not awaits"]
        assert (ada[-3:], ben[-3:]) == (["9", "0", "EX"], ["0", "0", "0"])
        row = next(row for row in records(plain_csv.render(report)) if row["exercise"] == "03")
        assert [row[key] for key in ("score", "late_days", "late_penalty", "counted")] == ["10", "0.5", "0.1", "9"]


TAKES_OFF = course.Late(penalty_per_day=0.2, applies=True)


@pytest.mark.parametrize(
    ("late", "handed_in", "total", "said"),
    [
        (TAKES_OFF, "2027-01-01T12:00:00+00:00", "10 of 20 points, of which 8 count",
         "0.5 days late: 2 of the 10 points are taken off for it, and 8 of 10 count."),
        (course.Late(penalty_per_day=0.2), "2027-01-02T00:00:00+00:00", "10 of 20 points", "1 day late."),
        (course.Late(grace_minutes=0), "2027-01-01T00:00:09+00:00", "10 of 20 points", "0.01 days late."),
        (TAKES_OFF, "2026-12-31T00:00:00+00:00", "10 of 20 points", ""),
    ],
)  # fmt: skip
def test_learners_are_told_what_lateness_takes_off(late: course.Late, handed_in: str, total: str, said: str) -> None:
    """In the feedback, and in that of Moodle, the same sentence; nothing where it was in time, or is another one's."""
    plans = {"03": course.Plan(due=datetime(2027, 1, 1, tzinfo=UTC)), "05": course.Plan()}
    with graded(Course(exercises=plans, late=late)) as book:
        attempts = [HandIn(exercise="03", text=b"x", handed_in=handed_in), HandIn(exercise="05", text=None)]
        book.enter(Submission(name="ada", attempts=attempts, people=[Person(name="101")]), {"03": "k3", "05": "k5"})
        report = classwork.report(book)
    pages = feedback.files(report)
    assert [page.lower().count("late") for page in pages.values()] == [said.lower().count("late")] * 2
    assert f"# Ada: {total}\n" in pages["Ada.md"]
    assert f"10 of 10 points\n\n{said}" in pages["Ada.md"]
    assert f"10 of 10 points</h2>\n{said and f'<p>{said}</p>'}" in pages["Ada.html"]
    assert records(moodle.render(report))[0]["03 Pooled downloads (feedback)"] == said
    counted, why = (8, said) if "taken off" in said else (10, "")
    on_gradescope = json.loads(gradescope.files(report)["results.json"])
    told = on_gradescope.get("output", "").removeprefix("03 Pooled downloads: ")
    assert (on_gradescope["score"], told) == (counted, why)
    whole = json.loads(classroom50.files(report)["result.json"])
    points = [test["score"] for test in whole["tests"]]
    assert (whole["score"], whole["max-score"], sum(points), points[0]) == (counted, 20, counted, 5)
    assert whole["tests"][1]["message"].strip() == why


def test_each_attempt_has_its_own_time() -> None:
    """In the table, beside its lateness; what was not handed in has none, and the submission has the last."""
    times = {"03": "2027-03-01T10:00:00+00:00", "05": "2027-03-20T10:00:00+02:00"}
    attempts = [HandIn(exercise=number, text=number.encode(), handed_in=time) for number, time in times.items()]
    with Gradebook() as book:
        book.set(asked="03 05 11", due="2027-03-10T00:00:00+00:00")
        ada = Submission(name="ada", attempts=attempts, handed_in=times["03"], people=[Person(name="ada")])
        book.enter(ada, {number: number for number in times})
        for number in times:
            book.add(number, result(number, 5, 5))
        report = classwork.report(book)
    found = {row["exercise"]: (row["handed_in"], row["late_days"]) for row in records(plain_csv.render(report))}
    assert found == {"03": (times["03"], ""), "05": (times["05"], "10.33"), "11": ("", "")}
    assert [each.handed_in for each in report.submissions] == [times["05"]]


def test_json_says_whose_and_what_counts() -> None:
    """What the table has, for each learner: two who work together are two, and who handed in nothing is there."""
    cleo = Learner(id="103", name="Cleo")
    plans = {"03": course.Plan(due=DUE), "05": course.Plan(), "11": course.Plan()}
    excused = [course.Excused(learner="101", exercises=["11"])]
    with Gradebook() as book:
        book.enrol([ADA, BEN, cleo])
        when = "2027-01-01T12:00:00+00:00"
        attempts = [HandIn(exercise="03", text=b"x", handed_in=when), HandIn(exercise="05", text=None)]
        people = [Person(name="101"), Person(name="102")]
        book.enter(Submission(name="ada", attempts=attempts, people=people), {"03": "k3", "05": "k5"})
        book.add("k3", result("03", 5, 5))
        book.set(course=course_json(Course(exercises=plans, excused=excused, late=TAKES_OFF)))
        document = json.loads(report_json.render(classwork.report(book)))
    ada, ben = document["submissions"]
    assert (ada["learner"], ada["excused"]) == ({"id": "101", "name": "Ada"}, ["11"])
    assert (ben["learner"]["name"], ben["excused"]) == ("Ben", [])
    words = ("exercise", "handed_in", "late_days", "late_penalty", "counted")
    assert [[each[word] for word in words] for each in ada["exercises"]] == [
        ["03", when, 0.5, 0.2, 8.0], ["05", None, None, None, 0.0],
    ]  # fmt: skip
    assert document["missing"] == [{"id": "103", "name": "Cleo"}]
    assert [each["max_score"] for each in document["exercises"]] == [10.0] * 3


def test_without_a_course_everything_that_was_asked_for_counts() -> None:
    """--exercise 03 one week and --exercise 05 another: both."""
    with Gradebook() as book:
        assert classwork.course_of(book).numbers == list(jobs.exercises())
        book.set(asked="03 05")
        assert classwork.course_of(book).numbers == ["03", "05"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("course", "{"),
        ("course", '{"exercises": {"03": {"weight": -1}}}'),
        ("course", '{"timezone": "Mars"}'),
        ("course", '{"timezone": "../x"}'),
        ("machine", "[]"),
        ("due", "soon"),
        ("late_penalty", "much"),
        ("late_penalty", "NaN"),
        ("left_out", "3"),
    ],
)
def test_a_setting_that_is_not_right_is_told_in_a_sentence(tmp_path: Path, name: str, value: str) -> None:
    """A gradebook may be damaged, or somebody else's work."""
    with Gradebook(tmp_path / "class.db") as book:
        book.set(**{name: value})
    done = CliRunner().invoke(main, ["export", str(tmp_path / "class.db"), "--format", "json"])
    assert (done.exit_code, type(done.exception)) == (1, SystemExit), done.exception
    assert "Error: the gradebook has a " in done.output


def test_the_command(tmp_path: Path) -> None:
    """`checker grade --course`: the gradebook keeps it; --due belongs into the file; an exercise outside is refused."""
    (tmp_path / "course.toml").write_text("[exercises.01]\n[exercises.03]\n")
    (tmp_path / "class").mkdir()
    for name in ("ada_01.py", "ada_05.py"):
        (tmp_path / "class" / name).write_text("def run_both(job_a, job_b)\n")
    given = ["grade", str(tmp_path / "class"), "--course", str(tmp_path / "course.toml")]
    wrong = CliRunner().invoke(main, [*given, "--due", "2027-01-01"])
    assert (wrong.exit_code, "write them into that file" in wrong.output) == (2, True)
    wrong = CliRunner().invoke(main, [*given, "--exercise", "05"])
    assert (wrong.exit_code, "exercise 05 is not in the course" in wrong.output) == (2, True)
    done = CliRunner().invoke(main, [*given, "--gradebook", str(tmp_path / "class.db")])
    assert done.exit_code == 1, done.output
    assert "0 of 10" in done.output
    with Gradebook(tmp_path / "class.db") as book:
        (ada,) = classwork.report(book).submissions
        assert (ada.score, ada.max_score) == (0.0, 20.0)
        assert "ada_05.py: its exercise is not in the course" in "\n".join(
            attention.lines(book, classwork.report(book))
        )


@pytest.mark.parametrize(
    ("change", "is_told"),
    [(b"\n", False), (b"\r\n", False), (b"\r", False), (b" \n", True)],
    ids=["as it is", "Windows", "old Macs", "changed"],
)
def test_an_unchanged_stub_is_copied_from_nobody(change: bytes, is_told: bool) -> None:
    """Whatever ends its lines: Git on Windows changes that."""
    exercise = jobs.exercises()["03"]
    text = (exercise.folder / "sync.py").read_bytes().replace(b"\n", change)
    with Gradebook() as book:
        for name in ("ada", "ben"):
            book.enter(Submission(name=name, attempts=[HandIn(exercise="03", text=text)]), {"03": "key"})
        book.add("key", msgspec.structs.replace(result("03", 5), attempt_sha256=jobs.digest(text)))
        lines = attention.lines(book, classwork.report(book))
    assert ("Identical attempts: ada 03, ben 03" in lines) is is_told


@pytest.mark.parametrize(("groups", "lines"), [(3, 3), (4, 1)])
def test_many_identical_attempts_are_a_count_and_a_file(groups: int, lines: int) -> None:
    """Forty lines of names hide what else there is to look at."""
    with Gradebook() as book:
        for at in range(2 * groups):
            submission = Submission(name=f"name-{at}", attempts=[HandIn(exercise="03", text=b"%d" % (at // 2))])
            book.enter(submission, {"03": str(at)})
            book.add(str(at), msgspec.structs.replace(result("03", 5, 5), attempt_sha256=str(at // 2)))
        told = [line for line in attention.lines(book, classwork.report(book)) if line.startswith("Identical")]
    assert len(told) == lines
    assert told[0].startswith("Identical attempts: name-0 03, name-1 03") is (groups == 3)
    assert ("8, in 4 groups; `checker export class.db --format similar`" in told[0]) is (groups == 4)


# --- a course that is changed after the class was graded ---


@pytest.fixture
def graded_class(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a class's gradebook, its course.toml, and an attempt at 03 that has all points."""
    (tmp_path / "course.toml").write_text("[exercises.03]\n")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ada_03.py").write_text("# hers\n")
    monkeypatch.chdir(tmp_path)

    def passed(book: Gradebook, wanted: list[classwork.Wanted], *_: object) -> None:
        for each in wanted:
            book.add(each.key, result(each.exercise, 5, 5))

    monkeypatch.setattr(classwork, "grade", passed)
    assert checker("grade", "class", "--course", "course.toml").exit_code == 0
    return tmp_path


def checker(command: str, *arguments: str) -> Result:
    """A command on this class's gradebook."""
    book = ["class.db"] if command == "export" else ["--gradebook", "class.db"]
    return CliRunner().invoke(main, [command, *book, *arguments])


def test_a_course_that_was_edited_is_told_and_can_be_taken(graded_class: Path) -> None:
    """Each command that shows marks says that the file says otherwise; `export --course` counts by it from then on."""
    for text in ("[exercises.03]\n", "# The same.\n[exercises.03]\nweight = 1\n"):
        (graded_class / "course.toml").write_text(text)
        assert checker("export", "--format", "csv").stderr == ""
    (graded_class / "course.toml").write_text("[exercises.03]\nweight = 5\n")
    for each in (checker("export", "--format", "csv"), checker("grade", "class")):
        assert "course.toml says otherwise by now than the course that the gradebook keeps, which counts" in each.stderr
    taken = checker("export", "--format", "csv", "--course", "course.toml")
    assert (taken.stderr, [row["max_score"] for row in csv.DictReader(taken.stdout.splitlines())]) == ("", ["50"])
    assert checker("export", "--format", "csv").output == taken.output
    (graded_class / "course.toml").write_text("[exercises.3]\n")
    assert "has an error by now: " in checker("export", "--format", "csv").stderr


def test_a_course_where_nobody_may_look_stops_nothing(graded_class: Path) -> None:
    """Whoever graded the class has a folder of their own, which nobody else may enter: marks are exported all the same.

    Up to Python 3.13, is_file() raises that; a name that is too long stands for such a folder, as root enters all.
    """
    with Gradebook(graded_class / "class.db") as book:
        book.set(course_file=f"/{'x' * 300}/course.toml")
    assert checker("export", "--format", "csv").exit_code == 0


def test_an_exercise_that_is_new_in_a_course_is_graded_first(graded_class: Path) -> None:
    """Nothing of it is in the gradebook: nobody has 0 for work that was never read."""
    (graded_class / "course.toml").write_text("[exercises.03]\n[exercises.05]\n")
    refused = checker("export", "--format", "csv", "--course", "course.toml")
    assert (refused.exit_code, "did not count when hand-ins were read: 05" in refused.stderr) == (2, True)
    asked = checker("grade", "class/ada_03.py", "--exercise", "05")
    assert "exercise 05 is not in the course that the gradebook keeps: if its file has it" in asked.stderr


@pytest.mark.usefixtures("graded_class")
def test_a_due_date_beside_a_course_that_is_kept_is_refused() -> None:
    """It would count for nothing."""
    refused = checker("grade", "class", "--due", "2027-01-01")
    assert (refused.exit_code, "write them into its file" in refused.stderr) == (2, True)


@pytest.mark.usefixtures("graded_class")
def test_one_due_date_for_several_weeks_is_told() -> None:
    """Without a course, that of the last command line is that of all weeks."""
    grade = ["grade", "class/ada_03.py", "--gradebook", "weeks.db", "--exercise"]
    for number, due, is_told in (("03", "2027-03-01", False), ("03", "2027-03-02", False), ("05", "2027-03-08", True)):
        said = CliRunner().invoke(main, [*grade, number, "--due", due]).stderr
        assert ("have one date, 2027-03-08T00:00:00+00:00 (03, 05)" in said) == is_told


def test_ids_that_a_blank_cell_has_changed_are_told(graded_class: Path) -> None:
    """In the run that takes the roster."""
    (graded_class / "roster.csv").write_text("Full name,ID number,Email\nada,101,a@x.org\nCleo,,c@x.org\n")
    assert "as 'ID number' is blank for Cleo" in checker("grade", "class", "--roster", "roster.csv").stderr


def test_a_regrading_that_was_killed_is_gone_on_with(graded_class: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is graded twice in one of them; once it has ended, the next one begins anew."""
    (graded_class / "class" / "ben_03.py").write_text("# his\n")
    assert checker("grade", "class").exit_code == 0
    passes, orders = classwork.grade, list[int]()

    def killed(book: Gradebook, wanted: list[classwork.Wanted], *_: object) -> None:
        orders.append(len(wanted))
        passes(book, wanted[:1], *_)  # type: ignore[arg-type]
        if len(wanted) > 1:
            raise KeyboardInterrupt

    monkeypatch.setattr(classwork, "grade", killed)
    said = [checker("grade", "class", "--regrade", each).stderr for each in ("all", "error", "all", "all")]
    assert (orders, ["Goes on" in each for each in said]) == ([2, 1, 2], [False, False, True, False])
