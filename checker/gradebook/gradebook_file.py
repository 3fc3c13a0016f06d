"""The tables of a gradebook; and whether its file may be one, and can be written, before a long run begins."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from checker.gradebook.handins import Ignored, Submission

LEAST_FREE_BYTES = 50 * 2**20
SQLITE = b"SQLite format 3\0"
JOURNAL = bytes.fromhex("d9d505f920a163d7")
"""A journal that ends with this names another file, which SQLite deletes once the journal is played back."""

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
LATER = """
CREATE TABLE IF NOT EXISTS appeal (
    id INTEGER PRIMARY KEY, submission TEXT NOT NULL, exercise TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS past (
    submission TEXT NOT NULL, exercise TEXT NOT NULL, sha256 TEXT NOT NULL, key TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (submission, exercise, sha256)
);
CREATE TABLE IF NOT EXISTS former (record BLOB PRIMARY KEY)
"""
"""Who asked to be graded again, and why; every attempt that was ever handed in, and when; what earlier rosters said
differently of somebody. Older checkers of this format do without these tables."""
REMEMBER = """
INSERT INTO past (submission, exercise, sha256, key, at) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (submission, exercise, sha256) DO UPDATE SET key = excluded.key
"""
DATE = """
UPDATE past SET at = ?1 WHERE submission = ?2 AND exercise = ?3
AND sha256 = (SELECT sha256 FROM handin WHERE submission = ?2 AND exercise = ?3)
"""
PAST = """
SELECT past.submission, past.exercise, past.key, past.at FROM past LEFT JOIN handin USING (submission, exercise)
ORDER BY past.submission, past.exercise, past.sha256 IS handin.sha256, past.at, past.rowid
"""
ADD = """
INSERT INTO result (key, graded_at, verdict, record)
SELECT ?1, max(?2, ifnull(max(graded_at), ?2)), ?3, ?4 FROM result WHERE key = ?1
"""
"""The latest result counts, so it never gets an earlier time than one before, whose machine's clock may be ahead."""
VERDICTS = """
SELECT key, verdict FROM (
    SELECT key, verdict, row_number() OVER (PARTITION BY key ORDER BY graded_at DESC, id DESC) AS place FROM result
) WHERE place = 1
"""
APPEAL = "INSERT INTO appeal (submission, exercise, key, at, why) VALUES (?, ?, ?, ?, ?)"
DAMAGED = "if the file is damaged, keep a copy of it, and try what `sqlite3 FILE .recover` can save"
NOT_MADE = "which no checker has made so: a file with SQL of others is not opened; remove it, or ask whose file it is"
BESIDE: dict[str, tuple[str, ...]] = {"table": ("CREATE TABLE ",), "index": ("CREATE INDEX ", "CREATE UNIQUE INDEX ")}
"""How the SQL of other tables and indexes must begin; a virtual table's begins otherwise."""
IN_USE = "another program is writing it: wait until that is done, and try again; nothing is damaged"
KILLED = "a run that wrote it was killed, and what that began has to be undone first"
T = TypeVar("T")


class GradebookError(Exception):
    """The file cannot be used; the message says why, and what to do."""


def look_at(path: Path) -> None:
    """Refuse a file that is something else. Raises GradebookError."""
    if path.exists() and not path.is_file():
        raise GradebookError(f"{path} is not a file; a gradebook is one file, such as class.db")
    try:
        with path.open("rb") as file:
            start = file.read(len(SQLITE))
    except FileNotFoundError:
        return
    except OSError as error:
        raise GradebookError(f"{path} cannot be read: {error.strerror}") from error
    if start and start != SQLITE:
        raise GradebookError(f"{path} is not a gradebook, and not a database at all; choose another file name")
    _look_at_journal(path.with_name(f"{path.name}-journal"))


def _look_at_journal(path: Path) -> None:
    """Check the journal that a killed run may have left. Raises GradebookError."""
    try:
        with path.open("rb") as file:
            file.seek(-min(len(JOURNAL), path.stat().st_size), os.SEEK_END)
            end = file.read()
    except OSError:  # SQLite says it better, if it needs it
        return
    if end == JOURNAL:
        raise GradebookError(f"{path} names another file, and no checker wrote it so: ask whose it is, and remove it")


def look_before(path: Path) -> None:
    """Tell at the beginning of a long run what would stop it at its end. Raises GradebookError."""
    folder = path.absolute().parent
    if not folder.is_dir():
        raise GradebookError(f"{path}: there is no folder {folder}; make it first")
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise GradebookError(f"{path} cannot be written; choose a folder that is yours")
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE_BYTES:
        raise GradebookError(f"{path}: only {free // 2**20} MiB are free there, and a class may need more; make room")


@cache
def schema() -> dict[str, str]:
    """The SQL of each table and index that a checker makes, by name."""
    with contextlib.closing(sqlite3.connect(":memory:")) as database:
        database.executescript(f"{SCHEMA};{LATER}")
        return dict(database.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"))


def look_at_schema(said: Iterable[tuple[str, str, str, str | None]]) -> None:
    """Refuse a file with SQL that no checker has written, because SQL can run. Raises GradebookError.

    `said`: (type, name, table, SQL) of everything in the file. It may have other tables and indexes: nobody reads them.
    """
    ours = schema()
    for kind, name, table, sql in said:
        is_ours = sql == ours.get(name) if sql is not None else kind == "index"
        is_beside = table.lower() not in ours and (sql or "").startswith(BESIDE.get(kind, ()))
        if not is_ours and not is_beside:
            raise GradebookError(f"the gradebook has the {kind} {name!r}, {NOT_MADE}")


def upgraded(record: bytes) -> bytes:
    """A result of format 1 in format 2; its pictures remain text. Unchanged if it cannot be read."""
    try:
        result = msgspec.json.decode(record, type=dict[str, Any])
    except msgspec.MsgspecError:
        return record
    for check in result.get("checks", []):
        text = check.pop("timeline", "")
        check["picture"] = {"length_s": 0.0, "lanes": [], "text": text} if text else None
        check["why"] = check.pop("detail", "")
    return msgspec.json.encode(result)


def without_texts(submission: Submission) -> bytes:
    """The record of a submission, without the texts of its attempts."""
    bare = [msgspec.structs.replace(attempt, text=None) for attempt in submission.attempts]
    return msgspec.json.encode(msgspec.structs.replace(submission, attempts=bare))


def decoded(record: bytes, kind: type[T]) -> T:
    """A record of the gradebook. Raises GradebookError."""
    try:
        return msgspec.json.decode(record, type=kind)
    except (msgspec.MsgspecError, ValueError) as error:
        raise GradebookError(f"the gradebook has a record that cannot be read: {error}; {DAMAGED}") from error


def left_out(settings: dict[str, str]) -> dict[str, list[Ignored]]:
    """What is nobody's, by the paths where it was. Raises GradebookError."""
    return decoded(settings.get("left_out", "{}").encode(), dict[str, list[Ignored]])
