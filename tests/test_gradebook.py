"""A gradebook keeps everything, whoever writes and whatever happens."""

from __future__ import annotations

import contextlib
import json
import multiprocessing
import os
import signal
import sqlite3
import struct
from datetime import datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

from checker.classroom import merging
from checker.commands.cli import main
from checker.gradebook import gradebook_file
from checker.gradebook.gradebook import Gradebook, GradebookError
from checker.gradebook.handins import HandIn, Submission
from checker.judge import grading
from checker.model.answer import Answer, AttemptResult, Verdict
from checker.picture import as_text
from checker.report.model import Learner


def result(verdict: Verdict = Verdict.PASSED, seconds: float = 1.0) -> AttemptResult:
    check = grading.check(Answer(verdict=verdict), name="test_it", title="It works", max_score=10.0, seconds=seconds)
    return grading.attempt("03", [check], "abc")


ALICE = Submission(name="alice", attempts=[HandIn(exercise="03", text=b"# mine\n", path="alice/03.py")])


def test_results_are_kept_under_their_keys(tmp_path: Path) -> None:
    """The latest result counts, and all earlier ones stay in the history; closing and opening changes nothing."""
    with Gradebook(tmp_path / "class.db") as book:
        book.add("k", result(Verdict.INCONCLUSIVE))
        book.add("k", result(Verdict.PASSED))
        book.add("other", result(Verdict.FAILED))
    with Gradebook(tmp_path / "class.db") as book:
        assert book.latest("k") == result(Verdict.PASSED)
        assert book.latest("nobody") is None
        assert [past.verdict for _, past in book.history("k")] == [Verdict.INCONCLUSIVE, Verdict.PASSED]
        assert book.verdicts() == {"k": Verdict.PASSED, "other": Verdict.FAILED}


def test_a_submission_is_replaced_and_its_texts_stay(tmp_path: Path) -> None:
    """Who hands in again is listed once, with the new attempt; the old text can still be looked up."""
    newer = Submission(name="alice", attempts=[HandIn(exercise="05", text=b"# newer\n")])
    with Gradebook(tmp_path / "class.db") as book:
        book.enter(ALICE, {"03": "k3"})
        book.enter(newer, {"05": "k5"})
        assert book.handins() == [("alice", "05", "k5")]
        assert [each.name for each in book.submissions()] == ["alice"]
        assert sorted(book.texts().values()) == ["# mine\n", "# newer\n"]


def on(day: int) -> str:
    """A moment of March."""
    return f"2026-03-{day:02}T09:30:00+00:00"


def test_every_hand_in_is_remembered(tmp_path: Path) -> None:
    """Each text once, with the key of its latest grading; the one that counts is the last, whenever it came first."""

    def hand_in(text: bytes, key: str, when: str | None = None) -> None:
        attempts = [HandIn(exercise="03", text=text, handed_in=when)]
        book.enter(Submission(name="alice", attempts=attempts), {"03": key}, seen_at=on(9))

    with Gradebook(tmp_path / "class.db") as book:
        hand_in(b"a", "ka", on(1))
        hand_in(b"b", "kb", on(2))
        hand_in(b"b", "kb of new checks", on(5))
        assert [(key, at.day) for _, _, key, at in book.past()] == [("ka", 1), ("kb of new checks", 2)]
        hand_in(b"c", "kc")
        dated = [HandIn(exercise="03", text=None, handed_in=on(3))]
        book.amend(Submission(name="alice", attempts=dated))
        assert book.past()[-1] == ("alice", "03", "kc", datetime.fromisoformat(on(3)))
        hand_in(b"a", "ka")
        assert [key for _, _, key, _ in book.past()] == ["kb of new checks", "kc", "ka"]
    with Gradebook(tmp_path / "other.db") as book:
        hand_in(b"d", "kd", on(8))
        merging.merge(book, tmp_path / "class.db")
        assert sorted(key for _, _, key, _ in book.past()) == ["ka", "kb of new checks", "kc", "kd"]


