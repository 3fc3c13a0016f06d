"""The attempt did not come back in time: what it waited for."""

from __future__ import annotations

import re

from checker.judge.diagnosis import handed_over, known, lines, locks, rest, written
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.judge.diagnosis.source import line_text
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Notice, Run
from checker.model.outcome import Hung


def hung(run: Run, outcome: Hung) -> Diagnosis:
    """What it waited for, as far as stacks, locks and what Python printed tell."""
    what = "The import of attempt.py" if outcome.importing else run.function
    sentence = f"{what} did not come back within {outcome.after_s:g} s"
    stuck = locks.hang(outcome, run.source)
    in_flight = any(span.end_s is None for span in run.spans)
    if stuck is not None and (outcome.certain or not in_flight):
        who, line, hint = stuck
        never = f"{what} can never come back" if outcome.certain else sentence
        return diagnosis(Code.DEADLOCK, f"{never}: {who}", line, hint)
    own = [stack for stack in outcome.stacks if stack.frames]
    line = lines.standing(own, run.source)
    if rest.kept_busy(run):
        return diagnosis(Code.HANG, f"{sentence}: it kept a core busy all the time", line, _CIRCLES_HINT)
    blocked = next((stack for stack in own if stack.who == lines.MAIN_THREAD), None) if run.beats else None
    if blocked is not None:
        why = "the event loop, and all tasks with it, waits for this line"
        return diagnosis(Code.HANG, f"{sentence}: {why}", blocked.frames[-1].line, _BLOCKED_HINT)
    queue = [stack for stack in own if stack.who.startswith("task ") and stack.inside == _ACQUIRING]
    if queue and not in_flight and all(stack.inside != _SLEEPING for stack in outcome.stacks):
        wait = count(len(queue), "task waits", "tasks wait")
        why = f"{wait} for a lock or a semaphore that nobody will release"
        return diagnosis(Code.DEADLOCK, f"{sentence}: {why}", queue[0].frames[-1].line, _HELD_HINT)
    still_waits = f"{sentence}: it still waits" if own else sentence
    return _printed_cause(run, sentence) or diagnosis(Code.HANG, still_waits, line, _waiting_hint(run.source, line))


def _printed_cause(run: Run, sentence: str) -> Diagnosis | None:
    """What Python only printed before the program stood still, as the reason."""
    died, unawaited = run.notice("thread died") or _task_died(run), run.notice("never awaited")
    if died is not None:
        who = "thread" if died.kind == "thread died" else "task"
        sentence = f"{sentence}: an exception had ended a {who} ({died.text}), for which others wait"
        return diagnosis(Code.HANG, sentence, died.line, known.hint(run, died.text, died.line) or _DIED_HINT)
    if unawaited is not None:
        return diagnosis(Code.HANG, f"{sentence}: {unawaited.text}", unawaited.line, _UNAWAITED_HINT)
    return None


def _task_died(run: Run) -> Notice | None:
    """A task that an exception ended, which was never retrieved: at a line of the attempt, for operations may fail."""
    notices = [each for each in run.notices if each.kind in ("task died", "never retrieved")]
    return next((each for each in notices if each.line is not None), None)


_DIED_HINT = "Catch the exception where the work is done. What the others wait for has to come after a failure, too."
_UNAWAITED_HINT = (
    "To call a coroutine function only makes a coroutine: without `await` nothing of it is done, and somebody waits "
    "for what it should have done."
)


def _waiting_hint(source: str, line: int | None) -> str | None:
    """A hint from the text of the line that waits."""
    here = handed_over.in_this_thread(source) or written.never_done(source, line)
    return here or next((hint for words, hint in _WAITS.items() if re.search(words, line_text(source, line))), None)


_WAITS = {
    r"\.put\(": (
        "`put` waits for room in a full queue. Who takes things out of it, and is that one still there: was it "
        "started, and has nothing ended it, no exception and no time limit?"
    ),
    r"\.get\(\)": (
        "`get` waits for something that nobody puts into the queue any more. How does whoever waits there learn that "
        "nothing more comes, also after a failure?"
    ),
    r"\.select\(": (
        "Who should be ready now, and is in no queue? `select` waits for its sockets alone, and for no longer than its "
        "timeout, in seconds. Who is ready needs 0, and sleepers need the time until the first of them is due."
    ),
    r"\.wait\(\)": (
        "`wait()` ends when others act: for an Event somebody calls `set()`, for a Condition `notify()` after every "
        "change, for a Barrier as many wait as its number says. Who should do that here, also after a failure?"
    ),
    r"\bsleep\(": (
        "Nobody wakes whoever sleeps, also when everything is there long ago. Wait for what you need itself: a task, a "
        "future, an event; with a timeout, where there is a last moment."
    ),
}


_ACQUIRING, _SLEEPING = "locks.acquire", "tasks.sleep"
"""Where a task stands that waits for an asyncio Lock or Semaphore, and one that goes on by itself after a while."""
_HELD_HINT = (
    "Who took it has not let go of it. Perhaps it waits as well, for the very tasks that wait for it: let go before "
    "you wait for others. Or it has left without `release()`: `async with` lets go, whatever happens."
)
_BLOCKED_HINT = (
    "All tasks share this one thread: while it waits here, nobody can do what it waits for. `await` instead. asyncio "
    "has queues, events, locks and `wait` of its own, for those of `queue`, `threading` and `concurrent.futures`."
)
_CIRCLES_HINT = (
    "Look at the loop around that line: what has to become true for it to end, and does that ever happen? If it does, "
    "later: it computes far more than `sync.py`."
)
