"""Whose the files in a folder are: one learner's, or those of the learners of a class."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePath

from checker.classroom.submissions import archive, gradescope, names
from checker.classroom.submissions.candidates import ONLY_ATTEMPTS, WRAPPERS, is_harmless
from checker.classroom.submissions.entries import File, Folder, Listing, Refused
from checker.classroom.submissions.gradescope import METADATA
from checker.classroom.submissions.wanted import Wanted
from checker.gradebook.handins import Ignored, Person

NOBODY = "its name names nobody: rename it, for example to alice_03.py, or put it into a folder with the learner's name"
TWO_WAYS = (
    "its name can be read in two ways, as a file of {first} or of {second}, and {first} has another file: "
    "ask whose it is, and rename it"
)


@dataclass
class Owned:
    """One learner, or several who work together, with the folders where their attempts may be."""

    people: list[Person]
    folders: list[Folder] = field(default_factory=list)
    files: list[File] = field(default_factory=list)
    created_at: str | None = None
    name: str = ""
    """Unique in a class."""


@dataclass
class Class:
    """What is at a path."""

    owned: list[Owned] = field(default_factory=list)
    left_out: list[Ignored] = field(default_factory=list)
    """Files and folders that are nobody's."""


def owners(root: Folder, wanted: Wanted) -> Class:
    """Each learner, with the folders where their attempts may be; and what is nobody's. Raises Refused."""
    folder, passed = _unwrapped(root, wanted)
    listing = folder.listing()
    if listing.refused:
        raise Refused(listing.refused)
    if _is_one_learners(folder, wanted):
        person = _person(root.name if root.zip_depth else folder.name)
        folders = [folder, loose([], root.path, passed)] if passed else [folder]
        return Class([Owned([person], folders, name=person.name)])
    metadata = next((file for file in listing.files if file.name == METADATA), None)
    found = _gradescope(folder, metadata) if metadata is not None else _class(folder, wanted)
    found.left_out = [*passed, *listing.ignored, *found.left_out]
    for each in found.owned:
        if each.files:
            each.folders.append(loose(each.files, folder.path))
    _tell_apart(found.owned)
    return found


def loose(files: Sequence[File], path: str, ignored: Sequence[Ignored] = ()) -> Folder:
    """Files that belong together, as if they were alone in a folder."""
    return Folder("", path, lambda: Listing([], list(files), list(ignored)))


def _unwrapped(root: Folder, wanted: Wanted) -> tuple[Folder, list[Ignored]]:
    """The first folder that is not only a wrapper of another; and what was not taken on the way to it."""
    folder, passed = root, list[Ignored]()
    for _ in range(WRAPPERS):
        listing = folder.listing()
        if _is_one_learners(folder, wanted) or len(listing.folders) != 1 or names.moodle(listing.folders[0].name):
            break
        if any(names.is_source(file.name) or archive.is_zip(file.name) for file in listing.files):
            break
        if any(file.name == METADATA for file in listing.files):
            break
        folder = listing.folders[0]
        passed += listing.ignored
    return folder, passed


def _person(folder: str) -> Person:
    """Whose a folder, a zip or a repository of this name is."""
    named = names.moodle(folder)
    return named.person if named is not None else Person(name=folder, is_repository=True)


def _is_one_learners(folder: Folder, wanted: Wanted) -> bool:
    """Whether it is one learner's: an exercise, a repository, or files whose names name no learner."""
    if names.moodle(folder.name) or wanted.folder(folder) is not None or wanted.is_repository(folder):
        return True
    listing = folder.listing()
    if names.platform(file.name for file in listing.files):
        return False
    if len(listing.folders) > 1 or any(archive.is_zip(file.name) for file in listing.files):
        return False  # folders and zips beside files are learners, too
    sources = [file.name for file in listing.files if names.is_source(file.name) and not is_harmless(file.name)]
    said = [names.flat(name, wanted.exercises) for name in sources]
    if not said:
        return False
    nameless = sum(not each.learner for each in said)
    if wanted.only is None:
        return nameless == len(said) and all(each.exercise is not None for each in said)
    alone = folder.zip_depth > 0 and len(said) == 1 and said[0].exercise is None
    return alone or (nameless > 0 and nameless >= len(said) - nameless)


