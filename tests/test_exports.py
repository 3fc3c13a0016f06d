"""Exports: what other programs read of a class."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections import Counter
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import msgspec
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from checker.classroom import course, marks
from checker.commands import books
from checker.gradebook.gradebook import Gradebook
from checker.gradebook.handins import HandIn, Person, Submission
from checker.picture import as_text
from checker.report import (
    canvas,
    classroom50,
    escape,
    exports,
    feedback,
    items,
    junit,
    moodle,
    plain_csv,
    similar,
    write,
)
from checker.report.model import Learner, Report
from tests import graded_class, made_class
from tests.made_class import ANY_TEXT, GOLDEN, MANY

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?")


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text), strict=True))


def records(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text), strict=True))


def is_formula(cell: str) -> bool:
    return cell[:1] in {*escape.FORMULA_STARTS, "\t", "\r"} and not NUMBER.fullmatch(cell)


def gradescope(report: Report) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(exports.FORMATS["gradescope"](report)["results.json"])
    return document


# --- as a whole ------------------------------------------------------------------------------------


def test_every_file_is_as_it_was() -> None:
    """Each export of the made class is the golden one; `python -m tests.made_class` makes them anew."""
    kept = {
        path.relative_to(GOLDEN).as_posix(): path.read_bytes().decode() for path in GOLDEN.rglob("*") if path.is_file()
    }
    made = made_class.golden()
    assert sorted(made) == sorted(kept)
    for path, text in made.items():
        assert text == kept[path], path


@pytest.mark.parametrize("name", exports.FORMATS)
def test_the_command_writes_the_same(name: str, tmp_path: Path) -> None:
    """`checker export` of the graded class's file: each format is as its golden files are."""
    with Gradebook(tmp_path / "class.db") as book:
        graded_class.fill(book)
    output = tmp_path / "exported"
    done = CliRunner().invoke(books.export, [str(tmp_path / "class.db"), "--format", name, "--output", str(output)])
    assert done.exit_code == 0, done.output
    kept = {path.relative_to(GOLDEN / "graded" / name): path for path in (GOLDEN / "graded" / name).rglob("*.*")}
    for path, golden in kept.items():
        assert (output / path if output.is_dir() else output).read_bytes() == golden.read_bytes(), path
    assert kept


def test_all_formats_in_one_command(tmp_path: Path) -> None:
    """A folder with what each format alone would be: files, and folders for those of several files."""
    with Gradebook(tmp_path / "class.db") as book:
        graded_class.fill(book)
    command = [str(tmp_path / "class.db"), "--output", str(tmp_path / "exported")]
    done = CliRunner().invoke(books.export, [*command, "--format", "all"])
    assert done.exit_code == 0, done.output
    graded = GOLDEN / "graded"
    kept = {path.relative_to(graded): path for path in graded.rglob("*.*") if path.parent != graded}
    for path, golden in kept.items():
        place = path if path.parts[0] in books.PAGES else Path(path.name)
        assert (tmp_path / "exported" / place).read_bytes() == golden.read_bytes(), path
    assert len(kept) > len(exports.FORMATS)


def test_one_file_can_be_printed(tmp_path: Path) -> None:
    """Without --output, one file is; of several, the command asks where to."""
    with Gradebook(tmp_path / "class.db") as book:
        graded_class.fill(book)
    printed = CliRunner().invoke(books.export, [str(tmp_path / "class.db"), "--format", "csv"])
    assert printed.stdout == (GOLDEN / "graded/csv/grades.csv").read_text("utf-8")
    refused = CliRunner().invoke(books.export, [str(tmp_path / "class.db"), "--format", "html"])
    assert (refused.exit_code, "--output" in refused.output) == (2, True)


def test_every_format_of_one_file_is_offered_and_there() -> None:
    """The command line offers what there is."""
    assert set(exports.FORMATS) <= set(books.FORMAT_NAMES)