def test_an_older_file_that_is_only_read_remembers_nothing(tmp_path: Path) -> None:
    """It has no table for that; marks can be exported all the same."""
    with Gradebook(tmp_path / "class.db") as book:
        book.enter(ALICE, {"03": "k3"})
    with sqlite3.connect(tmp_path / "class.db") as database:
        database.execute("DROP TABLE past")
    with Gradebook(tmp_path / "class.db", only_read=True) as book:
        assert book.past() == []


def test_settings_and_roster(tmp_path: Path) -> None:
    """What was asked for and who is in the class are kept, in the order of the roster."""
    learners = [Learner(id="7", name="Zoë", fields={"Section": "A"}), Learner(id="3", name="Adam")]
    with Gradebook(tmp_path / "class.db") as book:
        book.set(due="2026-11-01T00:00:00+00:00")
        book.enrol(learners)
    with Gradebook(tmp_path / "class.db") as book:
        assert book.settings() == {"due": "2026-11-01T00:00:00+00:00"}
        assert book.roster() == learners


def test_shards_merge_to_one(tmp_path: Path) -> None:
    """Two gradebooks become what one would have been; merging twice changes nothing."""
    bob = Submission(name="bob", attempts=[HandIn(exercise="03", text=b"# his\n")])
    for name, submission, key in (("one.db", ALICE, "ka"), ("two.db", bob, "kb")):
        with Gradebook(tmp_path / name) as book:
            book.enter(submission, {"03": key})
            book.add(key, result())
    with Gradebook(tmp_path / "all.db") as book:
        for name in ("one.db", "two.db", "two.db"):
            merging.merge(book, tmp_path / name)
        assert book.handins() == [("alice", "03", "ka"), ("bob", "03", "kb")]
        assert [len(book.history(key)) for key in ("ka", "kb")] == [1, 1]
    done = CliRunner().invoke(main, ["merge", str(tmp_path / "three.db"), str(tmp_path / "all.db")])
    assert (done.exit_code, done.output) == (0, f"{tmp_path / 'three.db'}: 2 attempts are graded, 0 are not.\n")


def alices(
    path: Path, text: bytes, when: str, verdict: Verdict, graded_at: str, key: str = "k", **settings: str
) -> Path:
    """A gradebook in which Alice handed in one text."""
    with Gradebook(path) as book:
        book.set(**settings)
        book.enrol([Learner(id="1", name=f"Alice, {when}")])
        attempts = [HandIn(exercise="03", text=text, handed_in=when)]
        book.enter(Submission(name="alice", attempts=attempts), {"03": key})
        book.add(key, result(verdict))
    with sqlite3.connect(path) as database:
        database.execute("UPDATE result SET graded_at = ?", (graded_at,))
    return path


def test_merging_lets_nothing_older_win(tmp_path: Path) -> None:
    """Neither a course nor a roster, a hand-in or a result of another gradebook replaces a newer one of this."""
    now = alices(tmp_path / "now.db", b"new", on(2), Verdict.PASSED, on(9), course="new", asked="03")
    old = alices(tmp_path / "old.db", b"old", on(1), Verdict.FAILED, on(8), course="old", asked="05")
    with Gradebook(now) as book:
        merging.merge(book, old)
        assert book.settings() == {"course": "new", "asked": "03 05"}
        assert [each.name for each in book.roster()] == [f"Alice, {on(2)}"]
        assert (book.attempt(book.digests()["k"]), book.submissions()[0].attempts[0].handed_in) == (b"new", on(2))
        assert (book.latest("k"), book.verdicts()) == (result(Verdict.PASSED), {"k": Verdict.PASSED})
        assert [each.verdict for _, each in book.history("k")] == [Verdict.FAILED, Verdict.PASSED]


