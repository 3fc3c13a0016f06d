"""The same jobs on many machines: a Dask `distributed` cluster (extra `fleet`).

Start the scheduler with `dask scheduler`, and on each machine one worker process, whose threads are its slots:

    dask worker ADDRESS --nworkers 1 --nthreads 16 --resources slots=16

An attempt takes a slot, a race for cores takes all slots of a machine. Each slot grades in a process of its own, so
that an attempt that breaks a grader breaks no worker. What we send and ask for is JSON; the gradebook stays here. Dask
wraps the JSON in pickles, which can run any code: use only a scheduler and workers that you trust.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import logging
import time
from concurrent.futures import Future
from functools import cache
from pathlib import Path
from typing import Any

import msgspec

from checker import __version__
from checker.classroom import jobs
from checker.classroom.graders import Graders
from checker.classroom.jobs import Job, Part
from checker.model.answer import AttemptResult
from checker.model.interpreter import Interpreter
from checker.model.record import Record
from checker.process import isolation, scratch, trial
from checker.process.interpreters import InterpreterError
from checker.process.isolation import Isolation, Level

SLOTS = "slots"
PATIENCE_S = 10.0
LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")
"""They log tracebacks when a connection is lost; here, a sentence says it. (Dask sets levels of its own.)"""
GO_ON = "what was graded is kept: run the command again, with --scheduler or without it, and it goes on from there"


class FleetError(Exception):
    """The cluster cannot be used; the message says why, and what to do."""


class Fleet:
    """A cluster's workers. A lost worker's jobs run again on another one: Dask sees to that."""

    def __init__(self, address: str, least: Level = Level.PROCESS, interpreter: Interpreter | None = None) -> None:
        """`least`: how well attempts must be isolated on every worker. `interpreter`: of the attempts, which each
        worker must have; the worker's own, if it is not given. Raises FleetError.
        """
        try:
            import distributed
        except ImportError as error:
            raise FleetError("a fleet needs the extra: pip install 'concurrency-kata[fleet]'") from error
        for name in LOGGERS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        try:
            connect: Any = distributed.Client
            self._client = connect(address, timeout=PATIENCE_S, set_as_default=False)
            self._client.wait_for_workers(1, timeout=PATIENCE_S)
        except (OSError, TimeoutError, ValueError) as error:
            raise FleetError(f"{address}: no scheduler with a worker answers there ({error})") from error
        found = slots(self._client, least, interpreter)
        self._least = least
        self.width = sum(found)
        self._whole_machine = min(found)
        self._number = 0

    def submit(self, job: Job, part: Part, alone: bool) -> Future[AttemptResult]:
        """Runs on a worker with a free slot; with `alone`, with as many free slots as the smallest worker has."""
        self._number += 1
        name = f"{job.exercise}-{part}-{self._number}-{job.key[:12]}"
        task = self._client.submit(
            perform, jobs.encoded(job, part), __version__, self._least.value, key=name, pure=False,
            resources={SLOTS: self._whole_machine if alone else 1},
        )  # fmt: skip
        return asyncio.run_coroutine_threadsafe(_answer(job, task), self._client.loop.asyncio_loop)

    def kill(self) -> None:
        """What runs on the workers is cancelled, or ends unseen."""
        self._client.close()

    def close(self) -> None:
        self._client.close()


def perform(order: bytes, version: str, least: str) -> bytes:
    """On a worker: grade in the process of this thread's slot. Raises FleetError: it came later, and must not."""
    refuse("a worker", About.here(), version, Level(least))
    job, part = jobs.decoded(order)
    _refuse_other_exercises(job)
    own = msgspec.structs.replace(job, interpreter=_interpreter_here(job.interpreter))
    return msgspec.json.encode(_graders().grade(own, part))


def _refuse_other_exercises(job: Job) -> None:
    """Raises FleetError if the exercise is not the checker's own, and this machine has another one, or none."""
    if not job.further:
        return
    is_there = all(Path(root).is_dir() for root in job.further)
    exercise = jobs.exercises(job.further).get(job.exercise) if is_there else None
    if exercise is None or jobs.key(exercise, job.text, job.interpreter) != job.key:
        raise FleetError(
            f"exercise {job.exercise} is not the same on a worker as here: {', '.join(job.further)} must be on a file "
            "system that all machines share; if it is, start the workers again, which keep what they have read"
        )


