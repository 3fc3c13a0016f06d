"""Whose everything in a folder is: one learner's, or that of the learners of a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

import msgspec

from checker.classroom.handins import Ignored
from checker.classroom.submissions import archive, names
from checker.classroom.submissions.candidates import WRAPPERS, Wanted, is_harmless
from checker.classroom.submissions.entries import File, Folder, Listing
from checker.classroom.submissions.names import Owner


def owners(root: Folder, wanted: Wanted) -> Iterator[tuple[Owner, list[Folder]]]:
    """Each learner, with the folders where their attempts may be."""
    folder, passed = _unwrapped(root, wanted)
    outside = [loose([], root.path, passed)] if passed else []
    if _is_one(folder, wanted):
        yield _owner(root, folder), [folder, *outside]
        return
    groups = _groups(folder, wanted)
    if passed or folder.listing().ignored:
        own = _owner(root, folder)
        group = groups.setdefault(own.identity, _Group(own))
        group.folders += [*outside, loose([], folder.path, folder.listing().ignored)]
    taken = Counter(group.owner.name for group in groups.values())
    for group in groups.values():
        owner = group.owner
        if taken[owner.name] > 1 and owner.number:
            owner = msgspec.structs.replace(owner, name=f"{owner.name} ({owner.number})")
        yield owner, [*group.folders, loose(group.files, folder.path)]


def loose(files: Sequence[File], path: str, ignored: Sequence[Ignored] = ()) -> Folder:
    """Files that belong together, as if they were alone in a folder."""
    return Folder("", path, lambda: Listing([], list(files), list(ignored)))


def _unwrapped(root: Folder, wanted: Wanted) -> tuple[Folder, list[Ignored]]:
    """The first folder that holds more than one other folder; and what was not taken on the way to it."""
    folder, passed = root, list[Ignored]()
    for _ in range(WRAPPERS):
        listing = folder.listing()
        if _is_one(folder, wanted) or len(listing.folders) != 1 or names.moodle(listing.folders[0].name):
            break
        if any(names.is_source(file.name) or archive.is_zip(file.name) for file in listing.files):
            break
        folder = listing.folders[0]
        passed += listing.ignored
    return folder, passed


def _owner(root: Folder, folder: Folder) -> Owner:
    """A zip is called like the learner, what is around the files on disk is not."""
    if not root.zip_depth or root is folder:
        return _owner_of(folder.name)
    owner = _owner_of(root.name)
    keys = dict.fromkeys([*owner.keys, *_owner_of(folder.name).keys])
    return msgspec.structs.replace(owner, keys=list(keys))


def _owner_of(name: str) -> Owner:
    named = names.moodle(name)
    return named.owner if named is not None else names.plain(name)


def _is_one(folder: Folder, wanted: Wanted) -> bool:
    """Whether it is one learner's: an exercise, a repository, or files whose names tell of no learner."""
    if names.moodle(folder.name) or wanted.folder(folder) is not None or wanted.is_repository(folder):
        return True
    sources = [file for file in folder.listing().files if _is_loose(file)]
    said = [names.flat(file.name, wanted.exercises) for file in sources]
    alone = folder.zip_depth > 0 and len(said) == 1 and said[0].exercise is None
    if wanted.only is not None:
        return alone or any(not each.learner for each in said)
    return any(not each.learner and each.exercise is not None for each in said)


def _is_loose(file: File) -> bool:
    """Whether it is a program that no platform has named."""
    return names.is_source(file.name) and not is_harmless(file.name) and names.platform(file.name) is None


@dataclass
class _Group:
    owner: Owner
    folders: list[Folder] = field(default_factory=list)
    files: list[File] = field(default_factory=list)


def _groups(folder: Folder, wanted: Wanted) -> dict[str, _Group]:
    """The learners of a class, by what identifies them."""
    groups: dict[str, _Group] = {}
    for child in folder.listing().folders:
        owner = _owner_of(child.name)
        groups.setdefault(owner.identity, _Group(owner)).folders.append(child)
    for file in folder.listing().files:
        named = names.platform(file.name)
        if named is not None:
            group = groups.setdefault(named.owner.identity, _Group(named.owner))
            group.files.append(replace(file, name=named.rest, serial=named.serial))
        elif archive.is_zip(file.name) or _is_loose(file):
            learner = PurePath(file.name).stem
            if not archive.is_zip(file.name):
                learner = names.flat(file.name, wanted.exercises).learner
            owner = names.plain(learner or folder.name)
            groups.setdefault(owner.identity, _Group(owner)).files.append(file)
    return groups
