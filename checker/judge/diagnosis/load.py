"""A load test, compared with what the server saw: how many requests came, when, and how long each took. Pure."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from checker.judge import overlap
from checker.judge.diagnosis import conduct
from checker.judge.diagnosis.sentence import be, count, diagnosis
from checker.judge.diagnosis.values import shown
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run, Span

EARLY_S = 0.005
"""Two clocks are never read at the same moment."""
SLOWER = 1.2
"""A load test is too slow if it takes this many times the time that its rate allows."""
TOLERANCE = 0.1
"""A figure may be wrong by this share: there is more than one definition of a percentile."""
ON_THE_WAY_MS = 20.0
"""Between the server's answer and the moment at which the client has it; measured, on a quiet machine, 1 to 5 ms."""
FIRST_S = 0.02
"""The first request comes later than this after the call only where the machine is busy. Measured on a quiet one: 3
to 5 ms, and up to 18 ms where all checks go on at the same time."""
HELD_UP_S = 0.1
"""A fifth of the shortest load test that is looked at: half of its requests are not touched by this."""


def long_ones_together(run: Run, least_s: float, at_least: int) -> Diagnosis | None:
    """Too few waited at the same time for what takes long: there is time enough for all of them to come."""
    peak = overlap.peak((span for span in run.spans if span.latency_s >= least_s), run.end_s)
    if peak >= at_least:
        return None
    return conduct.serial(run) if peak <= 1 else conduct.narrow(run, peak, at_least)


def spare_s(run: Run, least_s: float) -> float:
    """How long a run may be held up, and what comes after the longest one is still among those that take long."""
    longest_s = max((span.latency_s for span in run.spans), default=0.0)
    return overlap.SPARE * (longest_s - least_s) if longest_s > least_s else least_s


def too_many(run: Run, name: str, times: int) -> Diagnosis | None:
    """More requests came than were asked for."""
    came = len(run.named(name))
    if came <= times:
        return None
    return diagnosis(Code.DUPLICATE, f"{came} requests came, where {times} are right", hint=_NUMBER)


def too_few(run: Run, name: str, times: int) -> Diagnosis | None:
    """Fewer requests came than were asked for."""
    came = len(run.named(name))
    if came >= times:
        return None
    sentence = f"{count(came, 'request')} came, and {times} {be(times)} needed"
    return diagnosis(Code.WORK_SKIPPED, sentence, hint=_NUMBER)


def unread(run: Run) -> Diagnosis | None:
    """Requests that were dropped before their answers could be there: no time limit of the client explains that."""
    dropped = [span for span in run.spans if span.outcome == "dropped"]
    hung_up = sum(span.over_s < -EARLY_S for span in dropped)
    if not hung_up:
        return None
    of_all = f"of {count(len(run.spans), 'request')}"
    if _given_up_together(run, dropped):
        over_s = max(span.end_s or run.end_s for span in dropped) - run.started_s
        given_up = f"{len(dropped)} {of_all} {be(len(dropped), 'were')} given up at one moment"
        return diagnosis(Code.LOST, f"{given_up}, {over_s:.2f} s after the start", hint=_WAIT_FOR_ALL)
    return diagnosis(Code.LOST, f"{hung_up} {of_all} hung up before the body of the answer was there", hint=_READ)


def _given_up_together(run: Run, dropped: Sequence[Span]) -> bool:
    """Whether they ended at one moment. A client that reads no body drops all requests, one after the other."""
    ends_s = [span.end_s or run.end_s for span in dropped]
    longest_s = max(end_s - span.start_s for end_s, span in zip(ends_s, dropped, strict=True))
    some_read = len(dropped) > 1 or any(span.outcome == "answered" for span in run.spans)
    return some_read and max(ends_s) - min(ends_s) < max(EARLY_S, longest_s / 2)


