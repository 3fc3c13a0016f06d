"""Who graded a part of a class, or a week, merges: all work stays its author's, and what does not count is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.classroom import classwork, telling
from checker.commands.cli import main
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.judge import grading
from tests.messy_class import Made, write
from tests.test_again import CLASS, canvas, clones, flat_class, gradescope, moodle, worksheet
from tests.test_messy_class import entered, given

MIAS = 'Student,ID\n"Lopez, Mia",5101\n"Lopez, Mia",5102\n'


def part(made: Made) -> Path:
    """A gradebook of its own."""
    path = made.path.with_suffix(".db")
    with Gradebook(path) as book:
        book.set(asked=made.exercise or "03")
        entered(made, made.path, book)
    return path


def merged(book: Gradebook, *parts: Path) -> str:
    """What an instructor is told."""
    return "\n".join(line for each in parts for line in telling.merged(classwork.take(book, each), each.name))


def first_seen_in_march(path: Path) -> Path:
    """Everything in a gradebook."""
    with Gradebook(path) as book:
        book.write("UPDATE past SET at = ?", [("2026-03-01T09:30:00+00:00",)])
    return path


def mia(root: Path, number: int, exercise: str = "03") -> Made:
    """A section, or a week, with one of the two."""
    return canvas(root, exercise, MIAS, **{f"id{number}": f"lopezmia_{number}_9{number}_attempt.py"})


def test_namesakes_of_two_sections_stay_two(tmp_path: Path) -> None:
    """By the platform's numbers; also when they are merged again, the other way round, or from one another."""
    sections = [mia(tmp_path / str(number), number) for number in (5101, 5102)]
    marks = sections[0].marks | sections[1].marks
    parts = [part(each) for each in sections]
    for order in (parts, parts[::-1]):
        with Gradebook(tmp_path / f"all of {order[0].name}") as book:
            told = [merged(book, each) for each in (*order, *order)]
            assert (given(book), classwork.report(book).missing, len(book.submissions())) == (marks, [], 2)
            second = order[1].stem
            assert told[:2] == ["", f"Called otherwise here than in {second}.db: lopezmia is lopezmia ({second})"]
            assert len(book.past()) == 2
            assert {each.submission: len(each.history["03"]) for each in classwork.report(book).submissions} == {
                "lopezmia": 1, f"lopezmia ({second})": 1,
            }  # fmt: skip
    with Gradebook(tmp_path / "all of 5101.db") as book:
        merged(book, tmp_path / "all of 5102.db")
        assert (given(book), len(book.submissions())) == (marks, 2)


def test_an_appeal_is_that_of_the_namesake_who_made_it(tmp_path: Path) -> None:
    """What a submission is called here is what its appeal is kept under."""
    parts = [part(mia(tmp_path / str(number), number)) for number in (5101, 5102)]
    with Gradebook(parts[1]) as book:
        ((name, exercise, key),) = book.handins()
        book.appeal(name, exercise, key, "it was right")
    with Gradebook() as book:
        merged(book, *parts, *parts)
        assert [(name, why) for name, *_, why in book.appeals()] == [("lopezmia (5102)", "it was right")]


def test_weeks_of_the_same_people_are_theirs(tmp_path: Path) -> None:
    """Canvas's number and Gradescope's address tell them, whatever they are called."""
    weeks = [mia(tmp_path / "1", 5101), mia(tmp_path / "2", 5102, "11"), mia(tmp_path / "3", 5101, "12")]
    with Gradebook() as book:
        merged(book, *map(part, weeks))
        assert (given(book), len(book.submissions())) == (weeks[0].marks | weeks[1].marks | weeks[2].marks, 2)
    week1 = gradescope(tmp_path / "week1", "03", 7000, ("Ada Lovelace", ""), ("Ben O'Neil", "5002"))
    week2 = gradescope(tmp_path / "week2", "11", 8000, ("Ben O'Neil", "5002"), ("Ada L.", "5001"))
    with Gradebook() as book:
        merged(book, part(week1), part(week2))
        assert (given(book), len(book.submissions())) == (week1.marks | week2.marks, 2)


@pytest.mark.parametrize("has_worksheets", [False, True])
def test_weeks_on_moodle(tmp_path: Path, has_worksheets: bool) -> None:
    """It numbers people anew in each, so a full name that the roster has once tells; of two numbers, both are kept."""
    numbers = [dict(zip(("Ada", "Ben", "Cleo"), each, strict=True)) for each in ((11, 12, 13), (21, 22, 23))]
    rosters = [
        worksheet(**each) if has_worksheets else "Name,ID\nAda X,Ada\nBen X,Ben\nCleo X,Cleo\n" for each in numbers
    ]
    week1 = moodle(tmp_path / "week1", "03", rosters[0], Ada=11, Ben=12)
    week2 = moodle(tmp_path / "week2", "11", rosters[1], Ada=21, Cleo=23)
    parts = [part(week1), part(week2)]
    with Gradebook() as book:
        assert merged(book, *parts, *parts) == ""
        assert given(book) == week1.marks | week2.marks
        assert sorted(each.name for each in book.submissions()) == ["Ada X", "Ben X", "Cleo X"]
        ada = book.submissions()[0].people[0]
        assert {ada.number, *ada.earlier} == {"11", "21"}


