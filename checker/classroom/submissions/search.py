"""Find submissions, in the shapes that people have."""

from __future__ import annotations

import stat
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path

import msgspec

from checker.classroom.submissions import archive, disk, learner, names
from checker.classroom.submissions.entries import Refused, SubmissionError
from checker.classroom.submissions.owners import Class, Owned, loose, owners
from checker.classroom.submissions.wanted import Wanted
from checker.gradebook.handins import Ignored, Person, Submission
from checker.model.exercise import Exercise
from checker.report.escape import shown

MAX_REASONS = 3
"""In the error when nothing can be graded."""
EXPECTED = (
    "expected an exercise folder (03_pooled_downloads/attempt.py), a repository with an exercises/ folder, files named "
    "like alice_03.py, a zip of these, or a class: a folder or a zip with one of these for each learner, such as the "
    "download of Canvas, Moodle or Gradescope"
)


def find(
    path: Path,
    exercises: Sequence[Exercise],
    only: Exercise | None = None,
    left_out: list[Ignored] | None = None,
    zone: tzinfo | None = None,
) -> Iterator[Submission]:
    """The submissions at a path, one for each learner, read when it is their turn.

    `only`: the one exercise to grade; needed for files whose names do not say which exercise they are for. `left_out`:
    takes what is nobody's. `zone`: of the times in archives; this machine's, if it is not given.

    The shapes, told apart by what is there:

    - an attempt file; an exercise folder; a repository laid out like `exercises/`
    - files with a name and a number: alice_03.py, 03_alice.py, alice-03-attempt.py, alice/03.py; with `only`, also
      alice.py and alice/attempt.py
    - a zip of one of these: alice.zip
    - a class: a folder or a zip with one of these for each learner, such as repositories that GitHub calls
      assignment-alice, or zips; and the downloads of Canvas, Moodle and Gradescope, packed or not

    A learner who handed in nothing that can be graded has a submission without attempts, which says why. Raises
    SubmissionError if the path cannot be read, or, at the end, if nothing in it can be graded.
    """
    wanted = Wanted(exercises, only, zone)
    found = False
    with ExitStack() as files:
        there = _submitted(path, wanted, files)
        if left_out is not None:
            left_out += there.left_out
        reasons = [f"{ignored.path}: {ignored.why}" for ignored in there.left_out[:MAX_REASONS]]
        for owned in there.owned:
            submission = learner.submission(owned, wanted)
            found = found or bool(submission.attempts)
            more = submission.ignored[: max(0, MAX_REASONS - len(reasons))]
            reasons += [f"{ignored.path}: {ignored.why}" for ignored in more]
            yield msgspec.structs.replace(submission, source=shown(str(path.resolve())))
    if not found:
        told = "".join(f"\n  {reason}" for reason in reasons)
        raise SubmissionError(f"{path}: nothing in it can be graded: {EXPECTED}{told}")


def _submitted(path: Path, wanted: Wanted, files: ExitStack) -> Class:
    """The learners at a path, and their folders. `files` keeps open what is read later."""
    try:
        mode = path.lstat().st_mode
        if stat.S_ISLNK(mode):
            raise SubmissionError(f"{path} is a link, and links are not followed: give the path that it points to")
        if stat.S_ISDIR(mode):
            root = replace(disk.folder(path), name=shown(path.resolve().name))
            return owners(root, wanted)
        if stat.S_ISREG(mode) and archive.is_zip(path.name):
            content = files.enter_context(path.open("rb", buffering=0))
            return owners(archive.folder(content, shown(path.name), shown(str(path))), wanted)
    except FileNotFoundError as error:
        raise SubmissionError(f"{path}: there is no such file or folder") from error
    except OSError as error:
        raise SubmissionError(f"{path} cannot be read: {error.strerror}") from error
    except Refused as refused:
        raise SubmissionError(f"{path}: {refused}") from refused
    return Class([_file(path, wanted)])


def _file(path: Path, wanted: Wanted) -> Owned:
    """An attempt file. Its exercise is the one that was asked for; else the one that its name says."""
    file = disk.file(path)
    named = names.named(file.name, names.platform([file.name]))
    if named is not None:
        file = replace(file, name=named.rest, serial=named.serial, is_late=named.is_late)
    said = names.flat(file.name, wanted.exercises)
    if wanted.only is not None:
        file = replace(file, name=wanted.only.attempt)
    elif said.exercise is None:
        raise SubmissionError(f"{path} is a file whose name has no exercise number: say it with --exercise NN")
    if named is not None:
        person = named.person
    else:
        person = Person(name=said.learner or shown(path.resolve().parent.name), is_repository=not said.learner)
    return Owned([person], [loose([file], file.path)], name=person.name)