_WAIT_FOR_ALL = (
    "`duration` says when the last request is due, and not when its answer is there: that may take the whole timeout. "
    "Wait until every request has its answer, or has been waited for long enough."
)


_READ = (
    "When `session.get` is over, the headers of the answer are there, and its body is on the way. `await "
    "response.read()` waits for that; who leaves earlier breaks the connection, and needs another for the next request."
)


_NUMBER = "A load test of `duration` seconds sends round(rate * duration) requests, each of them once."


def ahead(run: Run, name: str, rate: float) -> Diagnosis | None:
    """A request that came before its moment: no load on any machine explains that."""
    for number, span in enumerate(run.named(name)):
        early_s = run.started_s + number / rate - span.start_s
        if early_s > EARLY_S:
            sentence = (
                f"Request {number + 1} came {early_s * 1000:.0f} ms before it was due: at {rate:g} a second, "
                f"{number / rate * 1000:.0f} ms after the start"
            )
            return diagnosis(Code.TOO_FAST, sentence, hint=_MOMENTS)
    return None


_MOMENTS = (
    "The i-th request (from 0) is due i / rate seconds after the start. Compute that moment, and sleep until then."
)


def behind(run: Run, name: str, rate: float, excused_s: float = 0.0) -> Diagnosis | None:
    """A load that is less than was asked for; one request at least has come (see too_few).

    excused_s: so much of the time may be the machine's fault.
    """
    spans = run.named(name)
    took_s = spans[-1].start_s - spans[0].start_s
    if took_s - excused_s <= SLOWER * (len(spans) - 1) / rate:
        return None
    real = (len(spans) - 1) / took_s
    sentence = f"{real:.0f} requests a second were sent, where {rate:g} a second are asked for"
    return diagnosis(Code.LATE, sentence, hint=_DO_NOT_WAIT)


_DO_NOT_WAIT = (
    "Whoever sends the next request must not wait for the answer to the one before: give each request a task of its "
    "own. And sleep until a computed moment: naps of 1 / rate add up, with all that comes between them."
)


def true_ms(run: Run, name: str, rate: float, begun_s: float) -> list[float]:
    """For each good answer, the milliseconds from the moment at which its request was due, sorted.

    begun_s: when the clock of the load test started.
    """
    return sorted(
        ((span.end_s or run.end_s) - begun_s - number / rate) * 1000
        for number, span in enumerate(run.named(name))
        if span.outcome == "answered"
    )


def percentile(ranked: Sequence[float], share: float) -> float:
    """The smallest value that this share of all values does not exceed (the nearest rank)."""
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)]


def true_stats(run: Run, name: str, rate: float, begun_s: float | None = None) -> dict[str, float]:
    """What the figures must be, as the server saw it; some answer is good (see unanswered).

    begun_s: when the clock of the load test started. Without it, when the first request came, which is later: then
    the true latencies are at least these, and the true answers a second at most these.
    """
    spans = run.named(name)
    begun_s = spans[0].start_s if begun_s is None else begun_s
    took_ms = true_ms(run, name, rate, begun_s)
    last_s = max(span.end_s or run.end_s for span in spans)
    return {
        "rps": len(took_ms) / (last_s - begun_s),
        "p50_ms": percentile(took_ms, 0.50),
        "p99_ms": percentile(took_ms, 0.99),
    }


FIGURES = ("rps", "p50_ms", "p99_ms")


def no_figures(value: object) -> Diagnosis | None:
    """There is something else than a float under some of these names."""
    if isinstance(value, dict) and all(type(value.get(figure)) is float for figure in FIGURES):
        return None
    wanted = f"A float is wanted for each of {', '.join(FIGURES)}"
    return diagnosis(Code.BAD_RESULT_TYPE, f"{wanted}, and {shown(value)} came back")