# --- classes ---------------------------------------------------------------------------------------


def _class(folder: Folder, wanted: Wanted) -> Class:
    """The learners of a class, by what identifies them."""
    listing = folder.listing()
    by = names.platform([*(each.name for each in listing.folders), *(each.name for each in listing.files)])
    groups: dict[str, Owned] = {}
    left_out = []
    for child in listing.folders:
        person = _person(child.name) if by == "moodle" else Person(name=child.name, is_repository=True)
        _group(groups, person).folders.append(child)
    unclear = _unclear(listing.files) if by == "canvas" else {}
    for file in listing.files:
        named = names.named(file.name, by)
        if file.name in unclear:
            left_out.append(Ignored(path=file.path, why=unclear[file.name]))
        elif named is not None:
            shown = replace(file, name=named.rest, serial=named.serial, is_late=named.is_late)
            _group(groups, named.person).files.append(shown)
        else:
            left_out += _own_name(groups, file, wanted)
    return Class(list(groups.values()), left_out)


def _group(groups: dict[str, Owned], person: Person) -> Owned:
    return groups.setdefault(person.identity, Owned([person]))


def _own_name(groups: dict[str, Owned], file: File, wanted: Wanted) -> list[Ignored]:
    """Take a file that no platform has named, if its name says whose it is. Returns what is left out."""
    if archive.is_zip(file.name):
        _group(groups, Person(name=PurePath(file.name).stem, is_repository=True)).files.append(file)
    elif names.is_source(file.name) and not is_harmless(file.name):
        learner = names.flat(file.name, wanted.exercises).learner
        if not learner:
            return [Ignored(path=file.path, why=NOBODY)]
        _group(groups, Person(name=learner)).files.append(file)
    elif not is_harmless(file.name):
        return [Ignored(path=file.path, why=file.refused or ONLY_ATTEMPTS)]
    return []


def _unclear(files: Sequence[File]) -> dict[str, str]:
    """By the names of files that can be read as two learners': why they are left out, if the first has another file.

    Otherwise a learner whose own name is made to look like somebody else's number could replace her work.
    """
    ways = {file.name: names.canvas_otherwise(file.name) for file in files}
    first = {file.name: names.canvas(file.name) for file in files}
    sure = {named.person.number for name, named in first.items() if named is not None and not ways[name]}
    return {
        name: TWO_WAYS.format(first=_described(named.person), second=_described(ways[name][0].person))
        for name, named in first.items()
        if named is not None and ways[name] and named.person.number in sure
    }


def _described(person: Person) -> str:
    return f"{person.name} ({person.number})"


def _gradescope(folder: Folder, metadata: File) -> Class:
    """The learners that Gradescope names."""
    found = Class()
    try:
        entries = gradescope.entries(metadata)
    except Refused as refused:
        entries = {}
        found.left_out.append(Ignored(path=metadata.path, why=str(refused)))
    listing = folder.listing()
    for child in listing.folders:
        entry = entries.get(child.name)
        if entry is None or not entry.people:
            found.left_out.append(Ignored(path=f"{child.path}/", why=f"{METADATA} does not say whose it is"))
        else:
            found.owned.append(Owned(entry.people, [child], created_at=entry.created_at))
    others = [file for file in listing.files if file is not metadata and not is_harmless(file.name)]
    found.left_out += [Ignored(path=file.path, why=ONLY_ATTEMPTS) for file in others]
    return found


def _tell_apart(owned: list[Owned]) -> None:
    """Give each a name of its own."""
    called = {id(each): ", ".join(person.name for person in each.people) for each in owned}
    often = Counter(called.values())
    taken: set[str] = set()
    for each in owned:
        bare = called[id(each)]
        number = each.people[0].number
        each.name = f"{bare} ({number})" if often[bare] > 1 and number else bare
        count = 1
        while each.name in taken:
            count += 1
            each.name = f"{bare} ({count})"
        taken.add(each.name)
