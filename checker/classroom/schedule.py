"""The order of many jobs: those that wait go on side by side, those that race for cores alone on their machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Protocol

from checker.classroom import jobs
from checker.classroom.grader_process import Patience
from checker.classroom.graders import Graders
from checker.classroom.jobs import Job, Part
from checker.judge import grading
from checker.model.answer import AttemptResult
from checker.process.company import Company, at_a_time

CHECKS_EACH = 2
"""How many checks of one attempt go on at a time if there are many attempts: a race takes about as long as all other
checks of its exercise."""
AHEAD = 2
"""How many jobs are in memory for each that may run; the rest stays in the gradebook."""

Tell = Callable[[Job, AttemptResult], None]


class Machines(Protocol):
    """What runs jobs: this machine, or a fleet."""

    width: int
    """How many it grades at a time."""

    def submit(self, job: Job, part: Part, alone: bool) -> Future[AttemptResult]:
        """`alone`: nothing else may run on that machine meanwhile."""

    def kill(self) -> None:
        """End everything now."""

    def close(self) -> None:
        """End what is idle."""


def run(orders: Iterable[Job], machines: Machines, tell: Tell) -> None:
    """Grade all jobs; `tell` is called in this thread as each result is there, in no order.

    First everything that may have company. Then, each alone, the races for cores, and what could not be judged in
    company. An exception, such as Ctrl-C or one from `tell`, ends all processes at once.
    """
    try:
        alone: list[tuple[Job, AttemptResult]] = []
        for job, result in _results(machines, ((job, _first_part(job)) for job in orders), alone=False):
            if jobs.races_for_cores(job) or grading.is_open(result):
                alone.append((job, result))
            else:
                tell(job, result)
        before = {job.key: result for job, result in alone}
        for job, result in _results(machines, ((job, _last_part(job, first)) for job, first in alone), alone=True):
            first = before[job.key]
            tell(job, jobs.merged(first, result) if _last_part(job, first) == "timed" else result)
    except BaseException:
        machines.kill()
        raise
    finally:
        machines.close()


def _first_part(job: Job) -> Part:
    return "untimed" if jobs.races_for_cores(job) else "whole"


def _last_part(job: Job, first: AttemptResult) -> Part:
    """What could not be judged in company is done again as a whole."""
    return "timed" if jobs.races_for_cores(job) and not grading.is_open(first) else "whole"


def _results(
    machines: Machines, orders: Iterable[tuple[Job, Part]], alone: bool
) -> Iterator[tuple[Job, AttemptResult]]:
    """The results as they come."""
    waiting: dict[Future[AttemptResult], Job] = {}
    for job, part in orders:
        waiting[machines.submit(job, part, alone)] = job
        if len(waiting) >= AHEAD * machines.width:
            yield from _finished(waiting)
    while waiting:
        yield from _finished(waiting)


def _finished(waiting: dict[Future[AttemptResult], Job]) -> Iterator[tuple[Job, AttemptResult]]:
    done, _ = wait(waiting, return_when=FIRST_COMPLETED)
    for future in done:
        yield waiting.pop(future), future.result()


class Here:
    """This machine: `width` grader processes, started when they are first needed, each with some checks at a time.

    All together have as many checks at a time as suit the cores: few jobs have more each, and are done sooner.
    """

    def __init__(self, width: int | None, number: int, patience: Patience | None = None) -> None:
        """`width`: None for what suits the cores; `number`: how many jobs there are, at most."""
        checks = at_a_time()
        self._company = Company(width or max(1, checks // CHECKS_EACH), at_most=number)
        self.width = self._company.width
        self._graders = Graders(patience, adopts=True, width=max(1, checks // self.width))
        self._alone = ThreadPoolExecutor(1)

    def submit(self, job: Job, part: Part, alone: bool) -> Future[AttemptResult]:
        """Jobs that want to be alone run one after the other, when no other job runs."""
        if alone:
            return self._alone.submit(self._grade_alone, job, part)
        return self._company.begin(lambda: self._graders.grade(job, part))

    def _grade_alone(self, job: Job, part: Part) -> AttemptResult:
        with self._company.alone():
            return self._graders.grade(job, part, alone=True)

    def kill(self) -> None:
        self._alone.shutdown(wait=False, cancel_futures=True)
        self._company.end()
        self._graders.kill()

    def close(self) -> None:
        self._alone.shutdown()
        self._company.end()
        self._company.join()
        self._graders.close()
