"""Extensions and excuses: whom of the class they mean, and what they are worth."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner

from checker.classroom import attention, classwork
from checker.classroom.accommodations import SAY
from checker.classroom.course import Course, Decided, Excused, Extension, Late, Owned, Plan
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.judge import grading
from checker.model.answer import Answer, Verdict
from checker.report import canvas, feedback, items, moodle, plain_csv
from checker.report.exports import FORMATS
from checker.report.html import pages
from checker.report.model import Learner, Report
from tests.test_course import result
from tests.test_exports import records, rows

ADA = Learner(id="101", name="Ada Lovelace", email="ada@x.org", fields={"id": "101", "login": "al"})
BEN = Learner(id="102", name="Ben Bitdiddle", email="ben@x.org", fields={"id": "102", "login": "bb"})
CLEO = Learner(id="103", name="Cleo", email="cleo@x.org", fields={"id": "103", "login": "cl"})
DUE, LATER = datetime(2027, 2, 1, tzinfo=UTC), datetime(2027, 4, 1, tzinfo=UTC)
NUMBERS = ("03", "05")


def class_of(
    course: Course, *names: str, roster: tuple[Learner, ...] = (ADA, BEN, CLEO), path: Path | None = None
) -> Gradebook:
    """Each submission of these names has all points of 03, handed in on 1 March 2027."""
    book = Gradebook(path)
    book.enrol(roster)
    for name in names:
        attempt = HandIn(exercise="03", text=b"x", handed_in="2027-03-01T12:00:00+00:00")
        book.enter(Submission(name=name, attempts=[attempt], people=[Person(name=name)]), {"03": "k3"})
        book.add("k3", result("03", 5, 5))
    book.set(course=msgspec.json.encode(course).decode())
    return book


def excusing(learner: str, *numbers: str) -> Course:
    """`numbers`: none: everything."""
    excuse = Excused(learner=learner, exercises=list(numbers) or None)
    return Course(exercises={number: Plan() for number in NUMBERS}, excused=[excuse])


def marks(report: Report) -> dict[str, list[list[str]]]:
    """What each table has of who is called Cleo, of 03 and 05."""
    tables = {"canvas": canvas.render(report), "moodle": moodle.render(report)}
    found = {name: [row[-4:] for row in rows(text) if "Cleo" in row] for name, text in tables.items()}
    told = [row for row in records(plain_csv.render(report)) if row["learner"] == CLEO.id]
    return found | {"csv": [[row["exercise"], row["verdict"], row["score"], row["counted"]] for row in told]}


# --- what they are worth ---------------------------------------------------------------------------


def test_who_handed_in_nothing_may_be_excused() -> None:
    """From one exercise: no mark of that, none of the points of the other; "not handed in" is said of that only."""
    with class_of(excusing("103", "03"), "101", "102") as book:
        report = classwork.report(book)
        told = "\n".join(attention.lines(book, report))
    assert marks(report) == {
        "canvas": [["103", "", "EX", "0"]],
        "moodle": [["", "excused", "0", "not handed in"]],
        "csv": [["03", "excused", "", ""], ["05", "not handed in", "0", "0"]],
    }
    assert "Nothing handed in: Cleo" in told
    absent = {row["exercise"]: row["not_handed_in"] for row in records(items.render(report))}
    assert absent["03"] == "0"
    assert "excused from 03" in pages.files(report)["index.html"]


def test_who_is_excused_from_everything_is_not_asked_for_it() -> None:
    """Nobody is told that something is missing."""
    with class_of(excusing("103"), "101", "102") as book:
        report = classwork.report(book)
        told = "\n".join(attention.lines(book, report))
    assert [row[-2:] for row in marks(report)["canvas"]] == [["EX", "EX"]]
    assert "Nothing handed in" not in told
    assert "nothing handed in" not in pages.files(report)["index.html"]


# --- whom they mean --------------------------------------------------------------------------------


@pytest.mark.parametrize("called", ["103", "cleo@x.org", "CLEO@X.ORG", "cl", "Cleo", " cleo "])
def test_any_key_of_a_learner_will_do(called: str) -> None:
    """An excuse finds who handed in nothing, and an extension who handed in."""
    course = msgspec.structs.replace(excusing(called, "05"), extensions=[Extension(learner=called, due=LATER)], due=DUE)
    with class_of(course, "103") as book:
        report = classwork.report(book)
        assert report.unmeant == []
    (cleo,) = report.submissions
    assert (cleo.excused, cleo.late) == (["05"], None)


def test_an_id_goes_before_other_keys() -> None:
    """The login of one learner may be another's id."""
    other = Learner(id="9", name="Dan", fields={"id": "9", "login": "103"})
    with class_of(excusing("103"), roster=(ADA, CLEO, other)) as book:
        report = classwork.report(book)
    assert (report.excused, report.unmeant) == ({"103": ["03", "05"]}, [])