def test_merging_takes_what_is_newer(tmp_path: Path) -> None:
    """What was handed in later, and what was graded later with other checks; a new gradebook takes it all."""
    now = alices(tmp_path / "now.db", b"new", on(2), Verdict.PASSED, on(9), "kn", course="new")
    again = alices(tmp_path / "again.db", b"new", on(2), Verdict.PASSED, on(10), "ka", python="x")
    with Gradebook(tmp_path / "all.db") as book:
        alices(tmp_path / "old.db", b"old", on(1), Verdict.FAILED, on(8), "ko", course="old")
        for path, key in ((tmp_path / "old.db", "ko"), (now, "kn"), (again, "ka"), (tmp_path / "old.db", "ka")):
            merging.merge(book, path)
            assert book.handins() == [("alice", "03", key)]
        assert book.settings() == {"course": "old"}
        assert [key for _, _, key, _ in book.past()] == ["ko", "ka"]


def test_a_gradebook_that_is_merged_is_only_read(tmp_path: Path) -> None:
    """An older checker's stays as it is; what it says is upgraded on the way."""
    path = of_format_1(tmp_path / "old.db")
    with sqlite3.connect(path) as database:
        database.executescript("DROP TABLE past; DROP TABLE appeal")
    before = path.read_bytes()
    with Gradebook(tmp_path / "all.db") as book:
        merging.merge(book, path)
        assert [check.why for check in (book.latest("k") or result()).checks] == ["no cores", ""]
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE result SET record = 'x'", "UPDATE submission SET record = '[]'", "UPDATE learner SET record = 0",
        "UPDATE past SET at = 'yesterday'", "UPDATE past SET at = '2026-03-01T09:30:00'",
    ],
)  # fmt: skip
def test_merging_takes_nothing_that_cannot_be_read(tmp_path: Path, damage: str) -> None:
    """Or else this gradebook could not be read any more."""
    other = alices(tmp_path / "other.db", b"x", on(2), Verdict.PASSED, on(9))
    with sqlite3.connect(other) as database:
        database.execute(damage)
    with Gradebook(tmp_path / "all.db") as book:
        with pytest.raises(GradebookError, match="cannot be read"):
            merging.merge(book, other)
        assert (book.submissions(), book.texts(), book.roster(), book.verdicts()) == ([], {}, [], {})


@pytest.mark.parametrize(
    "setting", [{"due": "soon"}, {"machine": "{}"}, {"course": "[]"}, {"late_penalty": "2"}, {"asked": "03 three"}]
)
def test_merging_takes_no_setting_that_cannot_be_read(tmp_path: Path, setting: dict[str, str]) -> None:
    """A new gradebook would take it from its first part, and could never be read again."""
    bad = alices(tmp_path / "bad.db", b"x", on(2), Verdict.PASSED, on(9), **setting)
    done = CliRunner().invoke(main, ["merge", str(tmp_path / "new.db"), str(bad)])
    assert (done.exit_code, str(bad) in done.output, "cannot be read" in done.output) == (1, True, True)
    with Gradebook(tmp_path / "new.db") as book:
        assert (book.settings(), book.submissions(), book.verdicts()) == ({}, [], {})


def test_merging_takes_nothing_of_a_file_whose_pages_lead_in_circles(tmp_path: Path) -> None:
    """Who reads it reads without end, or the same again and again."""
    other = alices(tmp_path / "other.db", b"x", on(2), Verdict.PASSED, on(9))
    with Gradebook(other) as book:
        book.write("INSERT INTO attempt VALUES (?, ?)", [(str(number), b"x" * 3000) for number in range(20)])
    with sqlite3.connect(other) as database:
        (size,) = database.execute("PRAGMA page_size").fetchone()
        (root,) = database.execute("SELECT rootpage FROM sqlite_master WHERE name = 'attempt'").fetchone()
    content = bytearray(other.read_bytes())
    page = memoryview(content)[(root - 1) * size : root * size]
    first, second = struct.unpack(">2H", page[12:16])  # an interior page's cells begin with the page that they lead to
    page[first : first + 4] = page[second : second + 4]
    page.release()
    other.write_bytes(content)
    with Gradebook(tmp_path / "all.db") as book:
        with pytest.raises(GradebookError, match="cannot be read"):
            merging.merge(book, other)
        assert book.texts() == {}


NEVER = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT 'a', '03', 'k', 'f' FROM n WHERE x < 0"


