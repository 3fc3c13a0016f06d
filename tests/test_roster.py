"""Rosters of any platform, and whose a submission is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker.classroom import roster
from checker.classroom.handins import Submission
from checker.classroom.roster import RosterError
from checker.classroom.submissions import names
from checker.report.model import Learner

CANVAS = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Homework (1)\n"
    "    Points Possible,,,,,10\n"
    '"Lovelace, Ada",12,s-100,ada,A,\n'
    '"Hopper, Grace",13,s-101,grace,A,\n'
)
MOODLE = (
    "First name;Last name;ID number;Email address\nAda;Lovelace;100;ada@example.org\nGrace;Hopper;;grace@example.org\n"
)
ADA = Learner(id="100", name="Ada Lovelace", email="ada@example.org", fields={"github_username": "countess"})
GRACE = Learner(id="101", name="Grace Hopper", email="Hopper.Grace@example.org")
JOSE = Learner(id="102", name="García Márquez, José")


def written(folder: Path, text: str | bytes) -> Path:
    path = folder / "roster.csv"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def submission(name: str, *keys: str) -> Submission:
    return Submission(name=name, attempts=[], keys=list(keys))


def joined(learners: list[Learner], *keys: str) -> str | None:
    """The id of the learner whose submission has these keys."""
    found = roster.match(learners, [submission("it", *keys)]).learners.get("it")
    return found.id if found is not None else None


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
        ("id,name\n1,Ada\n1,Grace\n", None, "the same 'id' more than once: 1"),
        ("id,name\n1,Ada\n,Grace\n", None, "no 'id' for Grace"),
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


# --- matching ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "key", ["100", "ADA@example.org", "ada", "Countess", "Ada Lovelace", "lovelace, ada", "adalovelace", "lovelaceada"]
)
def test_keys(key: str) -> None:
    """An id, an address, a login, or a name in any order, with or without spaces, means the learner."""
    assert joined([GRACE, ADA], key) == "100"


@pytest.mark.parametrize(
    "key", ["Jose Garcia Marquez", "JOSÉ GARCÍA MÁRQUEZ", "garcíamárquezjosé", "Jose\u0301 Garcia Marquez"]
)
def test_accents_do_not_matter(key: str) -> None:
    """Names are the same with and without accents, however these are written."""
    assert joined([ADA, JOSE], key) == "102"


@pytest.mark.parametrize("key", ["", "10", "Ada L", "example.org", "Lovelace"])
def test_near_is_not_enough(key: str) -> None:
    """Part of an id or of a name means nobody."""
    assert joined([ADA, GRACE], key) is None


def test_names_of_platforms_and_repositories() -> None:
    """What is found in the names of folders and files is what is found in rosters."""
    moodle, canvas = names.moodle("Ada Lovelace_5_assignsubmission_file_"), names.canvas("hoppergrace_LATE_77_1_03.py")
    assert moodle is not None
    assert canvas is not None
    assert joined([ADA, GRACE], *moodle.owner.keys) == "100"
    assert joined([ADA, GRACE], *canvas.owner.keys) == "101"
    assert joined([ADA, GRACE], *names.plain("assignment-1-countess").keys) == "100"


def test_who_handed_in_nothing() -> None:
    """Learners whose submission was not found are missing, in the order of the roster."""
    matches = roster.match([GRACE, ADA, JOSE], [submission("x", "100"), submission("unknown", "nobody")])
    assert matches.learners == {"x": ADA}
    assert matches.missing == [GRACE, JOSE]
    assert matches.ambiguous == {}


def test_an_earlier_level_decides() -> None:
    """What is one learner's id and another's login means the first."""
    assert joined([ADA, Learner(id="ada", name="Somebody")], "ada") == "ada"


@pytest.mark.parametrize(
    "keys", [["Ada Lovelace"], ["100", "101"]], ids=["namesakes", "keys that contradict each other"]
)
def test_ambiguous_submissions_are_nobody_s(keys: list[str]) -> None:
    """Two learners may be meant: neither is chosen, neither is missing, and it is said."""
    namesake = Learner(id="101", name="Ada Lovelace")
    matches = roster.match([ADA, namesake], [submission("it", *keys)])
    assert (matches.learners, matches.missing) == ({}, [])
    assert matches.ambiguous == {"it": "it may be from Ada Lovelace (100) or Ada Lovelace (101)"}


def test_two_submissions_of_one_learner() -> None:
    """Which one counts is not for the checker to choose: both are told, and the learner is not missing."""
    matches = roster.match([ADA], [submission("a", "100"), submission("b", "ada")])
    assert (matches.learners, matches.missing) == ({}, [])
    assert list(matches.ambiguous) == ["a", "b"]
    assert "so may another submission" in matches.ambiguous["a"]
