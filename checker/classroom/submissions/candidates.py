"""Finds possible attempts in what one learner handed in: repositories, exercise folders, loose files, zips."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import PurePath

from checker.classroom.submissions import archive, names
from checker.classroom.submissions.entries import MAX_ZIP_DEPTH, File, Folder, Listing, Refused
from checker.classroom.submissions.wanted import Wanted
from checker.gradebook.handins import Ignored
from checker.model.exercise import Exercise

MAX_ZIPS_BYTES = 32 * 2**20
"""Of all zips of one learner, which are read into memory."""
MAX_ZIPS_FILES = 50_000
"""In all zips of one learner: to find out what a name was meant to be costs 0.1 ms."""
BUILT = (".c", ".cpp", ".so", ".pyd", ".pyc", ".html", ".o")
"""Endings of what a build makes from an attempt."""
WRAPPERS = 3
"""Folders around the files that say nothing, such as the one that GitHub puts around a repository."""
NO_NUMBER = "its name has no exercise number: rename it, for example to alice_03.py, or say --exercise NN"
ONLY_ATTEMPTS = "only attempt files are taken"
HARMLESS = {"readme", "license", "sync", "scenario", "exercise", "conftest", "setup", "pyproject", "__init__"}
"""Stems of the names of files that nobody takes for attempts."""


@dataclass(frozen=True)
class Candidate:
    """A file that may be the attempt at an exercise. None: the exercise's folder is there, without an attempt."""

    exercise: Exercise
    file: File | None
    version: int = 0
    is_named: bool = True
    """The name of a file or folder says which exercise it is for; else only --exercise does."""

    @property
    def rank(self) -> tuple[bool, int, int, datetime, str]:
        """The highest counts."""
        if self.file is None:
            return False, 0, 0, datetime.min, ""
        return True, self.version, self.file.serial, self.file.modified or datetime.min, self.file.path


@dataclass(frozen=True)
class Leftover:
    """Something that is no attempt."""

    name: str


@dataclass(frozen=True)
class NearMiss:
    """Something that was surely meant as an attempt, and cannot be taken as it is."""

    ignored: Ignored


Found = Candidate | Leftover | NearMiss | Ignored


def look(folders: Iterable[Folder], wanted: Wanted) -> Iterator[Found]:
    """Everything that may be an attempt, and everything that is not, in the folders of one learner."""
    search = _Search(wanted)
    for folder in folders:
        yield from search.look(folder)


def is_harmless(name: str) -> bool:
    stem = PurePath(name).stem.lower()
    return stem in HARMLESS or stem.startswith("test_")


