"""How the work was done, apart from its result: leftovers, limits, lost updates, tools."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping
from math import inf

import msgspec

from checker.judge import overlap
from checker.judge.diagnosis import handed_over, lines, written
from checker.judge.diagnosis.sentence import be, count, diagnosis
from checker.judge.diagnosis.undone import never_awaited
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import CLEANUP, Run, Span
from checker.model.outcome import Raised


def leftovers(run: Run) -> Diagnosis | None:
    """Tasks, threads, processes, operations or shared memory that outlive the call."""
    unfinished_work = unfinished(run)
    if unfinished_work is not None:
        return unfinished_work
    if run.notice("pool never closed") is not None:  # its threads and processes may take a moment to end
        return diagnosis(Code.LEAK_PROC, f"Nobody closed the pool that {run.function} had made", hint=_POOL)
    if run.left.processes:  # before threads: a pool of processes has some of its own, which its user does not know of
        alive = count(run.left.processes, "process", "processes")
        return diagnosis(Code.LEAK_PROC, f"{_over(run)}, and {alive} stayed alive")
    if run.left.threads:
        line = next((stack.frames[-1].line for stack in run.left.threads if stack.frames), None)
        alive = count(len(run.left.threads), "thread")
        return diagnosis(Code.LEAK_THREAD, f"{_over(run)}, and {alive} stayed alive", line)
    if run.left.segments:
        kept = count(len(run.left.segments), "block")
        return diagnosis(Code.LEAK_SHM, f"{_over(run)}, and {kept} of shared memory stayed")
    if run.left.connections:
        open_still = count(run.left.connections, "connection")
        return diagnosis(Code.LEAK_SESSION, f"{_over(run)}, and {open_still} stayed open")
    forgotten = run.notice("never closed")
    if forgotten is not None:
        return diagnosis(Code.LEAK_SESSION, f"Nobody closed what {run.function} had opened ({forgotten.text})")
    return None


_POOL = (
    "Its workers end when nobody can reach it any longer, and not every Python finds that out at once: some programs "
    "hang at their end. Use it in a `with` block, or call `close()` and `join()`, also after an exception."
)


def connections(run: Run, at_most: int) -> Diagnosis | None:
    """A new connection for each request, where a session would have used some again."""
    opened = len(run.connections)
    if opened <= at_most:
        return None
    requests = count(len(run.spans), "request")
    sentence = f"{opened} connections were opened for {requests}, where {at_most} would do"
    return diagnosis(Code.LEAK_SESSION, sentence, hint=_ONE_SESSION)


_ONE_SESSION = (
    "A session keeps its connections and uses them again: make one for all requests, not one for each, and no "
    "connector that gives them up (`force_close`)."
)


def unfinished(run: Run) -> Diagnosis | None:
    """The call returned before its work was done."""
    if run.left.tasks:
        line = run.left.tasks[0].frames[0].line if run.left.tasks[0].frames else None
        sentence = f"{_over(run)} while {count(len(run.left.tasks), 'task')} still had work to do"
        return diagnosis(Code.LEAK_TASK, sentence, line, _ALL_OF_THEM if _only_tidying(run) else None)
    if run.left.operations:
        sentence = f"{_over(run)} while {count(run.left.operations, 'operation')} had no answer yet"
        if _threads_beside_a_loop(run):
            return diagnosis(Code.NO_CANCEL, sentence, lines.asked(run), _THREAD_HINT)
        left = written.joined_with_a_limit(run.source) or written.shut_down_at_once(run.source)
        return diagnosis(Code.LEAK_THREAD, sentence, lines.asked(run), left)
    return None


def _going_on(run: Run) -> list[Span]:
    """The operations that had not ended when the call had."""
    return [span for span in run.spans if span.end_s is None or span.end_s > run.end_s]


def _only_tidying(run: Run) -> bool:
    """Everything that can tidy up was cancelled, and was doing so when the call returned: only the wait is missing."""
    names = {span.name for span in _going_on(run)}
    return any(name.endswith(CLEANUP) for name in names) and not any(f"{name}{CLEANUP}" in names for name in names)


_ALL_OF_THEM = (
    "To be cancelled is not to have ended: a task may have to tidy up first. Wait until all have ended, however long "
    "that takes: `await asyncio.gather(*tasks, return_exceptions=True)`. A `gather` without that argument is over when "
    "the first of them has ended by being cancelled, and the others go on."
)


def _threads_beside_a_loop(run: Run) -> bool:
    """An event loop gave up waiting for threads, and they still work."""
    return bool(run.beats) and any(span.caller.startswith("thread ") for span in _going_on(run))


_THREAD_HINT = (
    "Nobody can stop a thread from outside: to cancel a task ends only its waiting for the thread, which works on. "
    "Await every thread, also when another one has failed."
)


def _over(run: Run) -> str:
    if isinstance(run.outcome, Raised):
        return f"{run.function} raised {run.outcome.error.type}"
    return f"{run.function} returned"


NO_LIMIT = 10**9


def width(run: Run, at_least: int, at_most: int, hint: str | None = None) -> Diagnosis | None:
    """How many operations were in flight at once, against what is allowed and what is asked for."""
    spans = overlap.counted(run.spans)
    peak = overlap.peak(spans, run.end_s)
    if peak > at_most:
        sentence = f"{peak} operations were in flight at once; at most {at_most} {be(at_most)} allowed"
        beside = written.called_beside(run.source) if peak == at_most + 1 else None
        return diagnosis(Code.OVER_LIMIT, sentence, hint=beside or hint)
    if peak >= at_least or not spans:
        return None
    return serial(run, hint) if peak <= 1 else narrow(run, peak, at_least, hint)


def only(run: Run, name: str | None) -> Run:
    """The run with only the operations of this name; with all of them, without a name."""
    return run if name is None else msgspec.structs.replace(run, spans=tuple(run.named(name)))


def narrow(run: Run, peak: int, at_least: int, hint: str | None = None) -> Diagnosis:
    """Side by side, but too few."""
    done = count(len(overlap.counted(run.spans)), "operation")
    sentence = f"{done}, but never more than {peak} in flight at once, where {at_least} or more should be"
    default = written.default_width(run.source) if peak >= LEAST_DEFAULT else None
    hint = hint or written.loop_for_each(run.source) or default
    return diagnosis(Code.UNDER_USED, sentence, lines.waiting(run), hint)


LEAST_DEFAULT = 5
"""A pool has at least so many threads if their number is not given: a narrower run has another limit."""


def serial(run: Run, hint: str | None = None) -> Diagnosis:
    """One operation after the other, or a single one."""
    asked = len(overlap.counted(run.spans))
    if asked == 1:
        sentence = "1 operation was asked for, and no other beside it"
        return diagnosis(Code.SERIAL, sentence, lines.waiting(run), hint or handed_over.serial_hint(run))
    sentence = f"{count(asked, 'operation')}, never more than one in flight"
    lock = lines.at_lock(run)
    if lock is not None:
        sentence = f"{sentence}: the other threads wait for a lock meanwhile"
        return diagnosis(Code.SERIAL, sentence, lock, hint or LOCK_HINT)
    sentence = f"{sentence}: each waits for the one before"
    return diagnosis(Code.SERIAL, sentence, lines.waiting(run), hint or handed_over.serial_hint(run))


LOCK_HINT = (
    "Only one thread at a time gets through a lock. Does everything inside it need that, and does everybody need the "
    "same lock?"
)


def too_early(run: Run, first: str, then: str) -> Diagnosis | None:
    """For the same key, an operation `then` began before as many operations `first` had been answered."""
    begun: Counter[str] = Counter()
    ends_s = _moments_s((span.key, span.end_s or inf) for span in run.named(first) if span.outcome == "answered")
    for span in run.named(then):
        begun[span.key] += 1
        if bisect_right(ends_s.get(span.key, []), span.start_s) < begun[span.key]:
            sentence = f"{then} of {span.key!r} began before its {first} was done"
            return diagnosis(Code.ORDER, sentence, span.line, f"{first} comes first: wait for its end, then {then}.")
    return None


def _moments_s(moments: Iterable[tuple[object, float]]) -> dict[object, list[float]]:
    """The moments of each key, sorted."""
    sorted_s: dict[object, list[float]] = {}
    for key, moment_s in sorted(moments, key=lambda each: each[1]):
        sorted_s.setdefault(key, []).append(moment_s)
    return sorted_s


def lost_updates(run: Run, lost: int, hint: str | None = None) -> Diagnosis | None:
    """Updates that another thread's write overwrote."""
    if lost == 0:
        return None
    times = "once" if lost == 1 else f"{lost} times"
    sentence = f"A balance was written {times} although it had changed since it was read: that change is lost"
    line = _line_of_lost_write(run) or _line_of_write(run)
    return diagnosis(Code.RACE, sentence, line, written.went_on_without(run.source) or hint)


