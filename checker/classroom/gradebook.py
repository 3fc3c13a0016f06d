"""One SQLite file that holds a class: what was handed in, every result that there ever was, who is on the roster.

A result is kept under a key made of everything that it depends on, and is committed as it arrives. So a run that was
interrupted goes on where it was, and what was not changed is not graded twice.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from checker.classroom.handins import Submission
from checker.model.answer import AttemptResult, Verdict
from checker.report.model import Learner

APPLICATION_ID = 0x4B415441
"""In the file's header, so that no other SQLite file is taken for a gradebook ("KATA")."""
FORMAT = 2
"""1: the first. 2: pictures are data, and what was "detail" of a check is "why"."""
PATIENCE_S = 30.0
"""How long to wait for another grader that writes."""
LEAST_FREE_BYTES = 50 * 2**20
BROKEN = (sqlite3.Error, UnicodeDecodeError)
"""The second is what Python makes of an error message of SQLite's that quotes damaged text."""
SCHEMA = """
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE learner (id TEXT PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE submission (name TEXT PRIMARY KEY, record BLOB NOT NULL);
CREATE TABLE handin (
    submission TEXT NOT NULL REFERENCES submission (name), exercise TEXT NOT NULL, key TEXT NOT NULL, sha256 TEXT,
    PRIMARY KEY (submission, exercise)
);
CREATE TABLE attempt (sha256 TEXT PRIMARY KEY, text BLOB NOT NULL);
CREATE TABLE result (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL, graded_at TEXT NOT NULL, verdict TEXT NOT NULL, record BLOB NOT NULL
);
CREATE INDEX result_of_key ON result (key, id);
"""


T = TypeVar("T")


class GradebookError(Exception):
    """The file cannot be used; the message says why, and what to do."""