@MANY
@given(ANY_TEXT, ANY_TEXT)
def test_any_text_can_be_exported(name: str, output: str) -> None:
    """Whatever a learner wrote or is called, each file is text without control characters, in a place of its own."""
    report = made_class.named(name, output)
    for name_of_format in exports.FORMATS.keys() - {"json"}:
        for path, text in exports.FORMATS[name_of_format](report).items():
            assert not PurePosixPath(path).is_absolute()
            assert not {"..", ""} & set(path.split("/"))
            text.encode()
            assert {char for char in text if unicodedata.category(char) in ("Cc", "Cs")} <= {"\n", "\t"}


@MANY
@given(st.lists(ANY_TEXT, max_size=6))
def test_folders_are_different_and_inside(names: list[str]) -> None:
    """Each name gets a folder of its own, also where capitals do not count."""
    folders = escape.folders(names)
    assert len({folder.casefold() for folder in folders}) == len(names)
    for folder in folders:
        assert folder
        assert re.fullmatch(r"[\w.-]+", folder)
        assert not folder.startswith(".")


@pytest.mark.parametrize("name", exports.FORMATS)
def test_a_long_name_stops_no_export(name: str, tmp_path: Path) -> None:
    """File systems count bytes, of which a letter may be four: everybody's files are written, and differ."""
    long = "\U0001d4d0" * 90
    report = made_class.of(made_class.passed(), *(made_class.submission(f"{long}{number}") for number in range(12)))
    files = exports.FORMATS[name](report)
    write.write(files.items(), tmp_path / "exported")
    if len(files) > 1:
        assert {each.relative_to(tmp_path / "exported").as_posix() for each in tmp_path.rglob("*.*")} >= files.keys()


# --- tables ----------------------------------------------------------------------------------------


@MANY
@given(ANY_TEXT, ANY_TEXT)
def test_no_cell_is_a_formula(name: str, output: str) -> None:
    """Every table reads back as rows of one length, and a cell that begins like a formula is a number.

    So it is where semicolons or tabs separate cells, and quotation marks are taken away.
    """
    report = made_class.named(name, output)
    for text in (plain_csv.render(report), canvas.render(report), moodle.render(report)):
        read = rows(text)
        assert len({len(row) for row in read}) == 1
        assert not [cell for row in read for cell in row if is_formula(cell)]
        for separator in ";\t":  # there, a number of the first cell is followed by the comma and the next
            cells = [cell for row in csv.reader(io.StringIO(text), delimiter=separator) for cell in row]
            assert not [cell for cell in cells if is_formula(cell.lstrip('" ').partition(",")[0])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ada", "Ada"),
        ("=1+1", "'=1+1"),
        ("  @x", "'@x"),
        ("\uff1d1+1", "'\uff1d1+1"),
        ("-1.5", "-1.5"),
        (";=1+1", ";'=1+1"),
        ("a;@x", "a;'@x"),
        (", ;=1", ", ;'=1"),
        ('a;"=1;b', "a;\"'=1;b"),
        ('""\t=1', '"" \'=1'),
        ('he said "-1"; so', 'he said "-1"; so'),
        ("ends; and begins", "ends; and begins"),
        ("+49 30 1", "'+49 30 1"),
        ("a\r\n\tb", "a b"),
        ("\u202egnp.exe\x00", "gnp.exe"),
    ],
)
def test_cells(text: str, expected: str) -> None:
    """One line, no formula, nothing invisible; numbers stay numbers."""
    assert escape.cell(text) == expected


def test_csv_has_a_row_for_everybody_and_every_exercise() -> None:
    """Who handed in nothing has no points; an exercise that was not graded yet has not even a verdict."""
    found = {(row["submission"], row["exercise"]): row for row in records(plain_csv.render(made_class.report()))}
    assert len(found) == 7 * 2
    assert [found["", "03"][key] for key in ("learner", "verdict", "score")] == ["7", "not handed in", "0"]
    unhanded = found["</script><img src=x onerror=alert(1)>", "22"]
    assert [unhanded[key] for key in ("verdict", "score")] == ["", ""]
    assert found["bob", "03"]["diagnosis"] == "SERIAL"
    assert [found["bob", "22"][key] for key in ("score", "late_days", "late_penalty")] == ["2", "1.25", "0.2"]


