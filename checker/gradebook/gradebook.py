"""One SQLite file that holds a class: what was handed in, every result that there ever was, who is on the roster.

A result is kept under a key made of everything that it depends on, and is committed as it arrives. So a run that was
interrupted goes on where it was, and what was not changed is not graded twice.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from checker.gradebook import gradebook_file
from checker.gradebook.gradebook_file import GradebookError
from checker.gradebook.handins import Ignored, Submission
from checker.model.answer import AttemptResult, Verdict
from checker.report.model import Learner

APPLICATION_ID = 0x4B415441
"""In the file's header, so that no other SQLite file is taken for a gradebook ("KATA")."""
FORMAT = 2
"""1: the first. 2: pictures are data, and what was "detail" of a check is "why"."""
BROKEN = (sqlite3.Error, UnicodeDecodeError)
"""The second is what Python makes of an error message of SQLite's that quotes damaged text."""

T = TypeVar("T")
__all__ = ["Gradebook", "GradebookError"]


class Gradebook:
    """An open gradebook. Use as a context manager."""

    patience_s = 30.0
    """How long to wait for another grader that writes."""

    def __init__(self, path: Path | None = None, only_read: bool = False) -> None:
        """`path`: made if it is not there; None: kept in memory only. Raises GradebookError.

        `only_read`: needs no room and no right to write, so that marks can be exported from a full disk.
        """
        if path is not None:
            gradebook_file.look_at(path)
            if not only_read:
                gradebook_file.look_before(path)
        try:
            where = f"{path.absolute().as_uri()}?mode=ro" if path is not None and only_read else path or ":memory:"
            self._database = sqlite3.connect(where, timeout=self.patience_s, isolation_level=None, uri=only_read)
            if only_read:
                self._check()
            else:
                self._prepare()
        except BROKEN as error:
            raise GradebookError(f"{path} cannot be used as a gradebook: {error}; {gradebook_file.DAMAGED}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def _prepare(self) -> None:
        """Make what is not there."""
        with self._writing():
            tables = self._database.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
            if tables == 0:
                for statement in gradebook_file.SCHEMA.split(";"):
                    self._database.execute(statement)
                self._database.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                self._database.execute(f"PRAGMA user_version = {FORMAT}")
            self._check()
            for statement in gradebook_file.LATER.split(";"):
                self._database.execute(statement)
            if self._format < FORMAT:
                self._upgrade()

    def _check(self) -> None:
        """Raises GradebookError."""
        (application,) = self._database.execute("PRAGMA application_id").fetchone()
        (version,) = self._database.execute("PRAGMA user_version").fetchone()
        if application != APPLICATION_ID:
            raise GradebookError("this is a database, but not a gradebook; choose another file name")
        if version > FORMAT:
            raise GradebookError(
                f"this gradebook has format {version}, which is newer than this checker knows (up to {FORMAT}); "
                "update the checker, or start a new gradebook"
            )
        self._format = version

    def _upgrade(self) -> None:
        """From format 1, within the transaction that is open. Raises GradebookError."""
        for number, record in self._database.execute("SELECT id, record FROM result").fetchall():
            upgraded = msgspec.json.encode(self._result(record))
            self._database.execute("UPDATE result SET record = ? WHERE id = ?", (upgraded, number))
        self._database.execute(f"PRAGMA user_version = {FORMAT}")
        self._format = FORMAT

    def _result(self, record: bytes) -> AttemptResult:
        """Raises GradebookError."""
        return gradebook_file.decoded(
            gradebook_file.upgraded(record) if self._format < FORMAT else record, AttemptResult
        )

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        """All or nothing, also when the power fails. Raises GradebookError."""
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                if self._database.in_transaction:  # when the disk is full, SQLite has rolled back already
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
            raise GradebookError(f"the gradebook cannot be read: {error}; {gradebook_file.DAMAGED}") from error

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
        return [gradebook_file.decoded(record, Learner) for (record,) in rows]

    # --- what was handed in ---

    def enter(
        self, submission: Submission, keys: dict[str, str], only: str | None = None, seen_at: str | None = None
    ) -> None:
        """A submission, and the key of each of its attempts by exercise; it replaces an earlier one of this name.

        `only`: the number of an exercise; then the earlier one's attempts at others stay. `seen_at`: ISO 8601, UTC;
        this moment, if it is not given.
        """
        before = self._submission(submission.name) if only is not None else None
        if before is not None:
            others = [each for each in before.attempts if each.exercise != only]
            together = sorted([*others, *submission.attempts], key=lambda each: each.exercise)
            submission = msgspec.structs.replace(submission, attempts=together)
        texts = {each.exercise: each.text for each in submission.attempts if each.text is not None}
        digests = {exercise: sha256(text).hexdigest() for exercise, text in texts.items()}
        with self._writing():
            self._database.execute(
                "INSERT OR REPLACE INTO submission VALUES (?, ?)",
                (submission.name, gradebook_file.without_texts(submission)),
            )
            where = "submission = ? AND exercise = ifnull(?, exercise)"
            self._database.execute(f"DELETE FROM handin WHERE {where}", (submission.name, only))  # noqa: S608
            rows = [(submission.name, exercise, key, digests.get(exercise)) for exercise, key in keys.items()]
            self._database.executemany("INSERT INTO handin VALUES (?, ?, ?, ?)", rows)
            hashed = [(digests[exercise], text) for exercise, text in texts.items()]
            self._database.executemany("INSERT OR IGNORE INTO attempt VALUES (?, ?)", hashed)
            seen_at = seen_at or datetime.now(UTC).isoformat(timespec="seconds")
            times = {each.exercise: each.handed_in or seen_at for each in submission.attempts}
            past = [(submission.name, each, digests[each], keys[each], times[each]) for each in keys if each in digests]
            self._database.executemany(gradebook_file.REMEMBER, past)

    def amend(self, submission: Submission) -> None:
        """What is said of a submission that is there already, and of its attempts, whose texts stay."""
        dated = [(each.handed_in, submission.name, each.exercise) for each in submission.attempts if each.handed_in]
        with self._writing():
            row = (gradebook_file.without_texts(submission), submission.name)
            self._database.execute("UPDATE submission SET record = ? WHERE name = ?", row)
            self._database.executemany(gradebook_file.DATE, dated)

    def _submission(self, name: str) -> Submission | None:
        rows = self._rows(tuple[bytes], "SELECT record FROM submission WHERE name = ?", name)
        return next((gradebook_file.decoded(record, Submission) for (record,) in rows), None)

    def leave_out(self, path: str, ignored: list[Ignored]) -> None:
        """What is nobody's at this path; it replaces what was said of it earlier."""
        found = gradebook_file.left_out(self.settings()) | {path: ignored}
        self.set(left_out=msgspec.json.encode({where: each for where, each in found.items() if each}).decode())

    def left_out(self) -> list[Ignored]:
        """Everything that is nobody's."""
        return [each for found in gradebook_file.left_out(self.settings()).values() for each in found]

    def submissions(self) -> list[Submission]:
        """All of them by name, without the texts of their attempts."""
        rows = self._rows(tuple[bytes], "SELECT record FROM submission ORDER BY name")
        return [gradebook_file.decoded(record, Submission) for (record,) in rows]

    def handins(self) -> list[tuple[str, str, str]]:
        """(submission, exercise, key) of all attempts, in the order of names and numbers."""
        return self._rows(tuple[str, str, str], "SELECT submission, exercise, key FROM handin ORDER BY 1, 2")

    def past(self) -> list[tuple[str, str, str, str]]:
        """(submission, exercise, key, when) of all that was ever handed in; the last of an exercise counts."""
        if not self._rows(tuple[str], "SELECT name FROM sqlite_master WHERE name = 'past'"):
            return []  # the file is an older checker's, and only read
        return self._rows(tuple[str, str, str, str], gradebook_file.PAST)

    def read_handins(self) -> list[tuple[str, str, str]]:
        """The same without those of which there is no file that may be read: nothing was handed in."""
        query = "SELECT submission, exercise, key FROM handin WHERE sha256 IS NOT NULL ORDER BY 1, 2"
        return self._rows(tuple[str, str, str], query)

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
        return next((self._result(record) for (record,) in rows), None)

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict that counts, of every key that has a result."""
        latest = "SELECT key, verdict FROM result WHERE id IN (SELECT max(id) FROM result GROUP BY key)"
        return dict(self._rows(tuple[str, Verdict], latest))

    def history(self, key: str) -> list[tuple[str, AttemptResult]]:
        """(when, result) of every grading, the oldest first."""
        rows = self._rows(tuple[str, bytes], "SELECT graded_at, record FROM result WHERE key = ? ORDER BY id", key)
        return [(when, self._result(record)) for when, record in rows]

    def appeal(self, submission: str, exercise: str, key: str, why: str) -> None:
        """Keep that somebody asked to be graded again, and why."""
        row = (submission, exercise, key, datetime.now(UTC).isoformat(timespec="seconds"), why)
        with self._writing():
            columns = "submission, exercise, key, at, why"
            self._database.execute(f"INSERT INTO appeal ({columns}) VALUES (?, ?, ?, ?, ?)", row)  # noqa: S608

    def appeals(self) -> list[tuple[str, str, str, str]]:
        """(submission, exercise, when, why) of all, the oldest first."""
        query = "SELECT submission, exercise, at, why FROM appeal ORDER BY id"
        return self._rows(tuple[str, str, str, str], query)

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
            self._database.execute(
                "INSERT INTO main.appeal (submission, exercise, key, at, why) "
                "SELECT submission, exercise, key, at, why FROM other.appeal EXCEPT "
                "SELECT submission, exercise, key, at, why FROM main.appeal"
            )
            self._database.execute("INSERT OR IGNORE INTO main.past SELECT * FROM other.past")
        self._database.execute("DETACH DATABASE other")
