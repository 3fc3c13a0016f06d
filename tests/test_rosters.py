"""A merge joins rosters by people: who is there under two ids has one row, and two people of one name have two."""

from __future__ import annotations

from pathlib import Path

import pytest

from checker.classroom import attention, classwork
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
        for _, about, key in book.handins():
            book.add(key, grading.attempt(about, [], None))
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


def ada(name: str = "Ada X", number: str = "101", **fields: str) -> Learner:
    return learner("ID", name, **({"ID": number, "Email": "a@x.org"} | fields))


@pytest.mark.parametrize(
    ("person", "before", "now", "is_news"),
    [
        (Person(name="Ada X", platform="gradescope", email="a@x.org"), ada(), ada(Email="new@x.org"), False),
        (Person(name="A.", platform="gradescope", email="a@x.org"), ada(), ada(Email="new@x.org"), True),
        (Person(name="Ada X", platform="moodle", number="7"), ada(), ada("Ada Y"), True),
        (Person(name="Ada X", platform="moodle", number="7"), ada(), ada("Ada Y", "5101"), False),
        (Person(name="Ada X", platform="moodle", number="7"), ada(), ada("Ada Y", Email="new@x.org"), False),
        (Person(name="ada"), ada(GitHub_username="ada"), ada(GitHub_username="ada2"), True),
        (Person(name="Ada X"), ada(), ada("Ada Y", "5", Email="n@x.org"), False),
    ],
    ids=["address", "address, name", "name", "another id", "name and address", "login", "somebody else"],
)
def test_whose_earlier_work_is_stays_known(person: Person, before: Learner, now: Learner, is_news: bool) -> None:
    """Where the id is the same, and not all else is other; what is not followed is told with the earlier name."""
    with Gradebook() as book:
        book.set(asked="03 05")
        for week, (own, roster) in {"03": (person, before), "05": (Person(name=now.name), now)}.items():
            book.enrol([roster, learner("ID", "Ben X", ID="102", Email="b@x.org")])
            attempts = [HandIn(exercise=week, text=week.encode())]
            classwork.enter(book, [Submission(name=f"week {week}", attempts=attempts, people=[own])], week)
        for _, exercise, key in book.handins():
            book.add(key, grading.attempt(exercise, [], None))
        report = classwork.report(book)
        told = "\n".join(attention.lines(book, report))
        (row,) = [each for each in report.submissions if each.learner == now]
        is_followed = "week 03" not in report.ambiguous
        assert is_followed == ("03" in row.history)
        assert ("Only an earlier roster says whose these are: week 03 is from Ada" in told) == is_news
        if not is_followed:
            assert "in an earlier roster: Ada X (101)" in report.ambiguous["week 03"]
            assert report.ambiguous["week 03"] in [why for _, _, why in report.leftovers]


def test_what_today_s_roster_says_beats_an_earlier_one() -> None:
    """A login that another one has by now is that one's; an old address takes no mark from who hands in by the new."""
    ben = learner("ID", "Ben X", ID="102", Email="a@x.org")
    mine = [Person(name="x", platform="gradescope", email=each) for each in ("old@x.org", "a@x.org", "new@x.org")]
    with Gradebook() as book:
        for who in ([ada(Email="a@x.org")], [ada(Email="old@x.org")], [ada(Email="new@x.org"), ben]):
            book.enrol(who)
        attempts = [HandIn(exercise="03", text=b"x")]
        classwork.enter(book, [Submission(name=p.email, attempts=attempts, people=[p]) for p in mine])
        found = classwork.matches(book, book.submissions())
        assert {name: [each.id for each in own] for name, own in found.learners.items()} == {
            "new@x.org": ["101"], "a@x.org": ["102"],
        }  # fmt: skip
        assert "whose submission is another one, by a key that tells more" in found.ambiguous["old@x.org"]


def test_an_older_checker_s_gradebook_has_no_earlier_rosters(tmp_path: Path) -> None:
    """Only read, it lacks the table; opened to write, it gets it."""
    with Gradebook(tmp_path / "class.db") as book:
        book.enrol([ada()])
        book.write("DROP TABLE former", [()])
    with Gradebook(tmp_path / "class.db", only_read=True) as book:
        assert book.former() == []
    with Gradebook(tmp_path / "class.db") as book:
        book.enrol([ada("Ada Y")])
        book.enrol([ada("Ada Y")])
        assert book.former() == [ada()]


@pytest.mark.parametrize("order", [(0, 1), (1, 0), (0, 1, 0, 1)])
def test_a_new_address_in_the_roster_of_another_part(tmp_path: Path, order: tuple[int, ...]) -> None:
    """The work of both weeks is hers, whichever roster stays."""
    for at, (exercise, address) in enumerate((("03", "old@x.org"), ("05", "new@x.org"))):
        with Gradebook(tmp_path / str(at)) as part:
            part.set(asked=exercise)
            part.enrol([ada(Email=address)])
            person = Person(name="A.", platform="gradescope", email=address)
            attempts = [HandIn(exercise=exercise, text=b"x")]
            classwork.enter(part, [Submission(name=address, attempts=attempts, people=[person])])
    with Gradebook() as book:
        for at in order:
            classwork.take(book, tmp_path / str(at))
        found = classwork.matches(book, book.submissions())
        assert {name: [each.id for each in own] for name, own in found.learners.items()} == {
            "old@x.org": ["101"], "new@x.org": ["101"],
        }  # fmt: skip
        assert len(book.former()) == 1
