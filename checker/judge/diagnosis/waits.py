"""What was waited for, and what was not: needs, cancellations, a loop that stood still."""

from __future__ import annotations

from math import inf

import msgspec

from checker.judge import overlap, plan
from checker.judge.between import Between
from checker.judge.claim import HELD_UP
from checker.judge.diagnosis import handed_over, known, lines
from checker.judge.diagnosis.known_asyncio import GROUP_CANCELS
from checker.judge.diagnosis.sentence import be, count, diagnosis
from checker.judge.diagnosis.source import calls
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import CLEANUP, Run, Span
from checker.model.outcome import Raised

BLOCKED_S = 0.05
"""An event loop that does not go round for so long, and not for want of a core, is blocked."""


def needs_met(run: Run, needs: plan.Needs) -> Diagnosis | None:
    """The first step that did not wait for what it needs."""
    found = plan.before_needed(run.spans, needs)
    if found is None:
        return None
    span, need = found
    never = _never_done(run, span, need, needs)
    if never is not None:
        sentence = f"Step {span.key!r} began although {need!r} {never}, and needs it"
        return diagnosis(Code.ORDER, sentence, span.line, _NOT_DONE)
    sentence = f"Step {span.key!r} began before {need!r} was done, and needs it"
    return diagnosis(Code.ORDER, sentence, span.line, _NEEDS_HINT)


def _never_done(run: Run, span: Span, need: str, needs: plan.Needs) -> str | None:
    """Why a need could no longer be done when this step began; None where it could."""
    asked = next((each for each in run.spans if each.key == need), None)
    if asked is None:
        left_out = any(_never_done(run, span, before, needs) for before in needs.get(need, ()))
        return "was left out" if left_out else None
    failed = asked.outcome == "failed" and asked.end_s is not None and asked.end_s <= span.start_s
    return "had failed" if failed else None


_NOT_DONE = (
    "Awaited is not done: let each task say whether its step was done, and leave out what needs one that was not, "
    "directly or not."
)


def marked(run: Run, needs: plan.Needs) -> Run:
    """The run with a mark at the first step that did not wait; as it is, if there is none."""
    found = plan.before_needed(run.spans, needs)
    if found is None:
        return run
    return msgspec.structs.replace(run, spans=plan.marked(run.spans, found[0], f"needs {found[1]}"))


_NEEDS_HINT = (
    "A pause is not an order. Await everything that a step needs before you start it: keep one task per step, and "
    "await those tasks."
)


def called(run: Run, name: str) -> list[Span]:
    """The operations of this name, with this key, or with both."""
    return [span for span in run.spans if name in (span.name, span.key, f"{span.name} {span.key}")]


def shortest_s(run: Run, name: str | None = None) -> float:
    """How long the shortest of the operations that take time (of this name, or with this key) takes; 0 without one."""
    spans = run.spans if name is None else called(run, name)
    return min((span.latency_s for span in overlap.counted(spans)), default=0.0)


def started_after(run: Run) -> Diagnosis | None:
    """Work that began when the call had already returned: it was queued, and nobody cancelled it."""
    late = _afterwards(run)
    if not late:
        return None
    sentence = f"{count(len(late), 'operation')} began after {run.function} had returned"
    return diagnosis(Code.NO_CANCEL, sentence, lines.asked(run), _QUEUED_HINT)


def started_late_s(run: Run) -> float:
    """Others' share of the time before the first of those: what was to begin at once began late if it was held up."""
    late_s = [span.start_s - run.started_s for span in _afterwards(run)]
    return overlap.SPARE * min(late_s, default=inf)


def _afterwards(run: Run) -> list[Span]:
    return [span for span in run.spans if span.start_s > run.end_s]


_QUEUED_HINT = (
    "What waits in an executor's queue is still done, unless you take it out: `shutdown(wait=False, "
    "cancel_futures=True)`. What runs already cannot be stopped."
)


def cancelled(run: Run, name: str, times: int) -> Diagnosis | None:
    """Operations that were no longer needed and went on, or that were still needed and were cancelled."""
    did = sum(span.outcome == "dropped" for span in called(run, name))
    if did == times:
        return None
    if did > times:
        sentence = f"{count(did, 'call')} of {name} {be(did, 'were')} cancelled, where {times} had to be"
        return diagnosis(Code.LOST, f"{sentence}: the others were still needed", hint=_ended_by(run) or _SHIELD)
    sentence = f"{count(times, 'call')} of {name} had to be cancelled, and {did or 'none'} {be(did or 1, 'were')}"
    return diagnosis(Code.NO_CANCEL, sentence, lines.asked(run))


def _ended_by(run: Run) -> str | None:
    """A hint on what cancelled the others: the error that ended the call, or a TaskGroup of which a task failed."""
    error = run.outcome.error if isinstance(run.outcome, Raised) else None
    if error is not None:
        return known.hint(run, error.message, error.line)
    failed = any(span.outcome == "failed" for span in run.spans)
    return GROUP_CANCELS if failed and any(calls(run.source, "TaskGroup")) else None


_SHIELD = (
    "Whoever is cancelled while it awaits a task (or a coroutine) cancels that, too, for all who need it. An "
    "`asyncio.shield` in between leaves it alone."
)


def tidied_up(run: Run, name: str) -> Diagnosis | None:
    """Every cancelled operation that has something to tidy up did so, to the end, before the call returned."""
    dropped = sum(span.name == name and span.outcome == "dropped" for span in run.spans)
    tidy = _tidying(run, name)
    done = sum(span.outcome == "answered" and (span.end_s or 0.0) <= run.end_s for span in tidy)
    if done == len(tidy) >= dropped:  # one that was answered in the moment of its cancellation tidies up, too
        return None
    sentence = f"{count(dropped, 'call')} of {name} cancelled, but {done or 'none'} could finish tidying up"
    cut_short = any(span.outcome == "dropped" for span in tidy)
    unfinished = len(tidy) == dropped and not cut_short
    return diagnosis(Code.LEAK_TASK if unfinished else Code.LOST, sentence, None, _TIDY_HINT)