def unanswered(run: Run, name: str) -> Diagnosis | None:
    """No request has a good answer, so there is nothing that figures could be of."""
    spans = run.named(name)
    if not spans:
        return too_few(run, name, 1)
    if any(span.outcome == "answered" for span in spans):
        return None
    sentence = f"None of {count(len(spans), 'request')} got a good answer, so there are no latencies"
    return diagnosis(Code.LOST, sentence, hint=_READ)


def too_good(
    run: Run, name: str, rate: float, stats: Mapping[str, float], begun_s: float | None = None
) -> Diagnosis | None:
    """Figures that are too good on any machine: no answer comes before it is sent, and no more than are sent."""
    true = true_stats(run, name, rate, begun_s)
    if stats["rps"] > (1 + 2 * TOLERANCE) * true["rps"]:
        return diagnosis(Code.WRONG_RESULT, _compared("rps", stats, true), hint=_PER_SECOND)
    for figure in ("p99_ms", "p50_ms"):
        if stats[figure] < (1 - TOLERANCE) * true[figure]:
            return diagnosis(Code.WRONG_RESULT, _compared(figure, stats, true), hint=_FROM_WHEN)
    return None


def first_hides(run: Run, name: str, rate: float, stats: Mapping[str, float]) -> bool:
    """Whether the first request came late, and the figures are too good if the clock had started before it."""
    late_s = run.named(name)[0].start_s - run.started_s
    return late_s > FIRST_S and too_good(run, name, rate, stats, run.started_s) is not None


_FROM_WHEN = (
    "Milliseconds, of the good answers, sorted. And when does the clock of a request start? When it was *due*: a "
    "request that cannot be sent because all connections wait for a slow answer is waiting, too. And of those that "
    "wait for a connection, the one that was due first gets the next."
)


def too_bad(run: Run, name: str, rate: float, stats: Mapping[str, float]) -> Diagnosis | None:
    """A figure that is worse than the server can confirm. A run held up for HELD_UP_S may be right all the same."""
    true = true_stats(run, name, rate)
    for figure in ("p99_ms", "p50_ms"):
        # A single pause delays the slowest answer by all of its length, and the middle one hardly. No more than
        # HELD_UP_S is excused: a longer pause leaves this open, and must not make the figure count as right.
        excused_ms = min(run.delayed_s, HELD_UP_S) * 1000 if figure == "p99_ms" else 0.0
        if stats[figure] > _at_most_ms(run, name, true[figure]) + excused_ms:
            return diagnosis(Code.WRONG_RESULT, _compared(figure, stats, true), hint=_SORTED)
    if stats["rps"] < (1 - 2 * TOLERANCE) * true["rps"]:
        return diagnosis(Code.WRONG_RESULT, _compared("rps", stats, true), hint=_PER_SECOND)
    return None


def _at_most_ms(run: Run, name: str, true_ms: float) -> float:
    # The load test's own clock started between the start of the call and the first request.
    before_ms = (run.named(name)[0].start_s - run.started_s) * 1000
    return (1 + TOLERANCE) * true_ms + before_ms + ON_THE_WAY_MS


def middle_is_mean(run: Run, name: str, rate: float) -> bool:
    """Whether this run cannot show that somebody took the mean for the median."""
    took_ms = true_ms(run, name, rate, run.named(name)[0].start_s)
    return sum(took_ms) / len(took_ms) <= _at_most_ms(run, name, percentile(took_ms, 0.50))


_SORTED = (
    "p50 is the value in the middle of the latencies of all good answers when they are sorted (not their mean), p99 "
    "the one that only one of a hundred exceeds; in milliseconds. Errors and timeouts are in neither. Both are times "
    "that some answer took: of a few, `statistics.quantiles` makes more than the longest, without method='inclusive'."
)
_PER_SECOND = "rps is the number of good answers, divided by the seconds from the start to the last answer."


def _compared(figure: str, stats: Mapping[str, float], true: Mapping[str, float]) -> str:
    return f"{figure} is {stats[figure]:.0f}, where the server counted {true[figure]:.0f}"
