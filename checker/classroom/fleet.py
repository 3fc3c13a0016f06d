"""The same jobs on many machines: a Dask `distributed` cluster (extra `fleet`).

Start the scheduler with `dask scheduler`, and on each machine one worker process, whose threads are its slots:

    dask worker ADDRESS --nworkers 1 --nthreads 16 --resources slots=16

An attempt takes a slot, a race for cores takes all slots of a machine. Each slot grades in a process of its own, so
that an attempt that breaks a grader breaks no worker. What travels is JSON of ours; the gradebook stays where it is.
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
from checker.classroom import jobs, scratch
from checker.classroom.jobs import Job, Part
from checker.classroom.lanes import Lanes
from checker.model.answer import AttemptResult
from checker.model.interpreter import Interpreter
from checker.process import isolation, trial
from checker.process.interpreters import InterpreterError
from checker.process.isolation import Level

SLOTS = "slots"
PATIENCE_S = 10.0
LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")
"""What they tell of a lost connection, with tracebacks, is told in a sentence here. (Dask sets levels of its own.)"""
GO_ON = "what was graded is kept: run the command again, with --scheduler or without it, and it goes on from there"


class FleetError(Exception):
    """The cluster cannot be used; the message says why, and what to do."""


class Fleet:
    """A cluster's workers. A lost worker's jobs run again on another one: Dask sees to that."""

    def __init__(self, address: str, least: Level = Level.PROCESS, interpreter: Interpreter | None = None) -> None:
        """`least`: how well attempts must be isolated on every worker. `interpreter`: of the attempts, which each
        worker must have; the worker's own, if it is not given. Raises FleetError."""
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
        slots = _slots(self._client)
        refuse_weaker(self._client, least)
        refuse_without(self._client, interpreter)
        self._least = least
        self.width = sum(slots)
        self._whole_machine = min(slots)
        self._number = 0

    def submit(self, job: Job, part: Part, alone: bool) -> Future[AttemptResult]:
        """Runs on a worker with so many free slots."""
        self._number += 1
        name = f"{job.exercise}-{part}-{self._number}-{job.key[:12]}"
        task = self._client.submit(
            perform, jobs.encoded(job, part), __version__, self._least.value, key=name, pure=False,
            resources={SLOTS: self._whole_machine if alone else 1},
        )  # fmt: skip
        return asyncio.run_coroutine_threadsafe(_answer(task), self._client.loop.asyncio_loop)

    def kill(self) -> None:
        """What runs on the workers is cancelled, or ends unseen."""
        self._client.close()

    def close(self) -> None:
        self._client.close()


def perform(order: bytes, version: str, least: str) -> bytes:
    """On a worker: grade in the process of this thread's slot. Raises FleetError: it came later, and must not grade."""
    if version != __version__:
        raise FleetError(f"a worker has version {__version__} of the checker, and {version} is needed")
    found = isolation.best()
    if not found.level.reaches(Level(least)):
        raise FleetError(f"a worker offers isolation by {found.level} only, not by {least}: {found.why}")
    job, part = jobs.decoded(order)
    _refuse_other_exercises(job)
    return msgspec.json.encode(_lanes().grade(msgspec.structs.replace(job, interpreter=_here(job.interpreter)), part))


def _refuse_other_exercises(job: Job) -> None:
    """Raises FleetError: of exercises that are not the checker's own, this machine has others, or none."""
    if not job.further:
        return
    is_there = all(Path(root).is_dir() for root in job.further)
    exercise = jobs.exercises(job.further).get(job.exercise) if is_there else None
    if exercise is None or jobs.key(exercise, job.text, job.interpreter) != job.key:
        raise FleetError(
            f"exercise {job.exercise} is not the same on a worker as here: {', '.join(job.further)} must be on a file "
            "system that all machines share; if it is, start the workers again, which keep what they have read"
        )


def _here(wanted: Interpreter | None) -> Interpreter | None:
    """The same on this machine. Raises FleetError."""
    if wanted is None:
        return None
    try:
        found = _tried(wanted.asked)
    except InterpreterError as error:
        raise FleetError(f"a worker cannot run attempts: {error}; install it there, under that name") from error
    if found.name != wanted.name:
        raise FleetError(f"on a worker, {wanted.asked} is {found.name}, and {wanted.name} is needed")
    return found


@cache
def _tried(name: str) -> Interpreter:
    return trial.tried(name)


@cache
def _lanes() -> Lanes:
    atexit.register(_own_folder().close)
    return Lanes()


def _own_folder() -> contextlib.ExitStack:
    """For as long as the worker lives."""
    stack = contextlib.ExitStack()
    stack.enter_context(scratch.own())
    return stack


async def _answer(task: Any) -> AttemptResult:
    """On the client's own event loop: a callback of Dask's would ask that loop for the result from another thread, and
    wait for ever when the client is closed meanwhile.
    """
    try:
        return msgspec.json.decode(await task, type=AttemptResult)
    except (Exception, asyncio.CancelledError) as error:  # the latter when the scheduler is gone
        said = " ".join(f"{type(error).__name__}: {error}".removesuffix(": ").split())
        raise FleetError(f"the fleet lost a job ({said}); {GO_ON}") from error


def _slots(client: Any) -> list[int]:
    """How many each worker has. Raises FleetError when one has none, or another version of the checker."""
    versions = _versions(client)
    if wrong := {told for told in versions.values() if told != __version__}:
        told = ", ".join(sorted(map(str, wrong)))
        raise FleetError(f"workers have version {told} of the checker, and this is {__version__}")
    workers = client.scheduler_info(n_workers=-1)["workers"]
    slots = [int(workers[name]["resources"].get(SLOTS, 0)) for name in versions if name in workers]
    if 0 in slots:
        raise FleetError(f"a worker declares no slots: start it with --resources {SLOTS}=16 (eight for each core)")
    return slots


def _versions(client: Any) -> dict[str, object]:
    """Of each worker that answers, or what became of the question there. Raises FleetError.

    The scheduler names a worker for a moment after that has died, and the next one may be on its way.
    """
    deadline_s = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline_s:
        told = client.run(_version, on_error="return")
        if answers := {name: answer for name, answer in told.items() if not isinstance(answer, OSError)}:
            return answers
        time.sleep(0.1)
    raise FleetError(f"no worker answered within {PATIENCE_S:g} s: start one with dask worker ADDRESS")


def refuse_weaker(client: Any, least: Level) -> None:
    """Raises FleetError when some worker isolates attempts less well than that."""
    for worker, found in client.run(isolation.best, on_error="ignore").items():
        if not found.level.reaches(least):
            raise FleetError(f"{worker} offers isolation by {found.level} only, not by {least}: {found.why}")


def _version() -> str:
    return __version__


def refuse_without(client: Any, wanted: Interpreter | None) -> None:
    """Raises FleetError when some worker cannot run attempts on that interpreter."""
    for worker, found in client.run(_there, wanted, on_error="return").items():
        if isinstance(found, FleetError):
            raise FleetError(f"{worker}: {found}")


async def _there(wanted: Interpreter | None) -> Interpreter | None:
    """In a thread of the worker, which goes on answering its scheduler. Raises FleetError."""
    return await asyncio.to_thread(_here, wanted)
