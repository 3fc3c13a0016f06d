"""Extensions and excuses: whom of the class they mean, and what they are worth."""

from __future__ import annotations

import msgspec

from checker.classroom import classwork
from checker.classroom.course import Course, Excused, Plan
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.report import canvas, items, moodle, plain_csv
from checker.report.html import pages
from checker.report.model import Learner, Report
from tests.test_course import result
from tests.test_exports import records, rows

ADA = Learner(id="101", name="Ada Lovelace", email="ada@x.org", fields={"id": "101", "login": "al"})
BEN = Learner(id="102", name="Ben Bitdiddle", email="ben@x.org", fields={"id": "102", "login": "bb"})
CLEO = Learner(id="103", name="Cleo", email="cleo@x.org", fields={"id": "103", "login": "cl"})
NUMBERS = ("03", "05")


def class_of(course: Course, *names: str, roster: tuple[Learner, ...] = (ADA, BEN, CLEO)) -> Gradebook:
    """Each submission of these names has all points of 03, handed in on 1 March 2027."""
    book = Gradebook()
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
        told = "\n".join(classwork.attention(book, report))
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
        told = "\n".join(classwork.attention(book, report))
    assert [row[-2:] for row in marks(report)["canvas"]] == [["EX", "EX"]]
    assert "Nothing handed in" not in told
    assert "nothing handed in" not in pages.files(report)["index.html"]
