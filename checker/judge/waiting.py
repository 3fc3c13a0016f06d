"""What a race of waiting-bound work claims: the ledger gives the width, the grader's clock the time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from checker.judge import overlap
from checker.judge.between import Between, exactly
from checker.judge.claim import Claim, of_round, of_run
from checker.judge.diagnosis import known, lines, waits, written
from checker.judge.diagnosis.conduct import narrow, serial
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Round, Run, Span

ROUNDS = 6


@dataclass(frozen=True)
class Waiting:
    """What is possible, and what is asked for."""

    bounds: overlap.Bounds
    goal: float
    at_least: int = 1
    """How many operations must be in flight at once, where that is more than the goal asks for."""
    latencies_s: tuple[float, ...] = ()
    """Of the operations, as sync did them."""

    @property
    def claims(self) -> list[Claim]:
        """From what no load can cause to what it often does."""
        return [
            Claim(
                of_run(lambda run: exactly(run.early_operations)), of_round(_began_early),
                at_most=0, against=1, earns=False,
            ),
            Claim(
                of_run(lambda run: exactly(run.wall_s)), of_round(self._too_fast),
                at_least=overlap.FLOOR_SHARE * self.bounds.least_s, against=1, earns=False,
            ),
            Claim(of_run(self.peak), of_round(self._why_slow), at_least=self.wrong_width + 1, why=_why_open),
            Claim(of_run(self.wall_s), of_round(self._why_slow), at_most=self.allowed_s, why=_why_open),
        ]  # fmt: skip

    @property
    def allowed_s(self) -> float:
        return self.bounds.allowed_s(self.goal)

    @property
    def wrong_width(self) -> int:
        """The largest number in flight at once that is not enough."""
        return max(self.bounds.wrong_width, self.at_least - 1)

    @property
    def window_s(self) -> float:
        """A run held up for longer may look narrow. (Sync may have needed fewer operations than the attempt.)"""
        return overlap.SPARE * (overlap.window_s(self.latencies_s, self.wrong_width) or self.bounds.least_s)

    def peak(self, run: Run) -> Between:
        """The most operations in flight at once."""
        seen = overlap.peak_of(run)
        return Between(seen, inf if run.delayed_s > self.window_s else seen)

    def wall_s(self, run: Run) -> Between:
        """How long it took. The least is unknown where the system does not tell who waited for a core.

        Where operations depend on each other, a delayed one changes the order of all that need it: then a run that
        was held up for longer than the whole takes at best may have lost more time than that.
        """
        disordered = self.bounds.dependent and run.delayed_s > self.bounds.least_s
        unknown = disordered or not run.cpu.accounted
        return Between(0.0 if unknown else run.wall_s - run.delayed_s, run.wall_s)

    def undisturbed_s(self, sync: Run) -> float:
        """What sync takes where nothing else runs: one operation after the other, and no delays.

        (There is no such number for an attempt: of its delay only an upper bound is known.)
        """
        return min(sync.wall_s, max(sync.wall_s - sync.delayed_s, self.bounds.serial_s))

    def _too_fast(self, evidence: Round) -> Diagnosis:
        run = evidence.attempt
        least_ms = self.bounds.least_s * 1000
        took = f"{run.function} took {run.wall_s * 1000:.0f} ms"
        sentence = f"{took}, but the work cannot be done in less than {least_ms:.0f} ms"
        early = next((span for span in run.spans if span.mark), None)
        if early is not None:
            skipped = f"{sentence}: {early.name} {early.key} {early.mark}, and did not wait"
            return diagnosis(Code.TOO_FAST, skipped, early.line)
        return diagnosis(Code.TOO_FAST, sentence, hint=known.unawaited(run))

    def _why_slow(self, evidence: Round) -> Diagnosis:
        run = evidence.attempt
        peak = overlap.peak_of(run)
        explained = waits.blocked(run) or _in_turn(run)
        if explained is not None:
            return explained
        if peak <= 1:
            return serial(run)
        if peak <= self.wrong_width:
            return narrow(run, peak, self.wrong_width + 1)
        return self._one_by_one(run) or self._late(run, peak)

    def _late(self, run: Run, peak: int) -> Diagnosis:
        sentence = (
            f"Up to {peak} operations were in flight at once, and still it took {run.wall_s * 1000:.0f} ms, "
            f"where {self.allowed_s * 1000:.0f} ms would do"
        )
        line = lines.waiting(run)
        told = written.pool_of_the_loop(run.source) or written.sleeps(run.source, line)
        return diagnosis(Code.LATE, sentence, line, told or (_NOT_NEEDED if run.beats else None))

    def _one_by_one(self, run: Run) -> Diagnosis | None:
        """All operations of one name, done one after the other, took longer than is allowed for everything."""
        by_name: dict[str, list[Span]] = {}
        for span in overlap.counted(run.spans):
            by_name.setdefault(span.name, []).append(span)
        for name, spans in by_name.items():
            total_s = sum(span.latency_s for span in spans)
            if len(spans) > 1 and total_s > self.allowed_s and overlap.peak(spans, run.end_s) <= 1:
                called = f"{name} was called {len(spans)} times, one after the other"
                takes = (
                    f"that alone takes {total_s * 1000:.0f} ms, where {self.allowed_s * 1000:.0f} ms would do for all"
                )
                return diagnosis(Code.LATE, f"{called}: {takes}", lines.asked(run, name), _TOGETHER.format(name=name))
        return None


_TOGETHER = (
    "Other work is side by side, but each {name} waits for the one before. To wait for these can be side by side, too: "
    "let each worker call its own, in its own thread or task."
)
_NOT_NEEDED = (
    "The work is side by side, but then something else takes time. Look for what is awaited although nobody needs it "
    "any longer: cancel that first, and then await it. If there is a time limit, is it one for all, and not slept out?"
)


def _began_early(evidence: Round) -> Diagnosis:
    early = count(evidence.attempt.early_operations, "operation")
    return diagnosis(Code.TOO_FAST, f"{early} began before the call did")


def _in_turn(run: Run) -> Diagnosis | None:
    """All had begun, but then each had to wait for its turn: side by side in name only."""
    told = [span for span in run.spans if span.self_reported and span.end_s is not None]
    overran = [span for span in told if span.over_s > span.latency_s + run.delayed_s]
    if not overran:
        return None
    worst = max(overran, key=lambda span: span.over_s)
    sentence = (
        f"{worst.name} {worst.key} should have taken {worst.latency_s * 1000:.0f} ms, and took "
        f"{(worst.latency_s + worst.over_s) * 1000:.0f} ms: it had to wait for the others, one at a time"
    )
    return diagnosis(Code.SERIAL, sentence, lines.blocking(run), _ONE_THREAD)


_ONE_THREAD = (
    "There is one thread: whoever sleeps in it, or works in it, holds up all the others. Sleep only when nobody is "
    "due, and only until the first one is."
)


def _why_open(evidence: Round) -> str:
    if not evidence.attempt.cpu.accounted:
        return "it was not fast enough, and this system does not tell whether other programs are to blame"
    return TAKEN


TAKEN = "other programs took the cores in every round; close some, and run it again"