@pytest.mark.parametrize(
    ("called", "said"), [("1O3", "means nobody of the class"), ("Cleo", "may mean Cleo (103) or Cleo (104)")]
)
def test_who_is_nobody_or_two_is_told(called: str, said: str, tmp_path: Path) -> None:
    """By `checker grade`, by `checker export` and among the leftovers; and nobody is excused."""
    namesake = Learner(id="104", name="Cleo", fields={"id": "104"})
    sentence = f"course.toml: the excuse of '{called}' {said}; say an id"
    path = tmp_path / "class.db"
    with class_of(excusing(called), "101", roster=(ADA, CLEO, namesake), path=path) as book:
        report = classwork.report(book)
        assert report.excused == {}
        assert any(line.startswith(sentence) for line in attention.lines(book, report))
        assert [path for _, path, why in report.leftovers if said in why] == ["course.toml"]
    done = CliRunner().invoke(main, ["export", str(path), "--format", "csv"])
    assert (done.exit_code, sentence in done.stderr, sentence in done.stdout) == (0, True, False)


def test_without_a_roster_the_class_is_who_handed_in() -> None:
    """By the names of submissions; a learner's own run, which has the course's file, tells nothing of others."""
    course = Course(
        exercises={"03": Plan(due=DUE)},
        extensions=[Extension(learner=each, due=LATER) for each in ("ada", "dan")],
    )
    with class_of(course, "ada", "ben", roster=()) as book:
        report = classwork.report(book)
    assert [each.late is None for each in report.submissions] == [True, False]
    assert [line.partition(";")[0] for line in report.unmeant] == ["the extension of 'dan' means nobody of the class"]
    with class_of(course, "ada", roster=()) as book:
        assert classwork.report(book).unmeant == []


def test_platforms_say_who_it_is_where_there_is_no_roster() -> None:
    """Gradescope's sid, its e-mail address, or a name."""
    people = [Person(name=name, platform="gradescope", sid=name[0], email=f"{name}@x.org") for name in ("Ann", "Bob")]
    for called in ("A", "ann@x.org", "Ann"):
        with class_of(excusing(called), roster=()) as book:
            for person in people:
                book.enter(Submission(name=person.name, attempts=[], people=[person]), {})
            report = classwork.report(book)
        assert [each.excused for each in report.submissions] == [["03", "05"], []]


# --- how they read ---------------------------------------------------------------------------------


def test_the_pages_tell_what_is_excused_from_what_is_missing() -> None:
    """And what was handed in and has no result yet, as after Ctrl-C; each with a sign of its own in the legend."""
    with class_of(excusing("102", "05"), "101", "102", "103") as book:
        attempts = [HandIn(exercise=number, text=number.encode()) for number in NUMBERS]
        waiting = Submission(name="103", attempts=attempts, people=[Person(name="103")])
        book.enter(waiting, {"03": "k3", "05": "k5"})
        texts = pages.files(classwork.report(book))
    index = texts["index.html"]
    shown = re.findall(r'class="nothing"><span aria-hidden="true">(.)</span><span class="unseen">([^<]*)', index)
    assert shown == [("·", "not handed in"), ("~", "excused"), ("…", "not graded yet")]
    assert all(f"{sign}</span> {word}" in index for sign, word in shown)
    assert "<dt>excused</dt><dd>05</dd>" in texts["learner-2.html"]
    assert "<dt>not graded yet</dt><dd>05</dd>" in texts["learner-3.html"]


# --- marks that were set by hand -----------------------------------------------------------------------


def deciding(learner: str, points: float, due: datetime | None = None) -> Course:
    """For 03, which was due long ago, with a penalty that applies."""
    decision = Decided(learner=learner, exercises=["03"], points=points, why="by word of mouth")
    late = Late(penalty_per_day=0.5, applies=True)
    return Course(exercises={number: Plan() for number in NUMBERS}, decided=[decision], late=late, due=due)


@pytest.mark.parametrize("handed_in", [("Ada Lovelace", "Cleo"), ("Ada Lovelace",)], ids=["late", "nothing"])
def test_a_mark_that_was_set_by_hand_counts_as_it_is(handed_in: tuple[str, ...]) -> None:
    """Of who handed in late, and of who handed in nothing; every table has it, and the learner reads why."""
    with class_of(deciding("cleo@x.org", 7.5, due=DUE), *handed_in) as book:
        report = classwork.report(book)
    assert marks(report) == {
        "canvas": [["103", "", "7.5", "0"]],
        "moodle": [["7.5", "by word of mouth", "0", "not handed in"]],
        "csv": [["03", "failed", "7.5", "7.5"], ["05", "not handed in", "0", "0"]],
    }
    assert "- ✗ Set by hand (7.5 of 10): by word of mouth\n" in feedback.files(report)["Cleo.md"]
    assert report.missing == [BEN]


def test_what_passes_by_hand_needs_no_person_any_more() -> None:
    """Also if the checks could not be judged: what they found of it counts nothing, and is not asked about again."""
    with class_of(deciding("103", 10), "Cleo") as book:
        opened = grading.check(Answer(verdict=Verdict.INCONCLUSIVE), name="a", title="A", max_score=10.0, seconds=0.0)
        book.add("k3", grading.attempt("03", [opened], "ab" * 32))
        assert marks(classwork.report(book))["csv"][0] == ["03", "passed", "10", "10"]
        report = classwork.report(book)
        assert not any("Could not be judged" in line for line in attention.lines(book, report))
    assert marks(report)["csv"][0] == ["03", "passed", "10", "10"]
    assert "- ✓ Set by hand: by word of mouth (10 of 10)\n" in feedback.files(report)["Cleo.md"]


