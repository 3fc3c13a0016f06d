"""Grader processes on this machine: one per thread that asks, so that it is known whose job broke one."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait

import msgspec

from checker.classroom import jobs
from checker.classroom.jobs import Job, Part
from checker.judge import grading
from checker.model.answer import AttemptResult
from checker.process import isolation
from checker.process.isolation import Isolation

LIVES = 2
"""A job that breaks so many grader processes is not tried again."""


class Lanes:
    """A process for every thread that grades, kept for the thread's next job."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._pools: list[tuple[ProcessPoolExecutor, int]] = []
        self._over = False

    def grade(self, job: Job, part: Part) -> AttemptResult:
        """Never raises because of an attempt, not even of one that breaks the grader."""
        for _ in range(LIVES):
            pool = getattr(self._own, "pool", None) or self._start()
            try:
                answer = pool.submit(jobs.perform_encoded, jobs.encoded(job, part)).result()
                return msgspec.json.decode(answer, type=AttemptResult)
            except BrokenProcessPool:
                self._own.pool = None
                if self._over:
                    break
        return grading.of_ours(job.exercise, f"the grader's own process ended {LIVES} times over this attempt")

    def _start(self) -> ProcessPoolExecutor:
        # Spawned: this process has threads, and a fork would copy them half.
        context = multiprocessing.get_context("spawn")
        pool = ProcessPoolExecutor(1, context, initializer=_open_grader, initargs=(isolation.best(),))
        self._pools.append((pool, pool.submit(os.getpid).result()))
        self._own.pool = pool
        return pool

    def kill(self) -> None:
        """End all processes now, whatever they are doing."""
        self._over = True
        for _, pid in self._pools:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)

    def close(self) -> None:
        """End them when they have nothing to do."""
        for pool, _ in self._pools:
            pool.shutdown()


def _open_grader(found: Isolation) -> None:
    """In each grader process. It ends with the process that started it, however that ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is for the process that started this one
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    isolation.assume(found)
    jobs.grader()


def _end_with(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