def test_canvas_finds_students_and_assignments_of_its_own_export() -> None:
    """The roster's columns come back as they were, with its header for the assignment."""
    header, possible, ada, *_ = rows(canvas.render(made_class.report()))
    assert header == [*canvas.STUDENT_COLUMNS, "03 Pooled downloads (12345)", "22 The GIL lab"]
    assert possible == ["Points Possible", "", "", "", "", "6", "4"]
    assert ada == ["Ada", "1", "S1", "a", "A", "6", "4"]


def test_canvas_never_mistakes_a_student() -> None:
    """An id from elsewhere is not given as Canvas's own, and nobody is called like the row of points."""
    mine = made_class.submission("points Possible Points Possible", learner=None)
    ours = made_class.submission("x", learner=Learner(id="77", name="Ada"))
    found = rows(canvas.render(made_class.of(mine, ours)))
    assert [row[0] for row in found if "Points Possible" in row[0]] == ["Points Possible"]
    assert found[-1][:5] == ["Ada", "", "77", "77", ""]


@pytest.mark.parametrize("render", [canvas.render, moodle.render])
def test_what_was_not_judged_has_no_grade(render: Any) -> None:
    """Inconclusive, error: blank, never 0; not handed in: 0; and what was judged is the raw score."""
    grades = {row[0]: row for row in rows(render(made_class.report()))}
    carol, mia, bob = (next(row for row in grades.values() if name in row) for name in ("Carol", "Mía, Miss", "Bob"))
    marks = (-2, -1) if render is canvas.render else (-4, -2)
    assert [carol[mark] for mark in marks] == ["", ""]
    assert [mia[mark] for mark in marks] == ["0", "0"]
    assert [bob[mark] for mark in marks] == ["2", "2"]


def test_moodle_identifies_by_the_columns_of_the_roster() -> None:
    """Those columns of the roster that Moodle finds users by; without one, the learner's id."""
    person = Learner(id="7", name="Ada", fields={"First name": "Ada", "ID number": "7", "Email_Address": "a@x"})
    assert rows(moodle.render(made_class.of(made_class.submission("x", learner=person))))[0][:3] == [
        "ID number", "Email_Address", "full name",
    ]  # fmt: skip
    alone = made_class.of(made_class.submission("x"))
    assert [row[:2] for row in rows(moodle.render(alone))] == [["learner", "full name"], ["x", "x"]]


@pytest.mark.parametrize("name", exports.LEFT_OUT)
def test_what_is_nobody_s_is_in_no_gradebook(name: str) -> None:
    """Moodle would give it to the row before, Canvas to whoever is called so; without a roster, names are all."""
    mine = made_class.submission("ann", learner=Learner(id="7", name="Ann", fields={"ID number": "7"}))
    nobodys = made_class.submission("Ann, too")
    (text,) = exports.FORMATS[name](made_class.of(mine, nobodys)).values()
    assert ("Ann" in text, "Ann, too" in text) == (True, False)
    (told,) = exports.LEFT_OUT[name](made_class.of(mine, nobodys))
    assert told.endswith("given to nobody of the roster: Ann, too")
    for alone in (made_class.of(nobodys), made_class.of(nobodys, made_class.submission("x"))):
        assert "Ann, too" in "".join(exports.FORMATS[name](alone).values())
        assert exports.LEFT_OUT[name](alone) == []


def enrolled(*people: dict[str, str]) -> Report:
    """A class of these rows of a roster, whose first column is the id."""
    each = [Learner(id=next(iter(fields.values())), name=f"=N{at}", fields=fields) for at, fields in enumerate(people)]
    return made_class.of(*(made_class.submission(f"s{at}", learner=person) for at, person in enumerate(each)))


@pytest.mark.parametrize("other", ["", "-", "0", "+eve@x", "@eve", "a@x", "A@X", "x  y", '=1+1";'])
def test_a_column_of_moodle_is_a_key_of_everybody(other: str) -> None:
    """Not blank, nobody else's, and read back as it is; else another column is used, and nobody is left out."""
    report = enrolled({"username": "ann", "email": "a@x"}, {"username": "eve", "email": other})
    assert [row[:2] for row in rows(moodle.render(report))] == [
        ["username", "full name"], ["ann", "'=N0"], ["eve", "'=N1"],
    ]  # fmt: skip
    (told,) = moodle.left_out(report)
    assert told.startswith("the roster's column 'email' is left out")
    assert "=N1 (eve)" in told