class Gradebook:
    """An open gradebook. Use as a context manager."""

    def __init__(self, path: Path | None = None) -> None:
        """`path`: made if it is not there; None: kept in memory only. Raises GradebookError."""
        if path is not None:
            _look_before(path)
        try:
            self._database = sqlite3.connect(path or ":memory:", timeout=PATIENCE_S, isolation_level=None)
            self._prepare()
        except BROKEN as error:
            raise GradebookError(f"{path} cannot be used as a gradebook: {error}") from error

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def _prepare(self) -> None:
        with self._writing():
            (application,) = self._database.execute("PRAGMA application_id").fetchone()
            (version,) = self._database.execute("PRAGMA user_version").fetchone()
            tables = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables == 0:
                for statement in SCHEMA.split(";"):
                    self._database.execute(statement)
                self._database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._database.execute(f"PRAGMA user_version = {FORMAT}")
            elif application != APPLICATION_ID:
                raise GradebookError("this is a database, but not a gradebook; choose another file name")
            elif version > FORMAT:
                raise GradebookError(
                    f"this gradebook has format {version}, which is newer than this checker knows (up to {FORMAT}); "
                    "update the checker, or start a new gradebook"
                )
            elif version < FORMAT:
                self._upgrade()

    def _upgrade(self) -> None:
        """From format 1, within the transaction that is open."""
        for number, record in self._database.execute("SELECT id, record FROM result").fetchall():
            self._database.execute("UPDATE result SET record = ? WHERE id = ?", (_upgraded(record), number))
        self._database.execute(f"PRAGMA user_version = {FORMAT}")

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing, also when the power fails. Raises GradebookError."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._database.execute("ROLLBACK")
                raise
            self._database.execute("COMMIT")
        except BROKEN as error:
            raise GradebookError(f"the gradebook cannot be written: {error}; what is in it is not lost") from error

    def _rows(self, kind: type[T], query: str, *arguments: str) -> list[T]:
        """What a query finds, row by row. Raises GradebookError: a file may be damaged, or somebody else's work."""
        try:
            return msgspec.convert(self._database.execute(query, arguments).fetchall(), list[kind])  # type: ignore[valid-type]
        except (*BROKEN, msgspec.ValidationError) as error:
            raise GradebookError(f"the gradebook cannot be read: {error}; {_DAMAGED}") from error

    # --- settings and people ---

    def set(self, **settings: str) -> None:
        """Keep what was asked for, such as the due date."""
        with self._writing():
            self._database.executemany("INSERT OR REPLACE INTO setting VALUES (?, ?)", settings.items())

    def settings(self) -> dict[str, str]:
        return dict(self._rows(tuple[str, str], "SELECT name, value FROM setting"))

    def enrol(self, learners: Iterable[Learner]) -> None:
        """Replace the roster."""
        with self._writing():
            self._database.execute("DELETE FROM learner")
            rows = [(learner.id, msgspec.json.encode(learner)) for learner in learners]
            self._database.executemany("INSERT INTO learner VALUES (?, ?)", rows)

    def roster(self) -> list[Learner]:
        rows = self._rows(tuple[bytes], "SELECT record FROM learner ORDER BY rowid")
        return [_decoded(record, Learner) for (record,) in rows]

    # --- what was handed in ---

    def enter(self, submission: Submission, keys: dict[str, str]) -> None:
        """A submission, and the key of each of its attempts by exercise; it replaces an earlier one of this name."""
        bare = [msgspec.structs.replace(attempt, text=None) for attempt in submission.attempts]
        record = msgspec.json.encode(msgspec.structs.replace(submission, attempts=bare))
        texts = {attempt.exercise: attempt.text for attempt in submission.attempts if attempt.text is not None}
        digests = {exercise: sha256(text).hexdigest() for exercise, text in texts.items()}
        with self._writing():
            self._database.execute("INSERT OR REPLACE INTO submission VALUES (?, ?)", (submission.name, record))
            self._database.execute("DELETE FROM handin WHERE submission = ?", (submission.name,))
            rows = [(submission.name, exercise, key, digests.get(exercise)) for exercise, key in keys.items()]
            self._database.executemany("INSERT INTO handin VALUES (?, ?, ?, ?)", rows)
            hashed = [(digests[exercise], text) for exercise, text in texts.items()]
            self._database.executemany("INSERT OR IGNORE INTO attempt VALUES (?, ?)", hashed)

    def submissions(self) -> list[Submission]:
        """All of them by name, without the texts of their attempts."""
        rows = self._rows(tuple[bytes], "SELECT record FROM submission ORDER BY name")
        return [_decoded(record, Submission) for (record,) in rows]

    def handins(self) -> list[tuple[str, str, str]]:
        """(submission, exercise, key) of all attempts, in the order of names and numbers."""
        return self._rows(tuple[str, str, str], "SELECT submission, exercise, key FROM handin ORDER BY 1, 2")

    def texts(self) -> dict[str, str]:
        """The attempts' texts by their SHA-256, undecodable bytes replaced."""
        rows = self._rows(tuple[str, bytes], "SELECT sha256, text FROM attempt")
        return {digest: text.decode("utf-8", "replace") for digest, text in rows}

    def text(self, key: str) -> bytes | None:
        """The attempt that is graded under this key; None: there was no file that may be read."""
        rows = self._rows(
            tuple[bytes], "SELECT text FROM handin JOIN attempt USING (sha256) WHERE key = ? LIMIT 1", key
        )
        return next((text for (text,) in rows), None)

    # --- results ---

    def add(self, key: str, result: AttemptResult) -> None:
        """Keep a result, beside all earlier ones under this key. It is on the disk when this returns."""
        row = (key, datetime.now(UTC).isoformat(timespec="seconds"), result.verdict, msgspec.json.encode(result))
        with self._writing():
            self._database.execute("INSERT INTO result (key, graded_at, verdict, record) VALUES (?, ?, ?, ?)", row)

    def latest(self, key: str) -> AttemptResult | None:
        """The result that counts."""
        rows = self._rows(tuple[bytes], "SELECT record FROM result WHERE key = ? ORDER BY id DESC LIMIT 1", key)
        return next((_decoded(record, AttemptResult) for (record,) in rows), None)

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict that counts, of every key that has a result."""
        latest = "SELECT key, verdict FROM result WHERE id IN (SELECT max(id) FROM result GROUP BY key)"
        return dict(self._rows(tuple[str, Verdict], latest))

    def history(self, key: str) -> list[tuple[str, AttemptResult]]:
        """(when, result) of every grading, the oldest first."""
        rows = self._rows(tuple[str, bytes], "SELECT graded_at, record FROM result WHERE key = ? ORDER BY id", key)
        return [(when, _decoded(record, AttemptResult)) for when, record in rows]

    def merge(self, other: Path) -> None:
        """Take in everything of another gradebook, such as another shard's. Raises GradebookError."""
        Gradebook(other).close()  # says what is wrong with it
        try:
            self._database.execute("ATTACH DATABASE ? AS other", (str(other),))
        except BROKEN as error:
            raise GradebookError(f"{other} cannot be read: {error}") from error
        with self._writing():
            for table in ("setting", "learner", "submission", "handin", "attempt"):
                self._database.execute(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM other.{table}")  # noqa: S608
            self._database.execute(
                "INSERT INTO main.result (key, graded_at, verdict, record) "
                "SELECT key, graded_at, verdict, record FROM other.result AS theirs WHERE NOT EXISTS "
                "(SELECT 1 FROM main.result AS ours WHERE ours.key = theirs.key AND ours.record = theirs.record) "
                "ORDER BY graded_at, id"
            )
        self._database.execute("DETACH DATABASE other")


_DAMAGED = "if the file is damaged, keep a copy of it, and try what `sqlite3 FILE .recover` can save"


def _decoded(record: bytes, kind: type[T]) -> T:
    """A record of the gradebook. Raises GradebookError."""
    try:
        return msgspec.json.decode(record, type=kind)
    except (msgspec.MsgspecError, ValueError) as error:
        raise GradebookError(f"the gradebook has a record that cannot be read: {error}; {_DAMAGED}") from error


def _upgraded(record: bytes) -> bytes:
    """A result of format 1 in format 2; its pictures stay the text that they are. Raises GradebookError."""
    result = _decoded(record, dict[str, Any])
    for check in result["checks"]:
        text = check.pop("timeline", "")
        check["picture"] = {"length_s": 0.0, "lanes": [], "text": text} if text else None
        check["why"] = check.pop("detail", "")
    return msgspec.json.encode(result)


def _look_before(path: Path) -> None:
    """What would stop a long run at its end is told at its beginning. Raises GradebookError."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise GradebookError(f"{path}: there is no folder {folder}; make it first")
    if path.exists() and not path.is_file():
        raise GradebookError(f"{path} is not a file; a gradebook is one file, such as class.db")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise GradebookError(f"{path} cannot be written; choose a folder that is yours")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        raise GradebookError(f"{path}: only {free // 2**20} MiB are free there, and a class may need more; make room")
