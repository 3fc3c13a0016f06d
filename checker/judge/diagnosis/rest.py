"""Whether a program that had nothing to do rested meanwhile: CPU time in quiet times. Pure.

A busy part and a quiet part must not be averaged: on a busy machine, a program that spins for half of the run gets
next to no CPU time in it, and looks like one that rests.
"""

from __future__ import annotations

from itertools import pairwise

from checker.judge.between import Between
from checker.judge.diagnosis import lines
from checker.judge.diagnosis.sentence import diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.record import Record

QUIET_S = 0.15
"""A time in which nothing happened in the world is quiet if it is at least this long."""
WANTED = 0.3
"""Cores that were used or waited for in a quiet time. Measured, sixteen graders at once on two cores: programs that
wait want at most 0.13, programs that spin 0.80 or more."""
LEAST_CPU = 0.1
"""Cores that were used. A program that gets less, and wants more, may only wake up at times and be kept waiting."""


class Quiet(Record):
    """What the program did meanwhile, as far as it was seen: while no operation of its world began or ended."""

    seconds: float
    cpu_s: float
    wait_s: float
    """Runnable, but waiting for a core."""

    @property
    def spins(self) -> bool | None:
        """Whether it kept a core busy, as far as others let it have one; None if nobody can tell."""
        if self.seconds > 0 and self.cpu_s + self.wait_s <= WANTED * self.seconds:
            return False
        return True if self.cpu_s > LEAST_CPU * self.seconds and self.share > WANTED else None

    @property
    def share(self) -> float:
        """The share of the time that no other program took from it in which it used a core."""
        return self.cpu_s / max(self.seconds - self.wait_s, self.cpu_s)


def kept_busy(run: Run) -> bool:
    """Whether it wanted a core for most of its time, quiet or not."""
    return Quiet(seconds=run.wall_s, cpu_s=run.cpu.cpu_s, wait_s=run.cpu.wait_s).spins is True


def spinning(run: Run) -> Between:
    """In how many quiet times it kept a core busy; unknown, if there was none."""
    spins = [quiet.spins for quiet in quiet_times(run)]
    return Between(spins.count(True), len(spins) - spins.count(False)) if spins else Between(0, 1)


def why_open(run: Run) -> str:
    """Why that is unknown. Completes "cannot be judged: ..."."""
    return STARVED if quiet_times(run) else ALWAYS_BUSY


STARVED = "other programs left it hardly any time on a core; close some, and run it again"
ALWAYS_BUSY = "there was no moment of quiet in which it could have rested; run it again when nothing else runs"


def busy_wait(run: Run) -> Diagnosis:
    """A program that only waits uses next to no CPU time; this one did not."""
    share = max((quiet.share for quiet in quiet_times(run) if quiet.spins), default=0.0)
    sentence = f"{run.function} kept a core busy for {share:.0%} of the time, only to wait"
    return diagnosis(Code.BUSY_WAIT, sentence, lines.blocking(run))


def quiet_times(run: Run) -> list[Quiet]:
    """The times in which nothing happened in the world for a while.

    Not before the first operation, if there is one: until then a program prepares, and imports what it needs.
    """
    moments = {moment for span in run.spans for moment in (span.start_s, span.end_s) if moment is not None}
    inside = {moment for moment in moments if run.started_s <= moment < run.end_s} or {run.started_s}
    times = pairwise(sorted({*inside, run.end_s}))
    return [_quiet(run, begin_s, end_s) for begin_s, end_s in times if end_s - begin_s >= QUIET_S]


def _quiet(run: Run, begin_s: float, end_s: float) -> Quiet:
    """The sum of the samples that lie entirely in this time."""
    seen = []
    for process in run.cpu.processes:
        start_s = process.started_s
        for piece in process.slices:
            if begin_s <= start_s and piece.end_s <= end_s:
                seen.append((start_s, piece))
            start_s = piece.end_s
    return Quiet(
        seconds=max(piece.end_s for _, piece in seen) - min(start_s for start_s, _ in seen) if seen else 0.0,
        cpu_s=sum(piece.cpu_s for _, piece in seen),
        wait_s=sum(piece.wait_s for _, piece in seen),
    )
