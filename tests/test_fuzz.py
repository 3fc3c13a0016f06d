"""Everything that reads foreign bytes, with bytes that nobody thought of: a value, or an error of its own.

Zips and names of submissions are in test_archives.py, rosters in test_roster.py, values in test_wire.py.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from checker import catalog
from checker.attempt import wire
from checker.gradebook.gradebook import Gradebook, GradebookError
from checker.gradebook.handins import HandIn, Submission
from checker.judge.grading import of_ours
from checker.model.outcome import Returned
from checker.process import messages
from checker.report.model import Learner
from checker.world.service import Request
from tests.test_catalog import GOOD

MANY = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def damaged(*whole: bytes) -> st.SearchStrategy[bytes]:
    """Good bytes of which some are replaced, cut off or doubled; and any bytes."""

    @st.composite
    def changed(draw: st.DrawFn) -> bytes:
        text = draw(st.sampled_from(whole))
        for _ in range(draw(st.integers(1, 4))):
            at = draw(st.integers(0, len(text)))
            to = min(len(text), at + draw(st.integers(0, 12)))
            new = draw(
                st.sampled_from([text[at:to] * 2, b"null", b"-1", b'"\xff', b"[[", b"{", b"1e999"]) | st.binary()
            )
            text = text[:at] + new + text[to:]
        return text

    return changed() | st.binary(max_size=200)


MESSAGES = (
    b'{"is":"hello"}',
    b'{"is":"ready","gil":true}',
    b'{"is":"returned","value":{"$":"tuple","v":[1,{"$":"dict","v":[["a",{"$":"bytes","v":"eA=="}]]}]}}',
    b'{"is":"returned","value":{"$":"exception","v":{"type":"E","bases":["E"],"message":"no","line":3}}}',
    b'{"is":"raised","error":{"type":"E","bases":["E"],"message":"no","line":3}}',
    b'{"is":"after","threads":[{"who":"t","frames":[{"line":1,"function":"f"}]}],"tasks":[],"notices":[],"sleeps":2}',
)


@MANY
@given(damaged(*MESSAGES))
def test_messages_of_an_attempt(body: bytes) -> None:
    """A message, or one of the errors that end the attempt; a value that it returns, or the same."""
    with suppress(*messages.MALFORMED):
        message = messages.message(body)
        if isinstance(message, messages.ReturnedMessage):
            value = wire.unpack(message.value, lambda _, body: messages.exception(body.get("v")))
            assert Returned(value=value)


@MANY
@given(damaged(*MESSAGES), st.integers(1, 50))
def test_streams_of_an_attempt(body: bytes, step: int) -> None:
    """However the bytes of frames come, and whatever they are."""
    stream = wire.HEADER.pack(len(body)) + body + body
    buffer = wire.FrameBuffer()
    with suppress(ValueError):
        for at in range(0, len(stream), step):
            buffer.feed(stream[at : at + step])


MOMENT = (
    b'{"stacks":[{"who":"thread Main","frames":[{"line":1,"function":"f"}],"holds":[{"lock":1,"line":2}],"wants":3}],'
    b'"notices":[{"kind":"thread died","text":"KeyError","line":4}],"last":true}'
)


@MANY
@given(damaged(MOMENT))
def test_stacks_of_an_attempt(line: bytes) -> None:
    """Stacks, or one of the errors that are passed over."""
    with suppress(*messages.MALFORMED):
        messages.moment(line)


@MANY
@given(damaged(b'{"op":"0123","beat":"","args":[1,{"$":"set","v":[1]},"x"],"caller":"thread 1","line":7}'))
def test_requests_to_a_world(line: bytes) -> None:
    """A request, or one of the errors for which the world hangs up."""
    with suppress(ValueError, RecursionError, msgspec.MsgspecError):
        wire.unpack(msgspec.json.decode(line, type=Request).args)


@MANY
@given(damaged(GOOD.encode()))
def test_exercise_files(tmp_path_factory: pytest.TempPathFactory, text: bytes) -> None:
    """An exercise, or a CatalogError."""
    folder = tmp_path_factory.mktemp("catalog") / "01_two_jobs"
    folder.mkdir()
    (folder / "exercise.toml").write_bytes(text)
    with suppress(catalog.CatalogError):
        assert catalog.load(folder).number == "01"


# --- gradebooks ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One with something of everything."""
    path = tmp_path_factory.mktemp("gradebook") / "class.db"
    with Gradebook(path) as book:
        book.set(due="2026-01-01")
        for name in ("Ada X", "Ada"):
            book.enrol([Learner(id="1", name=name)])
        book.enter(Submission(name="ada", attempts=[HandIn(exercise="01", text=b"")]), {"01": "key"})
        book.add("key", of_ours("01", "tried out"))
    return path


def read_all(path: Path) -> None:
    with Gradebook(path) as book:
        for read in (book.settings, book.roster, book.former, book.submissions, book.past, book.texts, book.verdicts):
            read()
        for digest in book.digests().values():
            book.attempt(digest)
        for _, _, key in book.handins():
            for read_of in (book.latest, book.history):
                read_of(key)


@MANY
@given(
    places=st.lists(st.tuples(st.floats(0, 1), st.binary(min_size=1, max_size=40)), max_size=6), kept=st.floats(0, 1)
)
def test_damaged_gradebooks(
    tmp_path_factory: pytest.TempPathFactory, gradebook: Path, places: list[tuple[float, bytes]], kept: float
) -> None:
    """A gradebook, or a GradebookError, wherever the file is damaged, and wherever it ends."""
    text = bytearray(gradebook.read_bytes())
    for place, new in places:
        at = int(place * len(text))
        text[at : at + len(new)] = new
    path = tmp_path_factory.mktemp("damaged") / "class.db"
    path.write_bytes(text[: max(1, int(len(text) * (kept if places == [] else 1)))])
    with suppress(GradebookError):
        read_all(path)


@pytest.mark.parametrize("when", ["yesterday", "2026-02-31T09:30:00+00:00", "2026-02-01", "2026-02-01T09:30:00", ""])
@pytest.mark.parametrize("of", ["submission", "attempt", "past"])
def test_moments_that_are_none(tmp_path: Path, gradebook: Path, of: str, when: str) -> None:
    """A day that no month has, or no time zone: how late that was, nobody can say."""
    path = tmp_path / "class.db"
    path.write_bytes(gradebook.read_bytes())
    with sqlite3.connect(path) as database:
        ((record,),) = database.execute("SELECT record FROM submission")
        submission = json.loads(record)
        if of == "past":
            database.execute("UPDATE past SET at = ?", (when,))
        else:
            (submission if of == "submission" else submission["attempts"][0])["handed_in"] = when
            database.execute("UPDATE submission SET record = ?", (json.dumps(submission).encode(),))
    with pytest.raises(GradebookError, match="cannot be read"):
        read_all(path)


@pytest.mark.parametrize("table", ["learner", "submission", "result"])
@pytest.mark.parametrize("record", [b"", b"{", b"[]", b'{"name": 7}', "text", 3, 0.5])
def test_records_that_are_none(tmp_path: Path, gradebook: Path, table: str, record: object) -> None:
    """A database that is whole, with records that are not ours."""
    path = tmp_path / "class.db"
    path.write_bytes(gradebook.read_bytes())
    with sqlite3.connect(path) as database:
        database.execute(f"UPDATE {table} SET record = ?", (record,))
    with pytest.raises(GradebookError, match="cannot be read"):
        read_all(path)