def _line_of_lost_write(run: Run) -> int | None:
    """The line that had a part in most of the lost updates.

    In each, a write used a balance that another write had changed since it was read; either may be the one at fault.
    """
    parts: Counter[int] = Counter()
    writes = run.named("write")
    reads_s = _moments_s(((span.key, span.caller), span.start_s) for span in run.named("read"))
    for write in writes:
        before_s = reads_s.get((write.key, write.caller), [])
        place = bisect_left(before_s, write.start_s)
        read_s = before_s[place - 1] if place else inf
        for other in writes:
            foreign = other.key == write.key and other.caller != write.caller
            if foreign and read_s < other.start_s < write.start_s:
                parts.update(line for line in (write.line, other.line) if line is not None)
    return parts.most_common(1)[0][0] if parts else None


def overdrafts(run: Run, lowest: Mapping[str, int]) -> Diagnosis | None:
    """Accounts that went below zero although every withdrawal is checked."""
    for name, balance in lowest.items():
        if balance < 0:
            sentence = f"Account {name!r} went down to {balance}: between the check and the write, others withdrew too"
            return diagnosis(Code.OVERDRAFT, sentence, _line_of_write(run))
    return None


def balances(run: Run, now: Mapping[str, int], expected: Mapping[str, int]) -> Diagnosis | None:
    """Money that appeared or disappeared."""
    for name, balance in expected.items():
        if now[name] != balance:
            sentence = f"Account {name!r} holds {now[name]} at the end, where {balance} is right"
            return never_awaited(run) or diagnosis(Code.WRONG_RESULT, sentence)
    return None


