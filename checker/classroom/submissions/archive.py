"""Zips, read in memory and never unpacked: regular files under plain names, and no more bytes than a limit.

What the zip says of its sizes is not believed: bytes are counted while they are read. Only the methods "stored" and
"deflated" are read; others let a small file ask for gigabytes of memory.
"""

from __future__ import annotations

import io
import re
import stat
import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import PurePath
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from checker.classroom.submissions.entries import (
    A_LINK,
    MAX_ENTRIES,
    NOT_REGULAR,
    File,
    Folder,
    Listing,
    Refused,
    is_clutter,
    refusal,
    too_large,
)
from checker.gradebook.handins import Ignored
from checker.report.escape import shown

SUFFIX = ".zip"
MAX_DIRECTORY_BYTES = 4 * 2**20
"""Of a zip's table of contents, which is read as a whole: 400 bytes for each of 10 000 files."""
MAX_RATIO = 100
"""How many times larger a file may become: text becomes ten times larger, and only a bomb a thousand times."""
FREE_RATIO_BYTES = 2**16
"""Files up to this size may have any ratio."""
MAX_DEPTH = 12
"""Folders within folders."""
MAX_NAME = 255
UTF_8_NAME = 0x800
ENCRYPTED = 0x1
DRIVE = re.compile(r"[A-Za-z]:")
NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of a file in a zip that has none."""
PIECE_BYTES = 2**18
BROKEN = (BadZipFile, zlib.error, struct.error, OSError, ValueError, OverflowError, RuntimeError, EOFError)
"""What zipfile raises when bytes are not what they should be."""


class _Limited(io.BufferedReader):
    """Refuses to read much at once: zipfile reads the table of contents in one piece, of a size that the zip gives."""

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = MAX_DIRECTORY_BYTES + 1 if size is None or size < 0 else size
        if wanted > MAX_DIRECTORY_BYTES + 1:
            raise BadZipFile("its table of contents is too long")
        return super().read(wanted)


def is_zip(name: str) -> bool:
    return name.lower().endswith(SUFFIX)


def folder(content: io.FileIO | io.BytesIO, name: str, path: str, zip_depth: int = 0) -> Folder:
    """A zip as a folder, named without .zip. `content` must stay open as long as its files may be read.

    `name`, `path`: of the zip. `zip_depth`: of the zip itself. Raises Refused.
    """
    try:
        archive = ZipFile(_Limited(content))
    except BROKEN as error:
        raise Refused(f"it is not a zip that can be read: {error}") from error
    members = archive.infolist()
    if len(members) > MAX_ENTRIES:
        raise Refused(f"it has more than {MAX_ENTRIES} files: unpack it, and give the folder")
    tree = _Tree(path)
    for member in members:
        tree.add(archive, member, zip_depth + 1)
    return replace(tree.folder(PurePath(name).stem, zip_depth + 1), file_count=len(members))


@dataclass
class _Tree:
    """A folder of a zip, which itself is only a list of paths."""

    path: str
    folders: dict[str, _Tree] = field(default_factory=dict)
    files: list[File] = field(default_factory=list)
    ignored: list[Ignored] = field(default_factory=list)

    def add(self, archive: ZipFile, member: ZipInfo, zip_depth: int) -> None:
        whole = _name(member)
        parts = [shown(part) for part in whole.split("/") if part not in {"", "."}]
        why = _wrong_name(whole, parts)
        if why:
            self.ignored.append(Ignored(path=f"{self.path}/{shown(whole)[:MAX_NAME]}", why=why))
            return
        if any(is_clutter(part) for part in parts):
            return
        is_folder = whole.endswith("/")  # unlike member.is_dir(), also where the zip has a backslash
        folders, name = (parts, None) if is_folder else (parts[:-1], parts[-1])
        place = self
        for part in folders:
            place = place.folders.setdefault(part, _Tree(f"{place.path}/{part}"))
        if name is not None:
            path = f"{place.path}/{name}"
            place.files.append(File(name, path, _content(archive, member), _modified(member), zip_depth))

    def folder(self, name: str, zip_depth: int) -> Folder:
        return Folder(name, self.path, lambda: self._listing(zip_depth), zip_depth)

    def _listing(self, zip_depth: int) -> Listing:
        return Listing(
            [tree.folder(name, zip_depth) for name, tree in sorted(self.folders.items())],
            sorted(self.files, key=lambda file: file.name),
            self.ignored,
        )


def _name(member: ZipInfo) -> str:
    """Some systems write names in UTF-8 and do not say so, and some separate folders by backslashes."""
    name = member.filename
    if not member.flag_bits & UTF_8_NAME:
        with suppress(UnicodeError):
            name = name.encode("cp437").decode()
    return name.replace("\\", "/")


def _wrong_name(name: str, parts: list[str]) -> str:
    if name.startswith("/") or ".." in parts or DRIVE.match(name):
        return "its name points out of the zip"
    if not parts or len(parts) > MAX_DEPTH or any(len(part) > MAX_NAME for part in parts):
        return f"its name is not sensible: names have 1 to {MAX_NAME} characters, and {MAX_DEPTH} folders at most"
    return ""


def _modified(member: ZipInfo) -> datetime | None:
    try:
        return datetime(*member.date_time) if member.date_time != NO_DATE else None
    except ValueError:
        return None


def _content(archive: ZipFile, member: ZipInfo) -> Callable[[int], bytes]:
    why = _not_read(member)
    if why:
        return refusal(why)

    def read(limit: int) -> bytes:
        content = bytearray()
        try:
            with archive.open(member) as opened:
                for piece in iter(partial(opened.read, PIECE_BYTES), b""):
                    content += piece
                    if len(content) > limit:
                        raise too_large(limit)
        except BROKEN as error:
            raise Refused(f"the zip is damaged: {error}") from error
        return bytes(content)

    return read


def _not_read(member: ZipInfo) -> str:
    kind = stat.S_IFMT(member.external_attr >> 16)
    if stat.S_ISLNK(kind):
        return A_LINK
    if kind and not stat.S_ISREG(kind):
        return NOT_REGULAR
    if member.flag_bits & ENCRYPTED:
        return "it is encrypted: ask for it without a password"
    if member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        return 'it is compressed in a way that is not read: ask for an ordinary zip ("deflate")'
    if member.file_size > max(FREE_RATIO_BYTES, MAX_RATIO * member.compress_size):
        return f"it would grow more than {MAX_RATIO} times: that is no program text"
    return ""
