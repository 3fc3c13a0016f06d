"""Gradescope's export of submissions: a folder for each, and `submission_metadata.yml`, which says whose they are.

Gradescope documents the export (help.gradescope.com, "Exporting submissions") but not the file, which is as Ruby writes
it: `submission_123: {:submitters: [{:name, :email, :sid}], :created_at, ...}`.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from checker.classroom.submissions.entries import File, Refused
from checker.gradebook.handins import Person
from checker.model.record import Record

METADATA = "submission_metadata.yml"
MAX_METADATA_BYTES = 64 * 2**20
"""It has the results of all earlier submissions, whose outputs may be long."""


class FolderMetadata(Record):
    """What the export says of one folder."""

    people: list[Person]
    created_at: str | None
    """ISO 8601, UTC."""


class _Submitter(msgspec.Struct, rename=lambda name: f":{name}"):
    name: str | None = None
    email: str | None = None
    sid: str | int | None = None


class _Submission(msgspec.Struct, rename=lambda name: f":{name}"):
    submitters: list[_Submitter] = []
    created_at: Any = None


def entries(file: File) -> dict[str, FolderMetadata]:
    """What the export says of each folder, by the folders' names. Raises Refused."""
    content = file.content(MAX_METADATA_BYTES)
    try:
        found = msgspec.yaml.decode(content, type=dict[str, _Submission])
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Refused(f"it cannot be read: {' '.join(str(error).split())}") from error
    return {
        name: FolderMetadata(people=_people(name, each), created_at=_utc(each.created_at))
        for name, each in found.items()
    }


def _people(folder: str, submission: _Submission) -> list[Person]:
    return [
        Person(
            name=each.name or each.email or str(each.sid or folder), platform="gradescope",
            number=folder if len(submission.submitters) == 1 else f"{folder}.{count}",
            sid=str(each.sid or "").strip(), email=(each.email or "").strip(),
        )
        for count, each in enumerate(submission.submitters, 1)
    ]  # fmt: skip


def _utc(created_at: object) -> str | None:
    """A time without a zone is in UTC, as Ruby writes it."""
    if not isinstance(created_at, datetime):
        return None
    aware = created_at if created_at.tzinfo is not None else created_at.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat(timespec="seconds")
