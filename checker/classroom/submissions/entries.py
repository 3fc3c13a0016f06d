"""Files and folders, on disk or in a zip, which are listed and read when they are needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NoReturn

from checker.gradebook.handins import Ignored

MAX_ATTEMPT_BYTES = 2**20
MAX_ENTRIES = 10_000
"""Files of one zip, entries of one folder."""
MAX_ZIP_DEPTH = 2
"""A zip, and a zip inside it: what a learning platform makes of learners' zips."""
CLUTTER = {"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"}
A_LINK = "it is a link, and links are not followed"
NOT_REGULAR = "it is not a regular file"


class SubmissionError(Exception):
    """A path holds nothing that can be graded; the message says what was expected, what is there, what to do."""


class Refused(Exception):
    """A file or a zip that is not read; the message says why."""


@dataclass(frozen=True)
class File:
    """A file that may be read."""

    name: str
    path: str
    """Where it is, to be shown."""
    content: Callable[[int], bytes]
    """Its bytes, if they are not more than the argument says. Raises Refused."""
    modified: datetime | None = None
    """In a zip: the zip's local time."""
    zip_depth: int = 0
    """In how many zips it is."""
    serial: int = 0
    """The platform's number of the file, if it has one: later files have higher numbers."""
    is_late: bool = False
    """The platform says that it was handed in late."""
    refused: str = ""
    """Why it will not be read, if that is known already."""
    committed: Callable[[], datetime | None] | None = None
    """In a clone: when its last change was committed, according to the learner."""


@dataclass(frozen=True)
class Listing:
    """What is in a folder, in order of names."""

    folders: list[Folder] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)
    refused: str = ""
    """Why nothing was listed, although there is much."""


@dataclass(frozen=True)
class Folder:
    """A folder that may be listed."""

    name: str
    path: str
    listing: Callable[[], Listing]
    zip_depth: int = 0
    file_count: int = 0
    """Of a zip as a whole, at any depth."""


def is_clutter(name: str) -> bool:
    """Whether systems and tools make such entries, and not learners."""
    return name.startswith(".") or name in CLUTTER


def refusal(why: str) -> Callable[[int], NoReturn]:
    """The `content` of a file that is not read."""

    def refuse(_limit: int) -> NoReturn:
        raise Refused(why)

    return refuse


def too_large(limit: int) -> Refused:
    size = f"{limit / 2**20:.3g} MiB" if limit >= 2**20 else f"{limit} bytes"
    return Refused(f"it has more than {size}, which is the most that is read")