def test_where_nobody_can_know_what_does_not_count_is_told(tmp_path: Path) -> None:
    """Two folders of one name may be two people's, or one's in two versions: the later one counts, as of a path."""
    first, second = clones(tmp_path / "first", *CLASS), clones(tmp_path / "second", CLASS[0], text=", later")
    parts = [part(first), part(second)]
    first_seen_in_march(parts[0])
    for number, order in enumerate((parts, parts[::-1])):
        with Gradebook(tmp_path / f"{number}.db") as book:
            told = [merged(book, each) for each in (*order, *order)]
            assert given(book) == first.marks | second.marks
            (line,) = [line for line in told[1].splitlines() if line.startswith("Not taken from kata-1-alice: ")]
            left, counts = line.split(": ")[1:]
            assert ("first/kata-1-alice" in left, "second/kata-1-alice" in counts) == (True, True), line
            assert (telling.NAMESAKES in told[1], told[2:]) == (True, ["", ""])
            assert [each.why for each in book.submissions()[0].ignored] == [counts]
            assert len(classwork.report(book).submissions[0].history["03"]) == 2


def test_what_a_gradebook_knows_as_earlier_is_not_told(tmp_path: Path) -> None:
    """One part saw both versions: then it is one person's."""
    made = clones(tmp_path / "class", *CLASS)
    with Gradebook() as book:
        merged(book, first_seen_in_march(part(made)))
        newer = clones(tmp_path / "class", *CLASS, text=", newer")
        assert (merged(book, part(newer)), given(book)) == ("", newer.marks)


def test_of_many_that_do_not_count_the_names_are_told(tmp_path: Path) -> None:
    """As of a path; and the command says it."""
    parts = [part(flat_class(tmp_path / text, text)) for text in ("x", "y")]
    done = CliRunner().invoke(main, ["merge", str(tmp_path / "all.db"), *map(str, parts)])
    assert (done.exit_code, "20 attempts, of ada01, ada02" in done.output) == (0, True), done.output
    assert "20 attempts are graded, 0 are not." in done.output


def test_two_of_one_address_stay_two(tmp_path: Path) -> None:
    """As in the export that they are from; graded or merged again, too."""
    made = gradescope(tmp_path / "week1", "03", 7000, ("Ada Lovelace", "5001"), ("Ada Lovelace", "5001"))
    names = [f"Ada Lovelace (submission_{number})" for number in (7000, 7001)]
    with Gradebook() as book:
        merged(book, *[part(made)] * 2, part(made))
        assert [each.name for each in book.submissions()] == names


def test_an_older_checker_s_submission_is_told_by_its_name(tmp_path: Path) -> None:
    """It does not say whose it is; also merged again it is one."""
    old = Submission(name="lopezmia", attempts=[HandIn(exercise="11", text=b"# hers")])
    new = Submission(
        name="lopezmia", attempts=[HandIn(exercise="03", text=b"# hers")], people=[Person(name="lopezmia")]
    )
    for name, submission in (("old.db", old), ("new.db", new)):
        with Gradebook(tmp_path / name) as book:
            classwork.enter(book, [submission])
    with Gradebook() as book:
        merged(book, *(tmp_path / name for name in ("new.db", "old.db", "new.db", "old.db")))
        assert [(each.name, len(each.attempts), each.people) for each in book.submissions()] == [
            ("lopezmia", 2, new.people)
        ]


def test_nothing_that_was_said_of_a_submission_is_lost(tmp_path: Path) -> None:
    """What was not taken of a first week stays listed after the second."""
    week1 = clones(tmp_path / "week1", *CLASS)
    write(week1.path / CLASS[0] / "exercises" / "11_tasks_not_awaits" / "atempt.py", "# a slip\n")
    week2 = clones(tmp_path / "week2", *CLASS, exercise="11")
    with Gradebook() as book:
        merged(book, part(week1), part(week2))
        assert [each.path.rpartition("/")[2] for each in book.submissions()[0].ignored] == ["atempt.py"]


@pytest.mark.parametrize("graded_first", [True, False])
@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("other", [None, "2026-03-05T09:30:00+00:00"])
def test_one_text_was_handed_in_at_the_earliest_time_that_is_known(
    tmp_path: Path, order: tuple[int, int], graded_first: bool, other: str | None
) -> None:
    """Whichever part was graded later, or comes first; what a part without the list does not know is not lost."""
    parts = [tmp_path / "one.db", tmp_path / "two.db"]
    for path, when, late in ((parts[0], "2026-03-02T09:30:00+00:00", False), (parts[1], other, other is not None)):
        with Gradebook(path) as book:
            book.set(asked="03", due="2026-03-01T00:00:00+00:00")
            path_in_canvas = "ada_1_2_attempt.py" if other is not None else "attempt.py"
            attempt = HandIn(exercise="03", text=b"# hers", handed_in=when, is_marked_late=late, path=path_in_canvas)
            classwork.enter(book, [Submission(name="ada", attempts=[attempt], people=[Person(name="ada")])])
            ((_, _, key),) = book.handins()
            book.add(key, grading.attempt("03", [], None))
            book.write("UPDATE result SET graded_at = ?", [(f"2026-05-0{1 + (graded_first == (path == parts[0]))}",)])
    with Gradebook() as book:
        merged(book, *(parts[at] for at in order), *parts)
        (attempt,) = book.submissions()[0].attempts
        assert (attempt.handed_in, attempt.is_marked_late) == ("2026-03-02T09:30:00+00:00", False)
        assert [at.isoformat() for *_, at in book.past()] == ["2026-03-02T09:30:00+00:00"]
        assert list(classwork.report(book).submissions[0].late_by) == ["03"]