@pytest.mark.parametrize("other", ["", "-", "0", "+eve@x", "=1+1"])
def test_moodle_gets_no_row_that_it_cannot_place(other: str) -> None:
    """Where no column is everybody's, whoever has no key in it is left out, by name; nobody else is."""
    people = [{"email": key} for key in ("a@x", other, " b@x ")]
    assert [row[:2] for row in rows(moodle.render(enrolled(*people)))] == [
        ["email", "full name"], ["a@x", "'=N0"], ["b@x", "'=N2"],
    ]  # fmt: skip
    (told,) = moodle.left_out(enrolled(*people))
    assert "=N1" in told
    assert "=N2" not in told


@MANY
@given(st.lists(ANY_TEXT, min_size=2, max_size=5))
def test_keys_come_back_exactly(names: list[str]) -> None:
    """Whatever they are: each key in a file for a gradebook is one of the roster's, and there once."""
    report = enrolled(*({"username": name} for name in names))
    for text, place in ((moodle.render(report), 0), (canvas.render(report), 3)):
        found = [row[place] for row in rows(text)[1:] if row[0] != canvas.POINTS_POSSIBLE]
        assert set(found) <= {name.strip() for name in names} - {""}
        assert len(set(found)) == len(found)


def test_canvas_finds_by_the_keys_that_come_back() -> None:
    """One is enough, and others that would be somebody else's are blank; a name alone is none."""
    columns = ("ID", "SIS User ID", "SIS Login ID", "Student", "Section")
    people = [("17", "s17", "-2+3"), ("", "=s18", "bob"), ("", "", "@eve"), ("", "", "")]
    report = enrolled(*(dict(zip(columns, (*each, "=Lee, Ann", "A"), strict=True)) for each in people))
    assert [row[:5] for row in rows(canvas.render(report))[2:]] == [
        ["'=Lee, Ann", "17", "s17", "", "A"], ["'=Lee, Ann", "", "", "bob", "A"],
    ]  # fmt: skip
    (told,) = canvas.left_out(report)
    assert all(name in told for name in ("=N2", "=N3"))


def test_what_is_left_out_is_told_beside_the_file(tmp_path: Path) -> None:
    """On standard error: what is printed is the table only. The gradebook has the marks."""
    with Gradebook(tmp_path / "class.db") as book:
        graded_class.fill(book)
        book.enter(Submission(name="nemesis", attempts=[], people=[Person(name="nemesis")]), {})
    done = CliRunner().invoke(books.export, [str(tmp_path / "class.db"), "--format", "canvas"])
    assert done.stdout == (GOLDEN / "graded/canvas/canvas.csv").read_text("utf-8")
    assert done.stderr == "canvas: left out, as it was given to nobody of the roster: nemesis.\n"
    done = CliRunner().invoke(books.export, [str(tmp_path / "class.db"), "--format", "csv"])
    assert ("nemesis" in done.stdout, done.stderr) == (True, "")


def test_moodle_says_why() -> None:
    """The feedback is lateness, the diagnosis and the hint, or that it is not a mark against the learner."""
    found = {
        row["full name"]: row["03 Pooled downloads (feedback)"] for row in records(moodle.render(made_class.report()))
    }
    assert found["Ada"] == ""
    assert found["Bob"] == f"1.25 days late. {made_class.SERIAL.sentence} Hint: {made_class.SERIAL.hint}"
    assert found["Carol"].endswith("This is not a mark against you.")


# --- results of each submission --------------------------------------------------------------------


def test_gradescope_adds_up() -> None:
    """The scores of the tests are the submission's, numbers are numbers, and the output says what the learner sees."""
    document = gradescope(made_class.of(made_class.failed()))
    assert document["score"] == sum(test["score"] for test in document["tests"]) == 4.0
    assert document["execution_time"] == 0.75
    assert [test["number"] for test in document["tests"]] == ["03.1", "03.2", "22.1"]
    assert [test["status"] for test in document["tests"]] == ["passed", "failed", "failed"]
    for shown in (as_text.render(made_class.PICTURE).splitlines()[1], "SERIAL", "Hint: Start all"):
        assert shown in document["tests"][1]["output"]