def test_a_decision_about_nobody_is_told() -> None:
    """And no mark changes."""
    with class_of(deciding("Dora", 10), "Cleo") as book:
        report = classwork.report(book)
    assert marks(report)["csv"][0] == ["03", "passed", "10", "10"]
    assert report.unmeant == ["the decision of 'Dora' means nobody of the class; " + SAY]


# --- whose a submission is -------------------------------------------------------------------------


def owning(*pairs: tuple[str, list[str]]) -> Course:
    owners = [Owned(submission=name, learners=learners) for name, learners in pairs]
    return Course(exercises={number: Plan() for number in NUMBERS}, owners=owners)


def whose(course: Course, *names: str) -> tuple[dict[str, str], dict[str, str]]:
    """Who is given what, and what is nobody's, and why."""
    with class_of(course, *names) as book:
        report = classwork.report(book)
    return {each.learner.name: each.submission for each in report.submissions if each.learner}, report.ambiguous


def test_the_course_says_whose_a_submission_is() -> None:
    """It goes before every key: what claims the same learner besides is nobody's, and told."""
    assert whose(owning(("cats-11", ["cleo@x.org"])), "cats-11", "Ben Bitdiddle")[0] == {
        "Cleo": "cats-11",
        "Ben Bitdiddle": "Ben Bitdiddle",
    }
    given, nobodys = whose(owning(("cats-11", ["cl"])), "cats-11", "Cleo")
    assert given == {"Cleo": "cats-11"}
    assert nobodys == {"Cleo": "it may be from Cleo (103), whose submission is another one, by a key that tells more"}
    assert whose(owning(("pair", ["101", "102"])), "pair")[0] == {"Ada Lovelace": "pair", "Ben Bitdiddle": "pair"}


def test_a_slip_is_taken_back() -> None:
    """What the course says is nobody's counts for nobody, and stands in nobody's way."""
    given, nobodys = whose(owning(("Cleo", [])), "Cleo", "cleo@x.org")
    assert given == {"Cleo": "cleo@x.org"}
    assert nobodys == {"Cleo": "the course says that it is nobody's"}


def test_owners_that_mean_nothing_are_told() -> None:
    """No such submission, nobody of the class, no roster: and nothing changes."""
    with class_of(owning(("kleo", ["103"]), ("Cleo", ["Dora"])), "Cleo") as book:
        report = classwork.report(book)
        book.enrol([])
        assert classwork.report(book).unmeant[0].endswith("are of no use without a roster: say --roster")
    assert [each.learner for each in report.submissions] == [CLEO]
    assert report.unmeant == [
        "the owners of 'kleo' have no such submission: say what reports call it",
        f"the owner 'Dora' of 'Cleo' means nobody of the class; {SAY}",
    ]


# --- what may be theirs ----------------------------------------------------------------------------


@pytest.mark.parametrize("has_other_work", [True, False])
def test_what_two_may_own_is_no_zero_of_theirs(has_other_work: bool) -> None:
    """It is to be decided, in a row of each of them that is there in any case; what nobody handed in counts nothing."""
    cleo, namesake = (Learner(id=each, name="Cleo", fields={"id": each}) for each in ("103", "104"))
    course = Course(exercises={number: Plan() for number in (*NUMBERS, "11")})
    names = ("101", "103") if has_other_work else ("101",)
    with class_of(course, *names, roster=(ADA, cleo, namesake)) as book:
        open_claim = Submission(name="Cleo", attempts=[HandIn(exercise="05", text=b"5")], people=[Person(name="Cleo")])
        book.enter(open_claim, {"05": "k5"})
        book.add("k5", result("05", 5, 5))
        report = classwork.report(book)
        told = attention.lines(book, report)
    csv = [row for row in records(plain_csv.render(report)) if row["learner"] in ("103", "104")]
    assert [(row["verdict"], row["score"]) for row in csv if row["exercise"] == "05"] == [("to be decided", "")] * 2
    assert all((row["verdict"], row["score"]) == ("not handed in", "0") for row in csv if row["exercise"] == "11")
    assert [row[-2:] for row in rows(canvas.render(report)) if "Cleo" in row] == [["", "0"]] * 2
    assert [row[-4:] for row in rows(moodle.render(report)) if "Cleo" in row] == [
        ["", "to be decided", "0", "not handed in"]
    ] * 2
    assert "To be decided, and without a mark until then: Cleo 05, Cleo 05" in told
    assert [each["id"] for each in json.loads(FORMATS["json"](report)["report.json"])["undecided"]] == ["103", "104"]
    index = pages.files(report)["index.html"]
    assert (index.count("to be decided: 05"), "?</span> to be decided" in index) == (
        (1, True) if has_other_work else (2, False)
    )
