"""Which line of attempt.py the program stood at. Pure."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import inf

from checker.judge.diagnosis.source import line_text, nodes
from checker.model.evidence import Run, Span
from checker.model.outcome import LockTime, Stack

MAIN_THREAD = "thread MainThread"
LIBRARY_WAITS = ("threading.acquire", "threading.wait")
"""Where a Semaphore or a Condition waits."""
JOINS = ("threading.join", "threading._wait_for_tstate_lock")
"""Where Thread.join waits: since CPython 3.13, and before."""
ELSEWHERE = ("threading.wait", *JOINS)
"""Where a thread waits for what others do: a future's result, an event, the end of a pool's block."""
ASKING = "operations._ask_async"


def blocking(run: Run) -> int | None:
    """The line that blocked the event loop's own thread: only synchronous code has learner's frames there."""
    return _most_common(stack.frames[-1].line for stack in _on_main(run))


def waits_for_threads(run: Run, during: Iterable[Span]) -> bool:
    """Whether the event loop's own thread was blocked during these mostly because it waited for other threads.

    If no stack was taken in time to show that, the threads that asked for the operations tell.
    """
    kept = [stack.inside in ELSEWHERE for stack in _on_main(run)]
    if not kept:
        return all(span.caller.startswith("thread ") and span.caller != MAIN_THREAD for span in during)
    return 2 * sum(kept) > len(kept)


def waiting(run: Run) -> int | None:
    """The line, in the function that was called, at which the program waited while an operation was going on."""
    on_main = _most_common(stack.frames[0].line for stack in _on_main(run))
    if on_main is not None:
        return on_main
    asking = [stack for stack in run.samples if stack.inside == ASKING and stack.frames]
    return _most_common(stack.frames[0].line for stack in asking) or asked(run)


def _on_main(run: Run) -> list[Stack]:
    """Samples of the main thread in which it was in the learner's code."""
    return [stack for stack in run.samples if stack.who == MAIN_THREAD and stack.frames]


def at_lock(run: Run) -> int | None:
    """The line where threads were seen to wait for a lock, or that took the lock around all operations."""
    seen = _most_common(stack.frames[-1].line for stack in run.samples if stands_at_lock(stack, run.source))
    return seen or _under_one_lock(run)


def _under_one_lock(run: Run) -> int | None:
    """The line that took the lock which threads waited for in turn, and held while their operations were in flight."""
    spans = [span for span in run.spans if span.latency_s]
    by_lock: dict[int, list[LockTime]] = {}
    for time in run.lock_times:
        by_lock.setdefault(time.lock, []).append(time)
    for times in by_lock.values():
        if not spans or not all(any(_held_throughout(time, span) for time in times) for span in spans):
            continue
        under = [time for span in spans for time in times if _held_throughout(time, span)]
        if max(time.taken_s - time.wanted_s for time in under) >= min(span.latency_s for span in spans) / 2:
            return _most_common(time.line for time in under if time.line is not None)
    return None


def _held_throughout(time: LockTime, span: Span) -> bool:
    """Whether the lock was held for as long as the operation was in flight."""
    free_s = time.free_s if time.free_s is not None else inf
    return time.taken_s <= span.start_s and (span.end_s or inf) <= free_s


def standing(stacks: Sequence[Stack], source: str) -> int | None:
    """Where a program stands that does not come back: if possible, not where it waits for other threads or tasks."""
    at = [(stack, stack.frames[-1].line) for stack in stacks if stack.frames]
    own = (line for stack, line in at if stack.inside not in JOINS and not _FOR_OTHERS.search(line_text(source, line)))
    return next(iter([*own, *(line for _, line in at)]), None)


_FOR_OTHERS = re.compile(r"\.result\(|\bgather\(|\bTaskGroup\(")


def asked(run: Run, name: str | None = None) -> int | None:
    """The line that asked for the operations (of this name), when it is always the same."""
    lines = {span.line for span in run.spans if name in (None, span.name)}
    return lines.pop() if len(lines) == 1 else None


def _most_common(lines: Iterable[int]) -> int | None:
    counted = Counter(lines).most_common(1)
    return counted[0][0] if counted else None


def stands_at_lock(stack: Stack, source: str) -> bool:
    """The thread waits for a lock: a watched one, or it is in C code that a `with` or an `.acquire()` called.

    In a call in a `with`, such as `with open(path):`, C code waits for something else: a lock that a call returns is
    a watched one, or the library waits for it.
    """
    if stack.wants is not None:
        return bool(stack.frames)
    in_library = stack.inside in LIBRARY_WAITS
    if not stack.frames or not (stack.inside.startswith("attempt.") or in_library):
        return False
    line = stack.frames[-1].line
    return line in _lock_lines(source, in_library)


@lru_cache(maxsize=8)  # asked for each of many stacks
def _lock_lines(source: str, calls: bool) -> frozenset[int]:
    """Lines of a `with` or of an `.acquire()`. calls: a call in a `with` may return a lock."""
    return frozenset(line for node in nodes(source) for line in _taking(node, calls))


def _taking(node: ast.AST, calls: bool) -> range:
    """The lines of this node, if it takes a lock, and if nothing else on them waits in the same place."""
    if isinstance(node, ast.With) and (
        calls or not all(isinstance(item.context_expr, ast.Call) for item in node.items)
    ):
        if calls and node.body[0].lineno == node.lineno and _calls_something(node.body):
            return range(0)  # `with Pool() as pool: pool.submit(f).result()`: the result is what is waited for
        return range(node.lineno, max(node.lineno + 1, node.body[0].lineno))
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "acquire":
        return range(node.lineno, (node.end_lineno or node.lineno) + 1)
    return range(0)


def _calls_something(body: list[ast.stmt]) -> bool:
    return any(isinstance(inner, ast.Call) for statement in body for inner in ast.walk(statement))