_TIDY_HINT = (
    "`task.cancel()` only asks; the task's `finally` still has work to do. Await every cancelled task "
    "(`await asyncio.gather(*tasks, return_exceptions=True)`), and cancel it once."
)


WELL_WITHIN_S = 0.1
"""What an event loop does in one moment reaches the world within milliseconds."""


def _tidying(run: Run, name: str) -> list[Span]:
    return run.named(f"{name}{CLEANUP}")


def tidied_up_meanwhile(run: Run, name: str, other: str) -> bool:
    """Whether everything that tidied up did so when an operation of the other name began, and for some time before and
    after that: a task that is cancelled twice in one moment does not notice it."""
    moments_s = [span.start_s for span in run.named(other)]
    return all(
        any(
            span.start_s + WELL_WITHIN_S < moment_s and (span.end_s or run.end_s) - WELL_WITHIN_S > moment_s
            for moment_s in moments_s
        )
        for span in _tidying(run, name)
    )


def not_waited_for(run: Run, name: str) -> Diagnosis | None:
    """The call took as long as these operations, which it did not need, would have taken by themselves.

    One that was given up before that was not waited for, however long the call then went on for another reason.
    """
    slow = [span for span in called(run, name) if span.start_s + span.latency_s <= run.end_s and not _given_up(span)]
    if not slow:
        return None
    sentence = (
        f"{run.function} took {run.wall_s * 1000:.0f} ms: it waited for "
        f"{slow[0].name}{' ' + slow[0].key if slow[0].key else ''}, which it did not need"
    )
    on_loop = bool(run.beats)
    return diagnosis(Code.LATE, sentence, None if on_loop else lines.waiting(run), _CANCEL_FIRST if on_loop else None)


def _given_up(span: Span) -> bool:
    """Its caller hung up before its answer could be there."""
    return span.outcome == "dropped" and span.over_s < 0


_CANCEL_FIRST = "Cancel what nobody needs any longer first, and only then wait for it: what is cancelled ends at once."


def stood_still(run: Run, name: str, margin_s: float) -> Between:
    """During how many of these operations the event loop did not go round; none, if there is no loop.

    It surely did if a question that was asked meanwhile was surely answered by the loop. An answer to an older
    question, or perhaps from another thread, proves nothing either way.

    margin_s: a loop that was held up from outside for longer could not go round.
    """
    surely = [beat for beat in run.beats if beat.sure]
    unproved = [
        span for span in _ended(run, name) if not any(_within(beat.asked_s, beat.came_s, span) for beat in surely)
    ]
    return Between(0.0 if run.delayed_s > margin_s else len(_silent(run, name)), len(unproved))


def blocks_loop(run: Run, name: str) -> Diagnosis:
    """The event loop stood still during at least one of these operations."""
    silent = _silent(run, name)
    still_ms = max(((span.end_s or 0.0) - span.start_s) * 1000 for span in silent)
    still = f"The event loop stood still for {still_ms:.0f} ms, because"
    line = lines.blocking(run) or silent[0].line
    if lines.waits_for_threads(run, silent):
        return diagnosis(Code.BLOCKS_LOOP, f"{still} its thread waits for {name} without an `await`", line, _ELSEWHERE)
    sentence = f"{still} {name} blocks its thread"
    return diagnosis(Code.BLOCKS_LOOP, sentence, line, handed_over.called(run.source))


_ELSEWHERE = (
    "Another thread does the work, and the loop's own thread waits for that: so do `future.result()`, a loop over "
    "`pool.map`, the end of a pool's `with` block, and `thread.join()`. Await all of it before you come there: "
    "`asyncio.to_thread`, `loop.run_in_executor` and `asyncio.wrap_future` give what can be awaited."
)


def blocked(run: Run) -> Diagnosis | None:
    """The event loop stood still somewhere, and not for want of a core: that is the mistake, not what follows."""
    line = lines.blocking(run)
    if run.loop_gap_s is None or line is None or run.loop_gap_s - run.delayed_s < BLOCKED_S:
        return None
    sentence = f"The event loop stood still for {run.loop_gap_s * 1000:.0f} ms at a time, because a call in it blocks"
    return diagnosis(Code.BLOCKS_LOOP, sentence, line)


def why_unsure(run: Run, margin_s: float) -> str:
    """Why it is unknown whether the event loop went round. Completes "cannot be judged: ..."."""
    return HELD_UP if run.delayed_s > margin_s else _NEVER_AT_REST


_NEVER_AT_REST = (
    "its event loop was never seen to wait for anything, and only a loop at rest can be told from another thread"
)


def _silent(run: Run, name: str) -> list[Span]:
    """Those of these operations during which no answer came."""
    return [
        span for span in _ended(run, name) if not any(_within(beat.came_s, beat.came_s, span) for beat in run.beats)
    ]


def _ended(run: Run, name: str) -> list[Span]:
    """Those of these operations that came to an end; none, if there is no loop.

    An operation that was given up before the loop was asked for an answer says nothing.
    """
    spans = [span for span in called(run, name) if span.end_s is not None and run.beats]
    return [span for span in spans if span.outcome != "dropped" or (span.end_s or 0.0) - span.start_s >= SOON_S]


SOON_S = 0.05
"""Longer than the time between two questions to an event loop (15 ms) and the way of both."""


def _within(start_s: float, end_s: float, span: Span) -> bool:
    return span.start_s < start_s and end_s < (span.end_s or 0.0)