def test_the_leaderboard_is_for_those_who_passed() -> None:
    """A speed-up counts if the work was done right."""
    assert gradescope(made_class.of(made_class.passed()))["leaderboard"] == [
        {"name": "03 Pooled downloads: speed-up", "value": 8.5},
        {"name": "22 The GIL lab: speed-up", "value": 1.9},
    ]
    assert gradescope(made_class.of(made_class.failed()))["leaderboard"] == []


def test_gradescope_does_not_fail_what_was_not_judged() -> None:
    """Neither a status nor a score, and the output says that it is no mark."""
    tests = gradescope(made_class.of(made_class.unjudged()))["tests"]
    assert ["status" in test or "score" in test for test in tests] == [True, False, False]
    assert "This is not a mark against you" in " ".join(tests[1]["output"].split())
    assert "The checker failed, not you" in tests[2]["output"]


IN_THE_RUNNER = {
    "CLASSROOM": "c", "ASSIGNMENT": "a", "SUBMISSION_TAG": "submit/1", "COMMIT_URL": "abc", "USERNAME": "bob-gh"
}  # fmt: skip


def test_classroom50_never_gives_more_than_was_earned() -> None:
    """Whole points, rounded down; the exact ones are beside them; the runner's fields are taken from the stamp."""
    stamp = classroom50.Stamp.of(IN_THE_RUNNER)
    document = json.loads(classroom50.files(made_class.of(made_class.failed()), stamp)["result.json"])
    assert [document[key] for key in ("schema", "score", "max-score")] == ["classroom50/result/v1", 4, 10]
    assert [test["score"] for test in document["tests"]] == [2, 0, 2]
    assert [test["exact-score"] for test in document["tests"]] == [2.0, 0.0, 2.0]
    assert [document[key] for key in ("classroom", "commit", "review", "owner")] == ["c", "abc", "abc", "bob-gh"]
    assert document["submitted_by"] == {"username": "bob-gh", "id": None}


@pytest.mark.parametrize(
    ("environment", "handed_in", "owners"),
    [
        ({"USERNAME": "prof"}, 1, ["s0"]),
        ({"USERNAME": "prof", "OWNER": "prof", "CLASSROOM": "c", "ASSIGNMENT": "a"}, 1, ["s0"]),
        (IN_THE_RUNNER, 2, ["s0", "s1"]),
        (IN_THE_RUNNER, 1, ["bob-gh"]),
    ],
)
def test_classroom50_gives_work_to_whose_it_is(environment: dict[str, str], handed_in: int, owners: list[str]) -> None:
    """A desk's USERNAME is the instructor; only the runner knows the owner, and only of its one submission."""
    report = made_class.of(*(made_class.submission(f"s{at}") for at in range(handed_in)))
    found = classroom50.files(report, classroom50.Stamp.of(environment)).values()
    documents = [json.loads(text) for text in found]
    assert [each["owner"] for each in documents] == owners
    assert [each["submitted_by"]["username"] for each in documents] == owners


def test_classroom50_has_every_field_that_its_validator_asks_for() -> None:
    """None is empty, also outside of its runner, where the submission is called as it calls those by hand."""
    for text in classroom50.files(made_class.report()).values():
        document = json.loads(text)
        words = ("classroom", "assignment", "submission", "commit", "release", "review", "datetime", "owner")
        assert all(isinstance(document[word], str) and document[word] for word in words)
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document["datetime"])
        assert document["submission"].startswith("submit/")
        assert document["score"] == sum(test["score"] for test in document["tests"])
        assert document["max-score"] == sum(test["max-score"] for test in document["tests"])


