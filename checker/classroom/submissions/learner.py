"""What one learner handed in: the attempts that count, read, and why the rest does not."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC

from checker.classroom.handins import Attempt, Ignored, Submission
from checker.classroom.submissions import names
from checker.classroom.submissions.candidates import Candidate, Leftover, Wanted, is_harmless, look
from checker.classroom.submissions.entries import MAX_ATTEMPT_BYTES, Folder, Refused

MAX_IGNORED = 20


def submission(owner: names.Owner, folders: Iterable[Folder], wanted: Wanted) -> Submission:
    """What one learner handed in, in one or more folders. Everything that is taken is read."""
    found = list(look(folders, wanted))
    candidates = [each for each in found if isinstance(each, Candidate)]
    ignored = [each for each in found if isinstance(each, Ignored)]
    if not candidates and not ignored:
        ignored.append(Ignored(path=owner.name, why="there is no attempt in it"))
    chosen, superseded = _choose([each for each in candidates if wanted.only in (None, each.exercise)])
    attempts = [_read(each, ignored) for each in chosen]
    if wanted.only is not None and candidates and not attempts:
        attempts = [Attempt(exercise=wanted.only.number, text=None)]
    return Submission(
        name=owner.name,
        attempts=attempts,
        ignored=[*_few(ignored + superseded), *_summary([each for each in found if isinstance(each, Leftover)])],
        handed_in=None if owner.number else _latest(chosen),
        keys=owner.keys,
    )


def _choose(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Ignored]]:
    """One for each exercise, in the order of the exercises; and the others."""
    ranked = sorted(candidates, key=lambda each: (each.exercise.number, each.rank))
    chosen = {each.exercise.number: each for each in ranked}
    superseded = []
    for each in ranked:
        counts = chosen[each.exercise.number].file
        if each.file is not None and counts is not None and each.file is not counts:
            superseded.append(Ignored(path=each.file.path, why=f"{counts.path} counts: it is newer, or later by name"))
    return list(chosen.values()), superseded


def _read(candidate: Candidate, ignored: list[Ignored]) -> Attempt:
    number, file = candidate.exercise.number, candidate.file
    if file is None:
        return Attempt(exercise=number, text=None)
    try:
        return Attempt(exercise=number, text=file.content(MAX_ATTEMPT_BYTES), path=file.path)
    except Refused as refused:
        ignored.append(Ignored(path=file.path, why=str(refused)))
        return Attempt(exercise=number, text=None, path=file.path)


def _latest(chosen: Sequence[Candidate]) -> str | None:
    """The latest time that an archive says, which is local time."""
    known = [each.file.modified for each in chosen if each.file is not None and each.file.modified is not None]
    return max(known).astimezone(UTC).isoformat() if known else None


def _few(ignored: list[Ignored]) -> list[Ignored]:
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
    return [Ignored(path=told[0] + more, why="only attempt files are taken")]
