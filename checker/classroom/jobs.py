"""One attempt at one exercise, to be graded in any process of any machine: plain data in, plain data out."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import msgspec

from checker import __version__, catalog
from checker.judge import grading
from checker.model.answer import AttemptResult
from checker.model.exercise import Exercise
from checker.model.interpreter import Interpreter
from checker.model.record import Record
from checker.report.model import Machine

if TYPE_CHECKING:
    from checker.session.grader import Grader

Further = tuple[str, ...]
Part = Literal["whole", "untimed", "timed"]
ONLY: dict[Part, str] = {"whole": "", "untimed": "not timed", "timed": "timed"}


class Programs(Record):
    """Programs to run that are not the checker's own. Only a command line may name them, never a gradebook."""

    interpreter: Interpreter | None = None
    """Runs the attempts; None: the grader's own."""
    further: Further = ()
    """Folders with exercises beside our own, whose checks run with the grader's rights."""


class Job(Record):
    """An attempt to be graded. The same key means the same result, except for what depends on the machine."""

    key: str
    exercise: str
    text: bytes | None
    """None: there is no file that may be read."""
    interpreter: Interpreter | None = None
    """Runs the attempt; None: the grader's own."""
    further: Further = ()
    """Folders with exercises beside our own."""


def job(exercise: str, text: bytes | None, programs: Programs) -> Job:
    """The job of grading a text with today's checks, which are part of its key."""
    own = key(exercises(programs.further)[exercise], text, programs.interpreter)
    return Job(key=own, exercise=exercise, text=text, interpreter=programs.interpreter, further=programs.further)


def key(exercise: Exercise, text: bytes | None, interpreter: Interpreter | None = None) -> str:
    """A hash of all that a result depends on: the attempt, the exercise with its checks and solution, the checker's
    version, and the interpreter if it is not the grader's own (None).
    """
    parts = [__version__.encode(), exercise.number.encode(), _fingerprint(exercise.folder), text or b""]
    parts += [interpreter.name.encode()] if interpreter is not None else []
    return sha256(b"".join(sha256(part).digest() for part in parts) + bytes([text is None])).hexdigest()


@cache
def _fingerprint(folder: Path) -> bytes:
    files = [file for root in (folder, catalog.solution(folder)) for file in catalog.own_files(root)]
    return b"".join(sha256(file.read_bytes()).digest() for file in files)


@cache
def exercises(further: Further = ()) -> dict[str, Exercise]:
    """The checker's own and those of further folders, by number. Raises CatalogError."""
    return {exercise.number: exercise for exercise in catalog.known([Path(root) for root in further])}


def races_for_cores(job: Job) -> bool:
    """Whether its timed checks want the machine to themselves."""
    return exercises(job.further)[job.exercise].races_for_cores


def perform(job: Job, part: Part, width: int = 1) -> AttemptResult:
    """Grade in this process. The grader is kept for the next job, with the `width` (as in Grader) of its first one."""
    from checker.session.grader import Grader  # imports pytest, which takes long, and only grading needs it

    graders, wanted, roots = _graders(), (job.interpreter, job.further), [Path(root) for root in job.further]
    if wanted not in graders:
        graders[wanted] = Grader(interpreter=job.interpreter, width=width, further=roots, with_references=True)
    return graders[wanted].grade(exercises(job.further)[job.exercise], job.text, ONLY[part])


@cache
def _graders() -> dict[tuple[Interpreter | None, Further], Grader]:
    """The graders of this process, by interpreter and folders of further exercises. They end with the process."""
    return {}


def close() -> None:
    """End this process's graders. Another job starts another one."""
    while _graders():
        _graders().popitem()[1].close()


def merged(untimed: AttemptResult, timed: AttemptResult) -> AttemptResult:
    """One result from those of a job's two parts."""
    whole = grading.attempt(untimed.exercise, [*untimed.checks, *timed.checks], untimed.attempt_sha256)
    return msgspec.structs.replace(whole, graded_by=timed.graded_by)


def digest(text: bytes | None) -> str | None:
    """SHA-256 of an attempt; None where there is no file that may be read."""
    return sha256(text).hexdigest() if text is not None else None


def encoded(job: Job, part: Part) -> bytes:
    """For another process, or another machine."""
    return msgspec.json.encode((job, part))


def decoded(order: bytes) -> tuple[Job, Part]:
    """What `encoded` made. Raises msgspec.MsgspecError."""
    return msgspec.json.decode(order, type=tuple[Job, Part])


def answer_to(job: Job, answer: bytes) -> AttemptResult:
    """What `perform_encoded` made in another process. Raises msgspec.MsgspecError if it is no result of this job."""
    result = msgspec.json.decode(answer, type=AttemptResult)
    if result.exercise != job.exercise or result.attempt_sha256 not in (None, digest(job.text)):
        raise msgspec.ValidationError(f"the answer is of another attempt than that at exercise {job.exercise}")
    return result


def perform_encoded(order: bytes, width: int = 1) -> bytes:
    """Grade what `encoded` made, for another process: JSON in, JSON out."""
    job, part = decoded(order)
    result = perform(job, part, width=width)
    return msgspec.json.encode(msgspec.structs.replace(result, graded_by=_graded_by(job.interpreter)))


@cache
def _graded_by(interpreter: Interpreter | None) -> str:
    """What grades, in words: months later, an instructor may have to show why a mark is what it is."""
    machine = Machine.here(interpreter)
    return f"checker {__version__}; {machine.attempts}; {machine.platform}, {machine.cpus:g} cores"