@pytest.mark.parametrize(
    ("assignment", "found"),
    [
        ("Pooled downloads (777001)", "Pooled downloads (777001)"),
        ("03 Pooled downloads (1)", "03 Pooled downloads (1)"),
        ("Homework 03 (2)", "Homework 03 (2)"),
        ("Homework (3)", "Homework (3)"),
        ("Current Score", "03 Pooled downloads"),
    ],
)
def test_canvas_gets_the_roster_s_own_column(assignment: str, found: str) -> None:
    """By the exercise's title, by its number, or because there is only one of both."""
    person = Learner(id="1", name="Ada", fields={"Student": "Ada", "ID": "1", assignment: ""})
    report = made_class.of(made_class.submission("x", made_class.attempt("03", made_class.order()), learner=person))
    report = msgspec.structs.replace(report, exercises=made_class.EXERCISES[:1])
    assert rows(canvas.render(report))[0][-1] == found


def graded_in_canvas(numbers: dict[str, str], *assignments: str) -> Report:
    """Exercises by number and title, for which nobody was graded, and a roster with these assignments."""
    infos = [
        msgspec.structs.replace(made_class.EXERCISES[0], number=number, title=title)
        for number, title in numbers.items()
    ]
    person = Learner(id="1", name="Ada", fields={"Student": "Ada", "ID": "1"} | dict.fromkeys(assignments, ""))
    made = made_class.of(made_class.submission("x", learner=person))
    return msgspec.structs.replace(made, exercises=infos)


TASKS = "11 Tasks, not awaits"
POOLED = "03 Pooled downloads"
DEADLINES = "12 Deadlines"


@pytest.mark.parametrize(
    ("titles", "assignments", "found", "guessed"),
    [
        # One assignment of two exercises is neither's, and a number in another's name says nothing.
        ((POOLED, TASKS), ["Exercises 03 and 11 (7)"], [POOLED, TASKS], ()),
        ((POOLED, TASKS), ["Pooled downloads; tasks, not awaits (7)"], [POOLED, TASKS], ()),
        ((POOLED, DEADLINES), ["Pooled downloads (1)", "Deadlines (3)", "Quiz 12 (2)"],
         ["Pooled downloads (1)", "Deadlines (3)"], ()),
        ((POOLED, DEADLINES), ["Homework 2: exercises 03 and 11 (7)", "Quiz 12 (2)"], [POOLED, DEADLINES], ()),
        ((POOLED, TASKS), ["Pooled downloads (1)", "Pooled downloads and tasks, not awaits (2)"],
         ["Pooled downloads (1)", TASKS], ()),
        # Two that may be meant: none is.
        ((POOLED,), ["Homework 03 (1)", "Quiz 03 (2)"], [POOLED], ()),
        ((POOLED,), ["First try, pooled downloads (1)", "Again, pooled downloads (2)"], [POOLED], ()),
        # A series that counts otherwise is not ours.
        ((DEADLINES,), ["Quiz 1 (1)", "Quiz 12 (2)"], [DEADLINES], ()),
        # The only sensible one, which is told.
        ((POOLED, DEADLINES), ["Exercise 03 (1)", "Exercise 12 (2)", "Quiz 12 (3)"],
         ["Exercise 03 (1)", "Exercise 12 (2)"], ("03", "12")),
        ((POOLED, TASKS), ["Week 2: pooled downloads (1)", "11 - Await (2)", "Exam (3)"],
         ["Week 2: pooled downloads (1)", "11 - Await (2)"], ("03", "11")),
        ((DEADLINES,), ["Exercise 12 (2)", "Exam (3)"], ["Exercise 12 (2)"], ("12",)),
        ((POOLED,), ["Homework (3)"], ["Homework (3)"], ("03",)),
    ],
)  # fmt: skip
def test_an_assignment_of_canvas_is_one_exercise_s(
    titles: tuple[str, ...], assignments: list[str], found: list[str], guessed: tuple[str, ...]
) -> None:
    """Canvas reads the first of two columns with one header, and writes over whatever the header names."""
    report = graded_in_canvas(dict(title.split(" ", 1) for title in titles), *assignments)
    assert rows(canvas.render(report))[0][5:] == found
    told = canvas.left_out(report)
    assert [line.split()[1] for line in told if "is a guess" in line] == list(guessed)
    new = [title for title in found if title in titles]
    assert [title in line for line in told for title in new if "new assignments" in line] == [True] * len(new)