class _Search:
    """Looks through the folders and zips of one learner, up to the limits for zips."""

    def __init__(self, wanted: Wanted) -> None:
        self._wanted = wanted
        self._left = MAX_ZIPS_BYTES
        self._files_left = MAX_ZIPS_FILES

    def look(self, folder: Folder, wrappers: int = WRAPPERS) -> Iterator[Found]:
        listing = folder.listing()
        exercise = self._wanted.folder(folder)
        homes = [(exercise, folder)] if exercise is not None else self._wanted.folders(folder)
        if homes:
            yield from self._repository(folder, homes)
            return
        yield from listing.ignored
        found = list(self._loose(listing.files))
        yield from found
        if wrappers and len(listing.folders) == 1 and not any(isinstance(each, Candidate) for each in found):
            yield from self.look(listing.folders[0], wrappers - 1)
        else:
            yield from (self._other_folder(child) for child in listing.folders)

    def _repository(self, folder: Folder, homes: list[tuple[Exercise, Folder]]) -> Iterator[Found]:
        """Only what is in the exercise folders counts."""
        root = self._wanted.root(folder)
        ways = {place.path: place for place in (folder, root, *(home for _, home in homes))}
        for place in ways.values():
            yield from place.listing().ignored
            yield from (self._other_folder(child) for child in place.listing().folders if child.path not in ways)
            if all(home.path != place.path for _, home in homes):
                yield from (self._other_file(file) for file in place.listing().files)
        for exercise, home in homes:
            yield from self._exercise(exercise, home)

    def _exercise(self, exercise: Exercise, home: Folder) -> Iterator[Found]:
        attempts = [file for file in home.listing().files if file.name == exercise.attempt]
        if not attempts:
            yield Candidate(exercise, None)
        yield from (Candidate(exercise, file) for file in attempts)
        for file in home.listing().files:
            if file.name != exercise.attempt:
                yield _near_attempt(file, exercise, not attempts) or Leftover(file.name)
        for child in home.listing().folders:
            yield _near_attempt(child, exercise, not attempts) or Leftover(f"{child.name}/")

    def _other_folder(self, folder: Folder) -> NearMiss | Leftover:
        meant = self._wanted.meant(folder.name)
        return _near(folder.path, f"it is not called {meant}/") if meant else Leftover(f"{folder.name}/")

    def _other_file(self, file: File) -> NearMiss | Leftover:
        """A link that is called like a folder is listed as a file."""
        meant = self._wanted.meant(file.name)
        return _near(file.path, file.refused or f"{meant} is a folder") if meant else Leftover(file.name)

    def _loose(self, files: Sequence[File]) -> Iterator[Found]:
        """Files outside of exercise folders: their names say which exercise they are for, or --exercise does."""
        found: list[Found] = []
        unknown = []
        for file in files:
            if archive.is_zip(file.name):
                found += self._zip(file)
            elif not names.is_source(file.name) or is_harmless(file.name):
                found.append(self._other_file(file))
            else:
                said = names.flat(file.name, self._wanted.exercises)
                exercise = self._wanted.only if said.exercise is None and not said.learner else said.exercise
                if exercise is None:
                    unknown.append(file)
                elif PurePath(file.name).suffix != PurePath(exercise.attempt).suffix:
                    found.append(_wrong_kind(file, exercise))
                else:
                    found.append(Candidate(exercise, file, said.version, is_named=said.exercise is not None))
        yield from found
        if any(isinstance(each, Candidate) for each in found):
            yield from (Leftover(file.name) for file in unknown)
        else:
            yield from self._unknown(unknown)

    def _unknown(self, files: Sequence[File]) -> Iterator[Candidate | Ignored]:
        """Files whose names say nothing, if there are no others: with --exercise, the only one is the attempt."""
        only = self._wanted.only
        if only is None:
            yield from (Ignored(path=file.path, why=NO_NUMBER) for file in files)
            return
        wanted = PurePath(only.attempt).suffix
        several = len({names.again(each.name)[0] for each in files if PurePath(each.name).suffix == wanted}) > 1
        for file in files:
            if PurePath(file.name).suffix != wanted:
                yield _wrong_kind(file, only)
            elif several:
                yield Ignored(path=file.path, why=f"it is one of several files: expected one, called {only.attempt}")
            else:
                yield Candidate(only, file, names.again(file.name)[1], is_named=False)

    def _zip(self, file: File) -> Iterator[Found]:
        try:
            folder = self._opened(file)
        except Refused as refused:
            yield Ignored(path=file.path, why=str(refused))
            return
        yield from self.look(folder)

    def _opened(self, file: File) -> Folder:
        if file.zip_depth >= MAX_ZIP_DEPTH:
            raise Refused("it is a zip in a zip in a zip: unpack it")
        content = file.content(self._left)
        self._left -= len(content)
        folder = archive.folder(io.BytesIO(content), file.name, file.path, file.zip_depth)
        if folder.file_count > self._files_left:
            raise Refused(f"with the other zips it has more than {MAX_ZIPS_FILES} files: leave out what is no attempt")
        self._files_left -= folder.file_count
        return _handed_in_with(file, folder)


def _handed_in_with(zipped: File, folder: Folder) -> Folder:
    """What the platform says of a zip, in the name that it gave it, is said of everything in the zip."""

    def listing() -> Listing:
        there = folder.listing()
        files = [replace(each, serial=zipped.serial, is_late=zipped.is_late) for each in there.files]
        return replace(there, folders=[_handed_in_with(zipped, each) for each in there.folders], files=files)

    return replace(folder, listing=listing)


def _near(path: str, why: str) -> NearMiss:
    return NearMiss(Ignored(path=path, why=f"{why}, so nothing in it was taken"))


def _near_attempt(found: File | Folder, exercise: Exercise, is_missing: bool) -> NearMiss | None:
    """Something in an exercise's folder that was meant as the attempt: by its name, or because there is no attempt."""
    if is_harmless(found.name) or PurePath(found.name).suffix.lower() in BUILT:
        return None
    is_alike = found.name.strip().casefold().startswith(PurePath(exercise.attempt).stem)
    if not is_alike and not (is_missing and isinstance(found, File) and names.is_source(found.name)):
        return None
    why = f"exercise {exercise.number} wants {exercise.attempt}, and this is not called so"
    if found.name == exercise.attempt:
        why = f"exercise {exercise.number} wants a file {exercise.attempt}, and this is a folder"
    return NearMiss(Ignored(path=found.path, why=why, exercise=exercise.number))


def _wrong_kind(file: File, exercise: Exercise) -> Ignored:
    why = f"exercise {exercise.number} wants {exercise.attempt}"
    return Ignored(path=file.path, why=why, exercise=exercise.number)