def _line_of_write(run: Run) -> int | None:
    return next((span.line for span in run.named("write") if span.line), None)


def threads(run: Run, at_most: int) -> Diagnosis | None:
    """The exercise is about another tool than threads (or processes)."""
    seen = max((process.threads for process in run.cpu.processes), default=1) - run.starts.library_threads
    most = max(seen if run.cpu.accounted else 1, run.starts.threads)  # samples show only that there were so many
    return _too_many(run, most, at_most, "threads") or processes(run, at_most)  # each of which is a thread, too


def busy_cores(run: Run, kept: float, at_most: int) -> Diagnosis:
    """More threads computed at once than are allowed. kept: the cores that they kept busy, at least."""
    return diagnosis(Code.WRONG_TOOL, f"{run.function} kept {kept:.1f} cores busy, and {at_most} {be(at_most)} allowed")


PART_OF_A_CORE = 0.3
"""For threads that only look after others. A further thread that computes wants a whole core."""


def processes(run: Run, at_most: int) -> Diagnosis | None:
    """The exercise is about threads."""
    most = max(sum(not process.helper for process in run.cpu.processes), 1 + run.starts.processes)
    return _too_many(run, most, at_most, "processes")


def _too_many(run: Run, most: int, at_most: int, what: str) -> Diagnosis | None:
    if most <= at_most:
        return None
    needed = "only one" if at_most == 1 else f"at most {at_most}"
    return diagnosis(Code.WRONG_TOOL, f"{run.function} used {most} {what}, and this exercise needs {needed}")


def memory(run: Run, at_most_bytes: int) -> Diagnosis | None:
    """Everything at once in memory, where a piece at a time would do."""
    if run.memory_bytes is None or run.memory_bytes <= at_most_bytes:
        return None
    needed, enough = run.memory_bytes / 2**20, at_most_bytes / 2**20
    sentence = f"{run.function} needed {needed:.0f} MiB of memory, where {enough:.0f} would do"
    return diagnosis(Code.UNBOUNDED, sentence, hint=_IN_PIECES)


_IN_PIECES = "Read a piece, use it, forget it, read the next: then the size of the file does not matter."


def import_cost(run: Run, at_most_s: float) -> Diagnosis | None:
    """Work that is done when the file is imported is done again in every new process."""
    if run.import_cpu_s <= at_most_s:
        return None
    sentence = (
        f"Importing attempt.py takes {run.import_cpu_s:.1f} s of CPU time, and every worker process imports it again"
    )
    hint = "Keep the top level of the file to definitions: do the work inside the function."
    return diagnosis(Code.WORK_MULTIPLIED, sentence, hint=hint)