@pytest.mark.parametrize("only_read", [True, False])
@pytest.mark.parametrize(
    "statements",
    [
        f"ALTER TABLE handin RENAME TO other; CREATE VIEW handin (submission, exercise, key, sha256) AS {NEVER}",
        f"DROP TABLE appeal; CREATE VIEW Appeal AS {NEVER}",
        f"CREATE TRIGGER t AFTER INSERT ON result BEGIN INSERT INTO setting {NEVER}; END",
        "DROP TABLE setting; CREATE TABLE setting (name TEXT, value TEXT AS (hex(zeroblob(100000000))))",
        "CREATE INDEX i ON result (hex(zeroblob(100000000)))",
        "CREATE VIRTUAL TABLE other USING fts5 (a)",
    ],
    ids=["a view", "another case", "a trigger", "a computed column", "a computed index", "a virtual table"],
)
def test_a_gradebook_says_nothing_that_is_executed(tmp_path: Path, statements: str, only_read: bool) -> None:
    """SQL in a file is a program: a file that has any is refused."""
    path = alices(tmp_path / "part.db", b"x", on(2), Verdict.PASSED, on(9))
    with sqlite3.connect(path) as database:
        database.executescript(statements)
    with pytest.raises(GradebookError, match="no checker has made"):
        Gradebook(path, only_read)


def test_tables_beside_are_left_alone(tmp_path: Path) -> None:
    """Such as that of `.recover`, and what SQLite keeps for itself."""
    path = alices(tmp_path / "part.db", b"x", on(2), Verdict.PASSED, on(9))
    with sqlite3.connect(path) as database:
        database.executescript("CREATE TABLE lost_and_found (a); CREATE INDEX found ON lost_and_found (a); ANALYZE")
    for only_read in (True, False):
        with Gradebook(path, only_read) as book:
            assert book.verdicts() == {"k": Verdict.PASSED}


def test_what_is_graded_last_counts_whatever_clocks_say(tmp_path: Path) -> None:
    """After a merge, the clock of another machine may have been ahead."""
    with Gradebook(alices(tmp_path / "class.db", b"x", on(1), Verdict.FAILED, "2999-01-01")) as book:
        book.add("k", result(Verdict.PASSED))
        assert book.latest("k") == result(Verdict.PASSED)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: path.write_text("not a database " * 100), "not a gradebook, and not a database at all"),
        (lambda path: path.write_bytes(os.urandom(5000)), "not a gradebook, and not a database at all"),
        (lambda path: cut(path), "cannot be used as a gradebook|cannot be read|cannot be written"),
        (lambda path: sqlite3.connect(path).execute("CREATE TABLE mine (a)").connection.commit(), "not a gradebook"),
        (lambda path: path.mkdir(), "not a file"),
        (lambda path: newer(path), "newer than this checker knows"),
    ],
    ids=["text", "random", "cut short", "another database", "a folder", "a newer one"],
)
def test_what_is_no_gradebook_is_refused(tmp_path: Path, make: object, words: str) -> None:
    """Another file is never written to; the error says what it is."""
    assert callable(make)
    make(tmp_path / "class.db")
    with pytest.raises(GradebookError, match=words):
        Gradebook(tmp_path / "class.db")


def cut(path: Path) -> None:
    Gradebook(path).close()
    path.write_bytes(path.read_bytes()[:5000])


def newer(path: Path) -> None:
    Gradebook(path).close()
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 99")


FORMAT_1 = {
    "exercise": "03", "verdict": "failed", "score": 0.0, "max_score": 2.0, "speed": None, "diagnosis": None,
    "attempt_sha256": "abc", "checks": [
        {"id": "a", "title": "It works", "verdict": "inconclusive", "score": 0.0, "max_score": 2.0, "seconds": 1.0,
         "diagnosis": None, "speed": None, "timeline": "say  ███", "output": "", "detail": "no cores"},
        {"id": "test_on", "title": "It goes on", "verdict": "passed", "score": 0.0, "max_score": 0.0, "seconds": 1.0},
    ],
}  # fmt: skip
"""A result as the checker wrote it before its pictures were data."""