def test_an_export_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk in the middle leaves what was there, and nothing of what was begun."""
    write.write({"a.txt": "old"}.items(), tmp_path / "one.txt")
    write.write({"a/1.txt": "old", "b/1.txt": "old"}.items(), tmp_path / "many")
    (tmp_path / "many" / "mine.txt").write_text("mine")
    real, count = write._write, iter(range(100))

    def full(path: Path, text: str) -> None:
        if next(count) % 2:
            raise OSError(28, "No space left on device")
        real(path, text)

    monkeypatch.setattr(write, "_write", full)
    for name in ("many", "more"):
        with pytest.raises(OSError, match="No space left"):
            write.write({"a/1.txt": "new", "b/1.txt": "new"}.items(), tmp_path / name)
    monkeypatch.undo()
    before = {str(file.relative_to(tmp_path)): file.read_text() for file in tmp_path.rglob("*") if file.is_file()}
    assert before == {"one.txt": "old", "many/a/1.txt": "old", "many/b/1.txt": "old", "many/mine.txt": "mine"}
    write.write({"a/1.txt": "new", "c/1.txt": "new"}.items(), tmp_path / "many")
    assert (tmp_path / "many" / "a" / "1.txt").read_text() == "new"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".")]


@MANY
@given(ANY_TEXT, ANY_TEXT)
def test_junit_is_xml_whatever_is_in_it(name: str, output: str) -> None:
    """It parses, and the suite is called like the submission."""
    suites = ElementTree.fromstring(junit.render(made_class.named(name, output)))
    assert suites[0].attrib["name"] == f"{escape.xml(name)}.03_pooled_downloads"


def test_junit_tells_the_verdicts_apart() -> None:
    """failed is a failure, error an error, inconclusive skipped; the counts agree."""
    suites = ElementTree.fromstring(junit.render(made_class.report()))
    found = {suite.attrib["name"]: suite for suite in suites}
    failure = found["bob.03_pooled_downloads"].find("testcase/failure")
    assert failure is not None
    assert failure.attrib["message"] == f"SERIAL: {made_class.SERIAL.sentence}"
    assert found["carol.03_pooled_downloads"].find("testcase/skipped[@type='pytest.skip']") is not None
    assert found["carol.22_gil_lab"].find("testcase/error") is not None
    for suite in suites:
        for attribute, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped"), ("tests", ".")):
            assert int(suite.attrib[attribute]) == len(suite.findall(f"testcase/{tag}"))
    known = {each.attrib["name"]: each.attrib["value"] for each in found["alice.22_gil_lab"].iter("property")}
    assert [known[f"test_count.{name}"] for name in ("score", "max_score", "speedup")] == ["4", "4", "1.9"]
    assert all(not case.findall("properties") for suite in suites for case in suite.findall("testcase"))


def test_exports_do_not_need_to_know_the_exercises() -> None:
    """A report without a list of exercises is exported under their numbers."""
    bare = msgspec.structs.replace(made_class.report(), exercises=[])
    assert rows(canvas.render(bare))[0][-2:] == ["03 Pooled downloads (12345)", "22"]
    assert rows(canvas.render(bare))[1][-2:] == ["6", "4"]


# --- feedback, items, what is alike ---------------------------------------------------------------------


def test_feedback_has_a_page_for_each_learner() -> None:
    """Points, each check, and in full what was not passed; nothing of anybody else, and nothing is markup."""
    found = feedback.files(made_class.report())
    assert len(found) == 2 * 6
    assert "4 of 10 points" in found["Bob.md"]
    for shown in (made_class.SERIAL.sentence.split(":")[0], "\u2588", "Hint:"):
        assert shown in found["Bob.md"]
        assert shown in found["Bob.html"]
    assert all("<img src=x" not in text for name, text in found.items() if name.endswith(".html"))
    assert not any("Carol" in text for name, text in found.items() if not name.startswith("Carol"))


def test_feedback_is_called_as_platforms_take_it_back() -> None:
    """Moodle reads the participant's number, Canvas those of the user and of the file."""
    for people, path, expected in (
        (Person(name="Ada de la Cruz", platform="moodle", number="880031"), "x",
         "Ada-de-la-Cruz_880031_assignfeedback_file_feedback.md"),
        (Person(name="lopezmia", platform="canvas", number="5009"), "z/lopezmia_LATE_5009_91001_attempt.py",
         "lopezmia_5009_91001_feedback.md"),
    ):  # fmt: skip
        handed_in = Submission(name="x", attempts=[HandIn(exercise="03", text=b"", path=path)], people=[people])
        made = marks.of(handed_in, None, {}, course.of(["03"]))
        assert expected in feedback.files(made_class.of(made))


