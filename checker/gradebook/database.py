"""The SQLite file of a gradebook: opened and checked, made or upgraded, read and written."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Self, TypeVar

import msgspec

from checker.gradebook import gradebook_file
from checker.gradebook.gradebook_file import GradebookError
from checker.model.answer import AttemptResult

APPLICATION_ID = 0x4B415441
"""In the file's header, so that no other SQLite file is taken for a gradebook ("KATA")."""
FORMAT = 2
"""1: the first. 2: pictures are data, and what was "detail" of a check is "why"."""
BROKEN = (sqlite3.Error, UnicodeDecodeError)
"""Python raises the second if an error message of SQLite quotes damaged text."""
FIRST_READ = "SELECT count(*) FROM sqlite_master"

T = TypeVar("T")


class Database:
    """An open gradebook, as tables. Use as a context manager."""

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
            where = _uri(path, "ro") if path is not None and only_read else path or ":memory:"
            self._database = sqlite3.connect(where, timeout=self.patience_s, isolation_level=None, uri=only_read)
            if only_read:
                self._recover(path)
                self._check()
            else:
                self._prepare()
        except BROKEN as error:
            raise GradebookError(f"{path} cannot be used as a gradebook: {error}; {_advice(error)}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._database.close()

    def _recover(self, path: Path | None) -> None:
        """Undo what a killed run began, in a connection that writes: this one only reads. Raises GradebookError."""
        try:
            self._database.execute(FIRST_READ)
            return
        except sqlite3.Error as error:
            if path is None or not _was_killed(error):
                raise
        try:
            with contextlib.closing(sqlite3.connect(_uri(path, "rw"), timeout=self.patience_s, uri=True)) as writer:
                writer.execute(FIRST_READ)
        except sqlite3.Error as error:
            if _is_in_use(error):
                raise
            told = f"copy it, together with {path.name}-journal, to where you may write, and take the copy"
            raise GradebookError(f"{path}: {gradebook_file.KILLED}, which cannot be done there; {told}") from error

    def _prepare(self) -> None:
        """Make the tables that are not there, and upgrade an older format."""
        with self.writing():
            tables = self._database.execute(FIRST_READ).fetchone()[0]
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
        gradebook_file.look_at_schema(
            self.rows(tuple[str, str, str, str | None], "SELECT type, name, tbl_name, sql FROM sqlite_master")
        )
        self._format = version

    def _upgrade(self) -> None:
        """From format 1, within the transaction that is open. Raises GradebookError."""
        for number, record in self._database.execute("SELECT id, record FROM result").fetchall():
            upgraded = msgspec.json.encode(self.decoded(record))
            self._database.execute("UPDATE result SET record = ? WHERE id = ?", (upgraded, number))
        self._database.execute(f"PRAGMA user_version = {FORMAT}")
        self._format = FORMAT

    def decoded(self, record: bytes) -> AttemptResult:
        """Raises GradebookError."""
        return gradebook_file.decoded(
            gradebook_file.upgraded(record) if self._format < FORMAT else record, AttemptResult
        )

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction: all or nothing, also if the power fails. Within another one it is a part of that.

        Raises GradebookError.
        """
        if self._database.in_transaction:
            yield
            return
        try:
            self._database.execute("BEGIN IMMEDIATE")
            try:
                yield
                self._database.execute("COMMIT")  # which fails, and leaves it open, while somebody reads for too long
            except BaseException:
                if self._database.in_transaction:  # when the disk is full, SQLite has rolled back already
                    self._database.execute("ROLLBACK")
                raise
        except BROKEN as error:
            told = gradebook_file.IN_USE if _is_in_use(error) else "what is in it is not lost"
            raise GradebookError(f"the gradebook cannot be written: {error}; {told}") from error

    def write(self, statement: str, rows: Iterable[Sequence[str | bytes | None]]) -> None:
        """Execute a statement for each row. Raises GradebookError."""
        with self.writing():
            self._database.executemany(statement, rows)

    def look_through(self) -> None:
        """Check that its pages are sound, and do not lead in circles. Raises GradebookError if they are not."""
        found = self.rows(tuple[str], "PRAGMA quick_check(1)")
        if found != [("ok",)]:
            raise GradebookError(f"the gradebook cannot be read: {found[0][0]}; {gradebook_file.DAMAGED}")

    def has(self, table: str) -> bool:
        """Whether a table is there: an older checker's file that is only read lacks those of `gradebook_file.LATER`."""
        return bool(self.rows(tuple[str], "SELECT name FROM sqlite_master WHERE name = ?", table))

    def rows(self, kind: type[T], query: str, *arguments: str) -> list[T]:
        """The rows that a query finds. Raises GradebookError: a file may be damaged, or not made by a checker."""
        try:
            return msgspec.convert(self._database.execute(query, arguments).fetchall(), list[kind])  # type: ignore[valid-type]
        except (*BROKEN, msgspec.ValidationError) as error:
            raise GradebookError(f"the gradebook cannot be read: {error}; {_advice(error)}") from error


def _uri(path: Path, mode: str) -> str:
    return f"{path.absolute().as_uri()}?mode={mode}"


def _advice(error: Exception) -> str:
    """What to do about a file that cannot be used."""
    if _is_in_use(error):
        return gradebook_file.IN_USE
    return f"{gradebook_file.KILLED}: try again" if _was_killed(error) else gradebook_file.DAMAGED


def _is_in_use(error: Exception) -> bool:
    """Whether another program is writing the file. SQLite's extended codes have the primary one in their last byte."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _was_killed(error: Exception) -> bool:
    """Whether SQLite must write first, because the last writer was killed within a change."""
    return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY_ROLLBACK