def of_format_1(path: Path) -> Path:
    Gradebook(path).close()
    with sqlite3.connect(path) as database:
        row = ("k", "2026-11-20T12:00:00+00:00", "failed", json.dumps(FORMAT_1).encode())
        database.execute("INSERT INTO result (key, graded_at, verdict, record) VALUES (?, ?, ?, ?)", row)
        database.execute("PRAGMA user_version = 1")
    return path


def test_a_gradebook_of_format_1_is_opened(tmp_path: Path) -> None:
    """Nothing in it is lost: the picture stays the text that it was. Opened once, it is of today's format."""
    of_format_1(tmp_path / "class.db")
    for _ in range(2):
        with Gradebook(tmp_path / "class.db") as book:
            old = book.latest("k")
        assert old is not None
        first, second = old.checks
        assert (first.why, as_text.render(first.picture)) == ("no cores", "say  ███")
        assert (second.why, second.picture) == ("", None)


def test_what_would_stop_a_run_later_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder, no right to write, no room: before anything is graded."""
    with pytest.raises(GradebookError, match="there is no folder"):
        Gradebook(tmp_path / "nowhere" / "class.db")
    monkeypatch.setattr(gradebook_file, "LEAST_FREE_BYTES", 2**80)
    with pytest.raises(GradebookError, match="make room"):
        Gradebook(tmp_path / "class.db")


def test_a_full_disk_loses_nothing(tmp_path: Path) -> None:
    """A result that finds no room is an error; those before it are there."""
    with Gradebook(tmp_path / "class.db") as book:
        book.add("first", result())
        book._database.execute("PRAGMA max_page_count = 1")  # what a full disk does (SQLITE_FULL)
        with pytest.raises(GradebookError, match="is not lost"):
            fill(book)
    with Gradebook(tmp_path / "class.db") as book:
        assert book.latest("first") == result()


def test_a_full_disk_says_so_and_exports_still_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cause is told, not what happened after it; reading needs no room."""
    with Gradebook(tmp_path / "class.db") as book:
        book.enter(ALICE, {"03": "k"})
        book.add("k", result())
        book._database.execute("PRAGMA max_page_count = 1")
        with pytest.raises(GradebookError, match="database or disk is full"):
            fill(book)
    monkeypatch.setattr(gradebook_file, "LEAST_FREE_BYTES", 2**80)
    (tmp_path / "class.db").chmod(0o400)
    with Gradebook(tmp_path / "class.db", only_read=True) as book:
        assert book.latest("k") == result()
        with pytest.raises(GradebookError, match="readonly"):
            book.set(a="b")


def test_appeals_are_kept(tmp_path: Path) -> None:
    """Who, what, when and why."""
    with Gradebook(tmp_path / "class.db") as book:
        book.appeal("alice", "03", "k", "the machine was busy")
        ((who, exercise, _, _, why),) = book.appeals()
        assert (who, exercise, why) == ("alice", "03", "the machine was busy")
    with Gradebook(tmp_path / "all.db") as book:
        for _ in range(2):
            merging.merge(book, tmp_path / "class.db")
        assert len(book.appeals()) == 1


def fill(book: Gradebook) -> None:
    for number in range(100):
        book.add(f"result {number}", result(seconds=float(number)))


def test_two_graders_on_one_file(tmp_path: Path) -> None:
    """Both write as they like, and every result of both is there."""
    path = tmp_path / "class.db"
    Gradebook(path).close()
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=write, args=(path, name, 30)) for name in ("one", "two")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(60)
    with Gradebook(path) as book:
        assert [len(book.history(name)) for name in ("one", "two")] == [30, 30]