def _interpreter_here(wanted: Interpreter | None) -> Interpreter | None:
    """The same interpreter on this machine. Raises FleetError."""
    if wanted is None:
        return None
    try:
        found = _tried(wanted.asked)
    except InterpreterError as error:
        raise FleetError(f"a worker cannot run attempts: {error}; install it there, under that name") from error
    if found.name != wanted.name:
        raise FleetError(f"on a worker, {wanted.asked} is {found.name}, and {wanted.name} is needed")
    return found


_tried = cache(trial.tried)


@cache
def _graders() -> Graders:
    folder = contextlib.ExitStack()
    folder.enter_context(scratch.own())
    atexit.register(folder.close)  # as long as the worker lives
    return Graders()


async def _answer(job: Job, task: Any) -> AttemptResult:
    """Runs on the client's own event loop.

    A callback of Dask's would ask that loop for the result from another thread, and would wait for ever if the client
    were closed meanwhile.
    """
    try:
        return jobs.answer_to(job, await task)
    except (Exception, asyncio.CancelledError) as error:  # the latter when the scheduler is gone
        said = " ".join(f"{type(error).__name__}: {error}".removesuffix(": ").split())
        raise FleetError(f"the fleet lost a job ({said}); {GO_ON}") from error


class About(Record):
    """What a worker says of itself."""

    version: str
    isolation: Isolation
    trouble: str = ""
    """Why it cannot run attempts on the wanted interpreter; "": it can."""

    @classmethod
    def here(cls, wanted: Interpreter | None = None) -> About:
        trouble = ""
        try:
            _interpreter_here(wanted)
        except FleetError as error:
            trouble = str(error)
        return cls(version=__version__, isolation=isolation.best(), trouble=trouble)


async def _about(wanted: Interpreter | None) -> bytes:
    """In a thread of the worker, which goes on answering its scheduler."""
    return msgspec.json.encode(await asyncio.to_thread(About.here, wanted))


def slots(client: Any, least: Level, wanted: Interpreter | None) -> list[int]:
    """How many slots each worker has. Raises FleetError if there is no worker, or one that must not grade.

    The scheduler still lists a worker for a moment after its death, and the next one may be on its way. So a worker
    counts if it answers and is still listed afterwards.
    """
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        told = client.run(_about, wanted, on_error="return")
        known = client.scheduler_info(n_workers=-1)["workers"]
        answered = [name for name, about in told.items() if name in known and not isinstance(about, OSError)]
        for name in answered:
            refuse(name, _decoded(told[name]), __version__, least)
        if answered:
            return [_declared_slots(known[name]["resources"]) for name in answered]
        time.sleep(0.1)
    raise FleetError(f"no worker answered within {PATIENCE_S:g} s: start one with dask worker ADDRESS")


def _declared_slots(resources: dict[str, float]) -> int:
    """Raises FleetError if a worker declares no slots: it would run races side by side."""
    if not resources.get(SLOTS):
        raise FleetError(f"a worker declares no slots: start it with --resources {SLOTS}=16 (eight for each core)")
    return int(resources[SLOTS])


def _decoded(told: object) -> object:
    """An About, where it is one."""
    try:
        return msgspec.json.decode(told, type=About) if isinstance(told, bytes) else told
    except msgspec.MsgspecError as error:
        return error


def refuse(who: str, told: object, version: str, least: Level) -> None:
    """Raises FleetError if a worker must not grade. `told`: its About, or the error that came instead."""
    if not isinstance(told, About):
        why = f"{type(told).__name__}: {told}"
        raise FleetError(
            f"{who} could not be asked what it is ({why}): start it again, with version {version} of the checker"
        )
    if told.version != version:
        raise FleetError(f"{who} has version {told.version} of the checker, and {version} is needed")
    if not told.isolation.level.reaches(least):
        why = told.isolation.why
        raise FleetError(f"{who} offers isolation by {told.isolation.level} only, not by {least}: {why}")
    if told.trouble:
        raise FleetError(f"{who}: {told.trouble}")
