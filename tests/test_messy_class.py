"""Messy classes, as platforms write them: every mark is for the work of whom it is given to, and nothing is lost."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from checker import catalog
from checker.classroom import attention, classwork, roster
from checker.classroom.submissions import search
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import Ignored
from checker.judge import grading
from checker.model.answer import Answer, Verdict
from checker.report import plain_csv
from tests import messy_class
from tests.messy_class import Made

EXERCISES = catalog.load_all(catalog.own_exercises())


def entered(made: Made, path: Path, book: Gradebook) -> list[str]:
    """As `checker grade` would, with a result for each attempt that says only whose it is; what a person is told."""
    only = next((each for each in EXERCISES if each.number == made.exercise), None)
    roster_file = path.with_suffix(".csv")
    roster_file.write_text(made.roster)
    unusable: list[str] = []
    if made.roster:
        book.enrol(roster.read(roster_file, left_out=unusable))
    left_out = [Ignored(path="roster", why=why) for why in unusable]
    classwork.enter(book, search.find(path, EXERCISES, only, left_out), made.exercise)
    book.leave_out(str(path), left_out)
    check = grading.check(Answer(verdict=Verdict.PASSED), name="a", title="a", max_score=10.0, seconds=0.0)
    hashes = dict(book.rows(tuple[str, str], "SELECT key, sha256 FROM handin WHERE sha256 IS NOT NULL"))
    for _, exercise, key in book.handins():
        if key in hashes:
            book.add(key, grading.attempt(exercise, [check], hashes[key]))
    return attention.lines(book, classwork.report(book))


def given(book: Gradebook) -> dict[tuple[str, str], str]:
    """Every mark of somebody of the roster: (id, exercise) -> hash."""
    rows = list(csv.DictReader(io.StringIO(plain_csv.render(classwork.report(book)))))
    marks = [((row["learner"], row["exercise"]), row["attempt_sha256"]) for row in rows if row["attempt_sha256"]]
    known = {learner.id for learner in book.roster()}
    assert len({who for who, _ in marks if who[0] in known}) == len([who for who, _ in marks if who[0] in known])
    return {who: sha256 for who, sha256 in marks if who[0] in known}


@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
@pytest.mark.parametrize("make", messy_class.CLASSES, ids=lambda make: make.__name__)
def test_every_mark_is_for_the_right_work(make: Callable[[Path], Made], packed: bool, tmp_path: Path) -> None:
    """Nobody gets another's, nobody's is lost, and what is left over is listed with its reason."""
    made = make(tmp_path)
    path = messy_class.as_zip(made.path) if packed else made.path
    with Gradebook() as book:
        told = "\n".join(entered(made, path, book))
        marks = given(book)
        assert {who: sha256 for who, sha256 in marks.items() if made.marks.get(who) != sha256} == {}, "misattributed"
        assert made.marks.keys() - marks.keys() == set(), "lost"
        for where, why in made.leftovers:
            assert [line for line in told.splitlines() if where in line and why in line], (where, why, told)
        missing = {learner.id for learner in classwork.report(book).missing}
        assert not {who for who, _ in marks} & missing


def test_near_misses_are_named_first(tmp_path: Path) -> None:
    """What was surely meant to be an attempt, by its name or its place, comes before anything else."""
    made = messy_class.github(tmp_path)
    first = [each.ignored[0] for each in search.find(made.path, EXERCISES) if each.ignored]
    for wanted in made.near_first:
        assert [ignored for ignored in first if wanted in ignored.path], wanted
    assert all(ignored.why for ignored in first)


def test_who_hands_in_alone_later_is_the_same(tmp_path: Path) -> None:
    """A later download, without the namesake: the mark is still hers, and the other one's stays."""
    made = Made(tmp_path / "week1", 'Student,ID\n"Lopez, Mia",5101\n"Lopez, Mia",5102\n', exercise="03")
    for number in (5101, 5102):
        text = made.mark(str(number), "03", f"# {number}\n")
        messy_class.write(made.path / f"lopezmia_{number}_1{number}_attempt.py", text)
    week2 = Made(tmp_path / "week2", made.roster, exercise="11")
    messy_class.write(week2.path / "lopezmia_5102_25102_attempt.py", week2.mark("5102", "11", "# 11\n"))
    with Gradebook() as book:
        entered(made, made.path, book)
        entered(week2, week2.path, book)
        assert given(book) == made.marks | week2.marks


def test_a_stray_file_merges_nobody(tmp_path: Path) -> None:
    """ada_03.py, ben_03.py and 03.py are two learners, and a file that is nobody's."""
    for name in ("ada_03.py", "ben_03.py", "03.py"):
        messy_class.write(tmp_path / "class" / name, f"# {name}\n")
    left_out: list[Ignored] = []
    found = list(search.find(tmp_path / "class", EXERCISES, None, left_out))
    assert [(each.name, len(each.attempts), each.ignored) for each in found] == [("ada", 1, []), ("ben", 1, [])]
    assert [(Path(each.path).name, "names nobody" in each.why) for each in left_out] == [("03.py", True)]


def test_co_submitters_get_the_same_mark(tmp_path: Path) -> None:
    """One grading, a mark for each, also without a roster: Gradescope says who they are, and when."""
    made = messy_class.gradescope(tmp_path)
    with Gradebook() as book:
        made.roster = ""
        entered(made, made.path, book)
        rows = classwork.report(book).submissions
        first = [each for each in rows if each.learner is not None and each.learner.id in ("5001", "5002")]
        assert len({each.exercises[0].attempt_sha256 for each in first}) == 1
        assert [each.handed_in for each in first] == ["2026-03-01T10:30:09+00:00"] * 2