@pytest.mark.parametrize("only_read", [True, False])
def test_a_gradebook_in_use_is_not_called_damaged(
    only_read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever opens it while another program writes for long, or has it open, is told to wait."""
    monkeypatch.setattr(Gradebook, "patience_s", 0.0)
    with Gradebook(tmp_path / "class.db") as book, contextlib.closing(sqlite3.connect(tmp_path / "class.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(GradebookError, match="another program is writing it: wait") as told:
            Gradebook(tmp_path / "class.db", only_read).close()
        assert "sqlite3 FILE .recover" not in str(told.value)
        with pytest.raises(GradebookError, match="another program is writing it: wait"):
            book.set(asked="03")
        with pytest.raises(GradebookError, match="another program is writing it: wait"):
            book.settings()


def test_what_could_not_be_written_takes_nothing_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody reads for too long, and a result cannot be kept; the next one is, and is on the disk."""
    monkeypatch.setattr(Gradebook, "patience_s", 0.0)
    path = tmp_path / "class.db"
    with Gradebook(path) as book:
        book.set(asked="03", machine="this one")
        with contextlib.closing(sqlite3.connect(path)) as other:
            reading = other.execute("SELECT name FROM setting")
            reading.fetchone()
            with pytest.raises(GradebookError, match="another program is writing it: wait"):
                book.add("key", result())
            reading.close()
        book.add("other key", result())
        with Gradebook(path, only_read=True) as again:
            assert again.verdicts().keys() == {"other key"}


def test_killed_while_writing(tmp_path: Path) -> None:
    """kill -9 in the middle leaves a gradebook that opens, with whole results only."""
    path = tmp_path / "class.db"
    Gradebook(path).close()
    writer = multiprocessing.get_context("spawn").Process(target=write, args=(path, "k", 1_000_000))
    writer.start()
    with Gradebook(path) as book:
        while not book.history("k"):
            pass
    assert writer.pid is not None
    os.kill(writer.pid, signal.SIGKILL)
    writer.join()
    with Gradebook(path) as book:
        assert all(past == result() for _, past in book.history("k"))


@pytest.fixture
def killed(tmp_path: Path) -> Path:
    """A gradebook with Alice in it, whose writer was killed within a commit: pages are in the file already."""
    path = alices(tmp_path / "killed.db", b"x", on(1), Verdict.PASSED, on(2))
    writer = multiprocessing.get_context("spawn").Process(target=die_within_a_commit, args=(path,))
    writer.start()
    writer.join()
    assert (tmp_path / "killed.db-journal").exists()
    return path


def die_within_a_commit(path: Path) -> None:
    database = sqlite3.connect(path, isolation_level=None)
    database.execute("PRAGMA cache_size = 2")
    database.execute("BEGIN IMMEDIATE")
    database.executemany("INSERT INTO attempt VALUES (?, ?)", [(str(number), b"x" * 4000) for number in range(200)])
    os.kill(os.getpid(), signal.SIGKILL)


def test_killed_within_a_commit_and_then_only_read(killed: Path, tmp_path: Path) -> None:
    """What was begun is undone first: exports and merges go on."""
    with Gradebook(tmp_path / "all.db") as book:
        merging.merge(book, killed)
        assert (list(book.texts().values()), book.verdicts()) == (["x"], {"k": Verdict.PASSED})


def test_killed_within_a_commit_where_nothing_may_be_written(killed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It says what to do. SQLite opens a file only for reading that the system does not let it write."""
    connect = sqlite3.connect
    monkeypatch.setattr(
        sqlite3, "connect", lambda where, **options: connect(str(where).replace("mode=rw", "mode=ro"), **options)
    )
    with pytest.raises(GradebookError, match=r"killed.*killed\.db-journal") as told:
        Gradebook(killed, only_read=True)
    assert ".recover" not in str(told.value)


@pytest.mark.parametrize("only_read", [True, False])
def test_a_journal_that_names_another_file_is_not_followed(killed: Path, tmp_path: Path, only_read: bool) -> None:
    """No checker writes such a one, and undoing what is in it deletes that file."""
    other = tmp_path / "precious"
    other.write_bytes(b"mine\0")
    name = bytes(other)
    end = struct.pack(">II", len(name), sum(name)) + gradebook_file.JOURNAL
    with (tmp_path / "killed.db-journal").open("ab") as journal:
        journal.write(struct.pack(">I", 0) + name + end)
    with pytest.raises(GradebookError, match="names another file"):
        Gradebook(killed, only_read)
    assert other.exists()


def write(path: Path, key: str, times: int) -> None:
    with Gradebook(path) as book:
        for _ in range(times):
            book.add(key, result())
