"""What one learner handed in: the texts of the attempts that count, and why the rest does not."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, tzinfo

import msgspec

from checker.classroom.submissions.candidates import (
    ONLY_ATTEMPTS,
    Candidate,
    Leftover,
    NearMiss,
    is_harmless,
    look,
)
from checker.classroom.submissions.entries import MAX_ATTEMPT_BYTES, File, Refused
from checker.classroom.submissions.owners import Owned
from checker.classroom.submissions.wanted import Wanted
from checker.gradebook.handins import HandIn, Ignored, Submission
from checker.model.exercise import Exercise

MAX_IGNORED = 20


def submission(owned: Owned, wanted: Wanted) -> Submission:
    """The submission of a learner, or of several who work together, with the texts of its attempts."""
    found = list(look(owned.folders, wanted))
    candidates = [each for each in found if isinstance(each, Candidate)]
    near = [each.ignored for each in found if isinstance(each, NearMiss)] + _named_for_others(candidates, wanted.only)
    ignored = [each for each in found if isinstance(each, Ignored)]
    if not candidates and not ignored and not near:
        ignored.append(Ignored(path=owned.name, why="there is no attempt in it"))
    chosen, superseded = _choose([each for each in candidates if wanted.only in (None, each.exercise)])
    attempts = [_read(each, ignored, _when(each.file, owned, wanted.zone)) for each in chosen]
    if wanted.only is not None and candidates and not attempts:
        attempts = [HandIn(exercise=wanted.only.number, text=None)]
    times = [attempt.handed_in for attempt in attempts if attempt.handed_in is not None]
    leftovers = [each for each in found if isinstance(each, Leftover)]
    return Submission(
        name=owned.name,
        attempts=attempts,
        ignored=[*_shortened(near + ignored + superseded), *_summary(leftovers)],
        handed_in=owned.created_at or max(times, default=None),
        people=owned.people,
    )


def _named_for_others(candidates: Sequence[Candidate], only: Exercise | None) -> list[Ignored]:
    """One line for files named as other exercises' work; none if one is named as that of the wanted exercise."""
    if only is None or any(each.is_named and each.exercise is only for each in candidates):
        return []
    files = {each.file.path: each.exercise.number for each in candidates if each.exercise is not only and each.file}
    if not files:
        return []
    first, *more = files
    said = f"its name says exercise {files[first]}"
    if more:
        said = f"their names say other exercises ({', '.join(sorted({*files.values()}))})"
    why = f"{said}, and {only.number} is graded: if it is that, rename it, for example to alice_{only.number}.py"
    return [Ignored(path=first + (f" and {len(more)} more" if more else ""), why=why)]


def _choose(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Ignored]]:
    """One for each exercise, in the order of the exercises; and the others."""
    ranked = sorted(candidates, key=lambda each: (each.exercise.number, each.rank))
    chosen = {each.exercise.number: each for each in ranked}
    superseded = []
    for each in ranked:
        counts = chosen[each.exercise.number].file
        if each.file is not None and counts is not None and each.file is not counts:
            why = f"{counts.path} counts: it is newer, or later by name"
            superseded.append(Ignored(path=each.file.path, why=why, exercise=each.exercise.number))
    return list(chosen.values()), superseded


def _read(candidate: Candidate, ignored: list[Ignored], when: str | None) -> HandIn:
    """The hand-in, with its text unless that is refused. `when`: the time at which it was handed in, if known."""
    number, file = candidate.exercise.number, candidate.file
    if file is None:
        return HandIn(exercise=number, text=None)
    bare = HandIn(
        exercise=number, text=None, path=file.path, handed_in=when, is_marked_late=file.is_late, serial=file.serial
    )
    try:
        return msgspec.structs.replace(bare, text=file.content(MAX_ATTEMPT_BYTES))
    except Refused as refused:
        ignored.append(Ignored(path=file.path, why=str(refused), exercise=number))
        return bare


def _when(file: File | None, owned: Owned, zone: tzinfo | None) -> str | None:
    """When a file was handed in: as the platform says; else, as a clone or an archive says.

    In a platform's download, files have the time of the download, which says nothing. An archive's times are local.
    """
    if owned.created_at is not None or owned.people[0].platform or file is None:
        return owned.created_at
    committed = file.committed() if file.committed is not None else None
    found = committed or (file.modified.replace(tzinfo=zone) if file.modified is not None else None)
    return found.astimezone(UTC).isoformat() if found is not None else None


def _shortened(ignored: list[Ignored]) -> list[Ignored]:
    more = len(ignored) - MAX_IGNORED
    if more <= 0:
        return ignored
    return [*ignored[:MAX_IGNORED], Ignored(path=f"and {more} more", why="not all are listed")]


def _summary(leftovers: Sequence[Leftover]) -> list[Ignored]:
    """One line for all that is not an attempt."""
    told = [each.name for each in leftovers if not is_harmless(each.name)]
    if not told:
        return []
    more = f" and {len(told) - 1} more" if len(told) > 1 else ""
    return [Ignored(path=told[0] + more, why=ONLY_ATTEMPTS)]
