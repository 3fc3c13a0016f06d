"""A merge joins rosters by people: who is there under two ids has one row, and two people of one name have two."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.classroom import classwork
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.judge import grading
from checker.report.model import Learner

WEEK1, WEEK2 = (("Ada X", 4401), ("Ben X", 4402)), (("Ada X", 5501), ("Ben X", 5502))


def learner(column: str = "Student ID", name: str = "Ada X", **fields: str) -> Learner:
    """Whose id is what this column says."""
    row = {"Full name": name} | {key.replace("_", " "): value for key, value in fields.items()}
    return Learner(id=row[column], name=name, email=row.get("Email", ""), fields=row)


def participant(name: str, number: int) -> Learner:
    return learner("Identifier", name, Identifier=f"Participant {number}", Status="Submitted")


def part(path: Path, exercise: str, numbers: tuple[tuple[str, int], ...], absent: tuple[str, ...] = ()) -> Path:
    """A gradebook of an assignment on Moodle, with its worksheet."""
    with Gradebook(path) as book:
        book.set(asked=exercise)
        book.enrol(participant(*each) for each in numbers)
        for name, number in numbers:
            person = Person(name=name, platform="moodle", number=str(number))
            attempts = [HandIn(exercise=exercise, text=f"# {name} {number}\n".encode())]
            if name not in absent:
                classwork.enter(book, [Submission(name=name, attempts=attempts, people=[person])])
        for _, number, key in book.handins():
            book.add(key, grading.attempt(number, [], None))
    return path


@pytest.mark.parametrize("order", [(0, 1, 0, 1), (1, 0, 1, 0)])
def test_weeks_of_moodle_s_worksheets_are_of_the_same_people(tmp_path: Path, order: tuple[int, ...]) -> None:
    """Each has numbers of its own; also of who handed in nothing, and when a part is merged again."""
    weeks = [part(tmp_path / "1", "03", WEEK1), part(tmp_path / "2", "05", WEEK2, absent=("Ben X",))]
    with Gradebook() as book:
        for at in order:
            classwork.take(book, weeks[at])
        report = classwork.report(book)
        rows = {each.learner.name: each for each in report.submissions if each.learner is not None}
        assert ([each.name for each in book.roster()], len(report.submissions)) == (["Ada X", "Ben X"], 2)
        assert {name: sorted(row.history) for name, row in rows.items()} == {"Ada X": ["03", "05"], "Ben X": ["03"]}


def test_namesakes_of_two_sections_have_two_rows(tmp_path: Path) -> None:
    """In one assignment, who has two numbers is two people; and so is a name that one list has twice."""
    twice = (("Ada X", 6601), ("Ada X", 6602))
    for number, other in enumerate((part(tmp_path / "b", "03", WEEK2), part(tmp_path / "c", "05", twice, ("Ada X",)))):
        with Gradebook(tmp_path / f"all {number}") as book:
            for path in (part(tmp_path / f"a{number}", "03", WEEK1), other, other):
                classwork.take(book, path)
            assert len(book.roster()) == 4


@pytest.mark.parametrize(
    ("theirs", "number"),
    [
        (learner("Email", Student_ID="5001", Email="a@x.org"), 1),
        (learner("Login", Login="ada", Email="A@x.org"), 1),
        (learner("Login", "Ada Y", Login="ada", Student_ID="5001"), 1),
        (learner("Login", Login="ada"), 2),
        (learner("Login", Login="ada", Student_ID="5002", Email="a@x.org"), 2),
        (learner("Number", Number="5001"), 1),
        (learner("Number", Number="7"), 2),
        (learner("Number", "Zoe X", Number="7", Email="z@x.org"), 2),
    ],
)
def test_a_roster_with_its_ids_in_another_column(tmp_path: Path, theirs: Learner, number: int) -> None:
    """Something unique has to be the same, and nothing unique may differ; a name alone tells nobody."""
    with Gradebook(tmp_path / "other") as other:
        other.enrol([theirs])
    with Gradebook() as book:
        ours = learner(Student_ID="5001", Email="a@x.org")
        book.enrol([ours])
        classwork.take(book, tmp_path / "other")
        assert (book.roster()[0], len(book.roster())) == (ours, number)


def test_two_of_another_roster_are_not_one_of_this(tmp_path: Path) -> None:
    """An address of two people tells neither."""
    with Gradebook(tmp_path / "other") as other:
        other.enrol(learner("Login", Login=login, Email="a@x.org") for login in ("ada", "zoe"))
    with Gradebook() as book:
        book.enrol([learner(Student_ID="5001", Email="a@x.org")])
        classwork.take(book, tmp_path / "other")
        assert [each.id for each in book.roster()] == ["5001", "ada", "zoe"]