def test_feedback_is_called_for_each_assignment() -> None:
    """What the name says of another one is ignored by the platform: of each download, the newest file's number."""
    attempts = [
        HandIn(exercise=number, text=b"", path="c/kata.zip/attempt.py", source=week, serial=serial)
        for number, week, serial in (("03", "w1", 91), ("05", "w1", 92), ("11", "w2", 95))
    ]
    on_moodle = Person(name="mia", platform="moodle", number="22", earlier=["11"])
    for person, begins in (
        (Person(name="mia", platform="canvas", number="7"), ["mia_7_95_", "mia_7_92_"]),
        (on_moodle, ["mia_22_assignfeedback_file_", "mia_11_assignfeedback_file_"]),
    ):
        made = marks.of(Submission(name="mia", attempts=attempts, people=[person]), None, {}, course.of(["03"]))
        assert made.hand_backs == begins
        assert {*feedback.files(made_class.of(made))} == {
            f"{each}feedback.{end}" for each in begins for end in ("md", "html")
        }


def test_feedback_says_which_of_two_namesakes_it_is_of(tmp_path: Path) -> None:
    """By the id, in the name of the file and on the page; what an earlier export has left is told."""

    def exported(*ids: str) -> str:
        with Gradebook() as book:
            book.enrol([Learner(id=each, name="Li Wei", fields={"id": each}) for each in ids])
            for each in ids:
                attempt = HandIn(exercise="03", text=each.encode())
                book.enter(Submission(name=each, attempts=[attempt], people=[Person(name=each)]), {"03": "k"})
            return books.write(book, ["feedback"], tmp_path / "pages")

    assert exported("102", "101") == f"4 files in {tmp_path / 'pages'}"
    for each in ("101", "102"):
        assert f"Li Wei, {each}: " in (tmp_path / "pages" / f"Li_Wei_{each}.md").read_text()
        assert f"<h1>Li Wei, {each}: " in (tmp_path / "pages" / f"Li_Wei_{each}.html").read_text()
    told = "not of this export, maybe of an earlier one: "
    assert exported("101").endswith(told + "Li_Wei_101.html, Li_Wei_101.md, Li_Wei_102.html, Li_Wei_102.md")


def test_items_say_how_hard_each_check_is() -> None:
    """The rate is of those who were judged; who handed in nothing is counted beside."""
    found = {row["check"]: row for row in records(items.render(made_class.report()))}
    assert [found["test_speed"][key] for key in ("handed_in", "not_handed_in", "passed", "pass_rate")] == [
        "3", "1", "1", "0.5",
    ]  # fmt: skip
    assert found["test_speed"]["commonest_diagnoses"] == "SERIAL 1"


def test_what_differs_in_names_and_layout_is_alike() -> None:
    """Comments, docstrings, names and spaces do not count; an operator does; broken texts are only like themselves."""
    mine = 'def f(a, b):\n    """Adds."""\n    return a + b  # so\n'
    for same in ("def add(x,  y):\n  return x + y\n", "# theirs\n\ndef f(b, a):\n    return b + a\n"):
        assert similar.fingerprint(same) == similar.fingerprint(mine)
    for other in ("def f(a, b):\n    return a - b\n", "def f(a, b):\n    return b + a\n", "def f(:", '"' * 3, "\x00"):
        assert similar.fingerprint(other) != similar.fingerprint(mine)


@MANY
@given(st.text(max_size=200))
def test_any_text_has_a_fingerprint(text: str) -> None:
    """Whatever was handed in."""
    assert similar.fingerprint(text)


def test_groups_of_similar_attempts() -> None:
    """The class of tests/data/class: the stubs are nobody's, and groups have two at least."""
    found = records(similar.render(graded_class.report()))
    groups = Counter(row["group"] for row in found)
    assert all(times >= 2 for times in groups.values())
