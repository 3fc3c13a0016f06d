"""Rosters of any platform."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.classroom import roster
from checker.classroom.roster import RosterError

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Homework (1)\n"
    "    Points Possible,,,,,10\n"
    '"Lovelace, Ada",12,s-100,ada,A,\n'
    '"Hopper, Grace",13,s-101,grace,A,\n'
)
MOODLE = (
    "First name;Last name;ID number;Email address\nAda;Lovelace;100;ada@example.org\nGrace;Hopper;;grace@example.org\n"
)


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


# --- reading -------------------------------------------------------------------------------------


def test_canvas(tmp_path: Path) -> None:
    """Canvas's gradebook: its ID is the id, Points Possible is nobody, every column is kept."""
    ada, grace = roster.read(written(tmp_path, CANVAS))
    assert (ada.id, ada.name, ada.email) == ("12", "Lovelace, Ada", "")
    assert ada.fields["SIS Login ID"] == "ada"
    assert list(ada.fields) == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework (1)"]
    assert grace.id == "13"


def test_moodle(tmp_path: Path) -> None:
    """First and last name are the name; an id that not everybody has is passed over for the e-mail address."""
    ada, grace = roster.read(written(tmp_path, MOODLE))
    assert (ada.id, ada.name, ada.email) == ("ada@example.org", "Ada Lovelace", "ada@example.org")
    assert grace.id == "grace@example.org"


def test_columns_that_are_said(tmp_path: Path) -> None:
    """Columns may be called anything if they are said; case does not matter."""
    path = written(tmp_path, "Matrikel,Wer,Post\n7,Ada,a@example.org\n")
    (ada,) = roster.read(path, id_column="matrikel", name_column="Wer", email_column="Post")
    assert (ada.id, ada.name, ada.email) == ("7", "Ada", "a@example.org")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_what_spreadsheets_write(tmp_path: Path, encoding: str, delimiter: str, end: str) -> None:
    """Any delimiter, line end and encoding, with empty lines, and quotes around what has a delimiter in it."""
    lines = [["id", "name"], ["1", f'"Lovelace{delimiter} José"'], [], ["2", "Grace"], []]
    text = end.join(delimiter.join(line) for line in lines)
    learners = roster.read(written(tmp_path, text.encode(encoding)))
    assert [(each.id, each.name) for each in learners] == [("1", f"Lovelace{delimiter} José"), ("2", "Grace")]


def test_an_old_spreadsheet_on_windows(tmp_path: Path) -> None:
    """Where windows-1252 is not latin-1: quotation marks, letters of names; a byte that is none stops nothing."""
    learners = roster.read(
        written(tmp_path, "id;name\n1;Tomáš O\u2019Neil\n2;Zoë\n".encode("cp1252") + b"3;Eve \x81\n")
    )
    assert [each.name for each in learners] == ["Tomáš O\u2019Neil", "Zoë", "Eve \x81"]


@pytest.mark.parametrize(
    ("text", "columns", "name"),
    [
        ("Student;ID;Section;11 Tasks, not awaits (7)\nL, Ada;1;A;\n", 4, "L, Ada"),
        ("Student;ID;Await, gather, wait, shield, cancel (7)\nL, Ada;1;9,5\nB, Ben;2;\n", 3, "L, Ada"),
        ("Student;Name, first;id\nL, Ada;1;1\nB, Ben;2;2\n", 3, "L, Ada"),
        ("Name, first;id\nL, Ada;1\n", 2, ""),
        ('id,name,"a; b; c; d; e"\n1,Ada,\n', 3, "Ada"),
        ('id,"name","Quiz (12); x"\n1,"Ada; L","2;3"\n', 3, "Ada; L"),
        ("id, name\n1, Ada\n", 2, "Ada"),
        ("id\tname, first; last\tname\n1\tAda, L; x\tAda\n", 3, "Ada"),
    ],
)
def test_delimiters_in_headings_and_names(tmp_path: Path, text: str, columns: int, name: str) -> None:
    """What divides header and rows alike is the delimiter, however often another one is in them."""
    learner = roster.read(written(tmp_path, text))[0]
    assert (len(learner.fields), learner.id, learner.name) == (columns, "1", name)


