"""One SQLite file that holds a class: what was handed in, every result that there ever was, who is on the roster.

A result is kept under a key made of everything that it depends on, and is committed as it arrives. So an interrupted
run goes on where it was, and what has not changed is not graded twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Annotated, TypeVar

import msgspec

from checker.gradebook import gradebook_file
from checker.gradebook.database import Database
from checker.gradebook.gradebook_file import GradebookError
from checker.gradebook.handins import Ignored, Submission
from checker.model.answer import AttemptResult, Verdict
from checker.report.model import Learner

__all__ = ["Gradebook", "GradebookError"]

T = TypeVar("T")
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""Without a time zone, nobody knows whether a time was late."""


class Gradebook(Database):
    """An open gradebook. Use as a context manager."""

    # --- settings and people ---

    def set(self, /, **settings: str) -> None:
        """Keep what was asked for, such as the due date."""
        self.write("INSERT OR REPLACE INTO setting VALUES (?, ?)", settings.items())

    def settings(self) -> dict[str, str]:
        return dict(self.rows(tuple[str, str], "SELECT name, value FROM setting"))

    def enrol(self, learners: Iterable[Learner]) -> None:
        """Replace the roster. What it no longer says of somebody is remembered: it tells whose earlier work is."""
        with self.writing():
            before = self.roster()
            self._database.execute("DELETE FROM learner")
            self.write("INSERT INTO learner VALUES (?, ?)", [(each.id, msgspec.json.encode(each)) for each in learners])
            self.remember(before)

    def remember(self, learners: Iterable[Learner]) -> None:
        """Keep what another roster says of people, if this one says something else."""
        today = {record for (record,) in self.rows(tuple[bytes], "SELECT record FROM learner")}
        records = dict.fromkeys(msgspec.json.encode(each) for each in learners)
        self.write("INSERT OR IGNORE INTO former VALUES (?)", [(each,) for each in records if each not in today])

    def roster(self) -> list[Learner]:
        return self._records(Learner, "SELECT record FROM learner ORDER BY rowid")

    def former(self) -> list[Learner]:
        """What earlier rosters, and those of other gradebooks, said differently of people."""
        return self._records(Learner, "SELECT record FROM former ORDER BY rowid") if self.has("former") else []

    def _records(self, kind: type[T], query: str, *arguments: str) -> list[T]:
        rows = self.rows(tuple[bytes], query, *arguments)
        return [gradebook_file.decoded(record, kind) for (record,) in rows]

    # --- what was handed in ---

    def enter(
        self, submission: Submission, keys: dict[str, str], only: str | None = None, seen_at: str | None = None
    ) -> None:
        """Keep a submission, and the keys of its attempts by exercise. It replaces an earlier one of this name.

        `only`: the number of an exercise; then the earlier one's attempts at others stay. `seen_at`: ISO 8601, UTC;
        now, if it is not given.
        """
        query = "SELECT record FROM submission WHERE name = ?"
        earlier = self._records(Submission, query, submission.name) if only is not None else []
        if earlier:
            others = [each for each in earlier[0].attempts if each.exercise != only]
            together = sorted([*others, *submission.attempts], key=lambda each: each.exercise)
            submission = msgspec.structs.replace(submission, attempts=together)
        texts = {each.exercise: each.text for each in submission.attempts if each.text is not None}
        digests = {exercise: sha256(text).hexdigest() for exercise, text in texts.items()}
        with self.writing():
            self._database.execute(
                "INSERT OR REPLACE INTO submission VALUES (?, ?)",
                (submission.name, gradebook_file.without_texts(submission)),
            )
            self._database.execute(
                "DELETE FROM handin WHERE submission = ? AND exercise = ifnull(?, exercise)", (submission.name, only)
            )
            rows = [(submission.name, exercise, key, digests.get(exercise)) for exercise, key in keys.items()]
            self._database.executemany("INSERT INTO handin VALUES (?, ?, ?, ?)", rows)
            hashed = [(digests[exercise], text) for exercise, text in texts.items()]
            self._database.executemany("INSERT OR IGNORE INTO attempt VALUES (?, ?)", hashed)
            seen_at = seen_at or datetime.now(UTC).isoformat(timespec="seconds")
            times = {each.exercise: each.handed_in or seen_at for each in submission.attempts}
            past = [(submission.name, each, digests[each], keys[each], times[each]) for each in keys if each in digests]
            self._database.executemany(gradebook_file.REMEMBER, past)

    def amend(self, submission: Submission) -> None:
        """Change what is said of a submission that is there, and of its attempts. Their texts stay."""
        dated = [(each.handed_in, submission.name, each.exercise) for each in submission.attempts if each.handed_in]
        with self.writing():
            row = (gradebook_file.without_texts(submission), submission.name)
            self._database.execute("UPDATE submission SET record = ? WHERE name = ?", row)
            self._database.executemany(gradebook_file.DATE, dated)

    def leave_out(self, path: str, ignored: list[Ignored], only: str | None = None) -> None:
        """Keep what is nobody's at this path. It replaces what was said of the path earlier.

        `only`: the number of the one exercise that was looked for; what was said about others stays.
        """
        found = gradebook_file.left_out(self.settings())
        now = [msgspec.structs.replace(each, exercise=each.exercise or only or "") for each in ignored]
        again = {each.path for each in now}
        others = [each for each in found.get(path, []) if only is not None and each.exercise not in ("", only)]
        stays = [msgspec.structs.replace(each, is_earlier=True) for each in others if each.path not in again]
        found[path] = [*now, *stays]
        self.set(left_out=msgspec.json.encode({where: each for where, each in found.items() if each}).decode())

    def left_out(self) -> list[Ignored]:
        """Everything that is nobody's."""
        return [each for found in gradebook_file.left_out(self.settings()).values() for each in found]

    def submissions(self) -> list[Submission]:
        """All of them by name, without the texts of their attempts."""
        return self._records(Submission, "SELECT record FROM submission ORDER BY name")

    def handins(self) -> list[tuple[str, str, str]]:
        """(submission, exercise, key) of all attempts, in this order."""
        return self.rows(tuple[str, str, str], "SELECT submission, exercise, key FROM handin ORDER BY 1, 2")

    def current(self, submission: str) -> dict[str, tuple[str, str | None]]:
        """(key, SHA-256) of each attempt of a submission by exercise; no SHA-256: there is no file that may be read."""
        query = "SELECT exercise, key, sha256 FROM handin WHERE submission = ?"
        rows = self.rows(tuple[str, str, str | None], query, submission)
        return {exercise: (key, digest) for exercise, key, digest in rows}

    def past(self) -> list[tuple[str, str, str, Moment]]:
        """(submission, exercise, key, when) of everything that was ever handed in. The last of an exercise counts."""
        return self.rows(tuple[str, str, str, Moment], gradebook_file.PAST) if self.has("past") else []

    def read_handins(self) -> list[tuple[str, str, str]]:
        """`handins` without attempts that have no file that may be read: nothing was handed in."""
        query = "SELECT submission, exercise, key FROM handin WHERE sha256 IS NOT NULL ORDER BY 1, 2"
        return self.rows(tuple[str, str, str], query)

    def digests(self) -> dict[str, str]:
        """The SHA-256 of each attempt that was ever handed in, by the key that it is graded under now."""
        past = "SELECT key, sha256 FROM past UNION ALL " if self.has("past") else ""
        query = f"{past}SELECT key, sha256 FROM handin WHERE sha256 IS NOT NULL"  # noqa: S608
        return dict(self.rows(tuple[str, str], query))

    def texts(self) -> dict[str, str]:
        """The attempts' texts by their SHA-256, undecodable bytes replaced."""
        rows = self.rows(tuple[str, bytes], "SELECT sha256, text FROM attempt")
        return {digest: text.decode("utf-8", "replace") for digest, text in rows}

    def attempt(self, digest: str) -> bytes | None:
        """The text of an attempt, by its SHA-256."""
        rows = self.rows(tuple[bytes], "SELECT text FROM attempt WHERE sha256 = ?", digest)
        return rows[0][0] if rows else None

    # --- results ---

    def add(self, key: str, result: AttemptResult) -> None:
        """Keep a result, beside all earlier ones of this key. It is on the disk when this returns."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self.write(gradebook_file.ADD, [(key, now, result.verdict, msgspec.json.encode(result))])

    def move(self, before: str, key: str) -> None:
        """Attempts of the key `before` count by `key` from now on. Results stay under their keys."""
        with self.writing():
            for table in ("handin", "past") if key != before else ():
                self.write(f"UPDATE {table} SET key = ? WHERE key = ?", [(key, before)])  # noqa: S608

    def latest(self, key: str) -> AttemptResult | None:
        """The result that counts."""
        query = "SELECT record FROM result WHERE key = ? ORDER BY graded_at DESC, id DESC LIMIT 1"
        return next((self.decoded(record) for (record,) in self.rows(tuple[bytes], query, key)), None)

    def verdicts(self) -> dict[str, Verdict]:
        """The verdict that counts, by key, where there is a result."""
        return dict(self.rows(tuple[str, Verdict], gradebook_file.VERDICTS))

    def history(self, key: str) -> list[tuple[str, AttemptResult]]:
        """(when, result) of every grading, the oldest first."""
        query = "SELECT graded_at, record FROM result WHERE key = ? ORDER BY graded_at, id"
        return [(when, self.decoded(record)) for when, record in self.rows(tuple[str, bytes], query, key)]

    def appeal(self, submission: str, exercise: str, key: str, why: str) -> None:
        """Keep that somebody asked to be graded again, and why."""
        row = (submission, exercise, key, datetime.now(UTC).isoformat(timespec="seconds"), why)
        self.write(gradebook_file.APPEAL, [row])

    def appeals(self) -> list[tuple[str, str, str, str, str]]:
        """(submission, exercise, key, when, why) of all, the oldest first."""
        query = "SELECT submission, exercise, key, at, why FROM appeal ORDER BY at, id"
        return self.rows(tuple[str, str, str, str, str], query) if self.has("appeal") else []