@pytest.mark.parametrize("text", ["id\n1\n", "id,name\n1\n", "id,name\n1,Ada,more\n"])
def test_odd_tables(tmp_path: Path, text: str) -> None:
    """One column, short rows and long rows are read."""
    (learner,) = roster.read(written(tmp_path, text))
    assert learner.id == "1"


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("", None, "expected a line with the names of columns"),
        ("id,name\n", None, "expected a line with the names of columns"),
        ("Student,ID\nPoints Possible,\n", None, "has no students"),
        ("nick,name\nada,Ada\n", None, "--roster-id. Its columns are: nick, name"),
        ("nick,name\nada,Ada\n", "login", "no column 'login'. Its columns are: nick, name"),
        ("id,name\n1,Ada\n1,Grace\n", None, "somebody else has the same 'id' 1"),
        ("id,name\n,Grace\n", None, "it has no 'id'"),
    ],
)
def test_what_cannot_be_used(tmp_path: Path, text: str, column: str | None, message: str) -> None:
    """The error says what was expected, what is there, and what to do."""
    with pytest.raises(RosterError) as raised:
        roster.read(written(tmp_path, text), id_column=column)
    assert message in str(raised.value)


def test_no_file(tmp_path: Path) -> None:
    """A roster that is not there is an error, not a crash."""
    with pytest.raises(RosterError, match="cannot be read"):
        roster.read(tmp_path / "nowhere.csv")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.binary(max_size=200) | st.text('id,";\n\r\t1a', max_size=100).map(str.encode))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Whatever is in the file, it is a roster or a RosterError; the ids of a roster are all different."""
    with suppress(RosterError):
        learners = roster.read(written(tmp_path_factory.mktemp("roster"), content))
        assert len({learner.id for learner in learners}) == len(learners) > 0


def test_rows_that_cannot_be_used_are_told(tmp_path: Path) -> None:
    """Without an id, with somebody else's, twice: each is told, and the others are the roster."""
    text = "id,name\n1,Ada\n,Grace\n2,Bob\n2,Eve\n3,Jan\n3,Jan\n"
    told: list[str] = []
    learners = roster.read(written(tmp_path, text), left_out=told)
    assert [each.name for each in learners] == ["Ada", "Jan"]
    for words in ("Grace: it has no 'id'", "Bob: somebody else", "Eve: somebody else", "Jan: 'id' 3 is there twice"):
        assert [line for line in told if words in line], words


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (("101", ""), "the ids are those of 'Email address', as 'ID number' is blank for Cleo: fill that in, or say"),
        (("101", "102"), ""),
        (("", ""), ""),  # nobody has one
    ],
)
def test_a_blank_cell_that_changes_everybody_s_id_is_told(ids: tuple[str, str], said: str, tmp_path: Path) -> None:
    """Marks are given by the ids, so last week's would be other people's."""
    text = "Full name,ID number,Email address\n" + f"Ada,{ids[0]},a@x.org\nCleo,{ids[1]},c@x.org\n"
    path, told = written(tmp_path, text), list[str]()
    roster.read(path, told=told)
    assert [each.removeprefix(f"{path}: ")[: len(said)] for each in told] == ([said] if said else [])
    again: list[str] = []
    roster.read(path, "ID number" if any(ids) else "Email address", told=again)
    assert again == []


def test_canvas_has_rows_of_its_own(tmp_path: Path) -> None:
    """Manual Posting and Points Possible are no students; the test student is told."""
    text = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Pooled downloads (777001)\n,,,,,Manual Posting\n"
        '    Points Possible,,,,,10\n"Lovelace, Ada",5001,,,A,\n"Student, Test",,,,A,\n'
    )
    told: list[str] = []
    assert [each.id for each in roster.read(written(tmp_path, text), left_out=told)] == ["5001"]
    assert "Student, Test" in told[0]


def test_github_classroom(tmp_path: Path) -> None:
    """A student who has not linked an account is a student."""
    text = '"identifier","github_username","github_id","name"\n"s1","ada","1","Ada"\n"s2","","",""\n'
    assert [each.id for each in roster.read(written(tmp_path, text))] == ["s1", "s2"]


def test_moodle_s_worksheet(tmp_path: Path) -> None:
    """With blind marking, the participant's number is all there is."""
    text = "Identifier,Status,Grade\nParticipant 880256,Submitted,\nParticipant 880257,,\n"
    assert [each.id for each in roster.read(written(tmp_path, text))] == ["Participant 880256", "Participant 880257"]
