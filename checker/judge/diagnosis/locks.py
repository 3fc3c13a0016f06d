"""Deadlocks: those that happened, and those that may."""

from __future__ import annotations

from collections.abc import Sequence
from string import ascii_uppercase

from checker.judge import lock_order
from checker.judge.diagnosis import lines
from checker.judge.diagnosis.sentence import count, diagnosis
from checker.judge.diagnosis.source import line_text
from checker.model.answer import Diagnosis
from checker.model.codes import Code
from checker.model.evidence import Run
from checker.model.outcome import Held, Hung, LockStep, Stack


def order(run: Run) -> Diagnosis | None:
    """Locks that are taken in different orders: a deadlock as soon as the threads meet."""
    circle = lock_order.circle(run.lock_steps)
    if circle is None:
        return None
    names = _names([number for step in circle for number in (step.held, step.wanted)])
    first, *others = circle
    sentence = f"One thread takes {_taking(first, names)}; " + "; ".join(
        f"another takes {_taking(step, names)}" for step in others
    )
    return diagnosis(Code.DEADLOCK, f"{sentence}. When they meet, each waits for the other", first.wanted_line, _ORDER)


_ORDER = (
    "Let every thread take the locks in the same order, whatever the order of the arguments: sort them by something "
    "that never changes and that no two of them share."
)


def _taking(step: LockStep, names: dict[int, str]) -> str:
    held, wanted = _at(step.held_line), _at(step.wanted_line)
    return f"lock {names[step.held]}{held} and then {names[step.wanted]}{wanted}"


def _at(line: int | None) -> str:
    return f" (line {line})" if line is not None else ""


def hang(outcome: Hung, source: str) -> tuple[str, int | None, str | None] | None:
    """Who holds and who waits, the line of one who waits, and a hint; None when no thread stands at a lock."""
    waiting = [stack for stack in outcome.stacks if lines.stands_at_lock(stack, source)]
    if not waiting:
        return None
    line = waiting[0].frames[-1].line
    let_go = _WITH if ".acquire(" in source else None
    known = [stack for stack in waiting if stack.wants is not None]
    if not known:
        sentence = f"{count(len(waiting), 'thread waits', 'threads wait')} for a lock that nobody will release"
        return sentence, line, let_go
    left = _left_taken(known, outcome.stacks, source)
    if left is not None:
        return left, line, _WITH
    if any(held.lock == known[0].wants for held in known[0].holds):
        if any(stack.who.startswith("task ") for stack in outcome.stacks):
            return (
                "the event loop, and all tasks with it, waits for a lock that one of the tasks holds",
                line,
                _OF_TASKS,
            )
        return "a thread waits for a lock that it holds itself", line, None
    circle = _circle(known)
    if circle:
        return _who(circle, outcome.stacks), line, _ORDER
    held = {held.lock for stack in outcome.stacks for held in stack.holds}
    never_let_go = [stack for stack in known if stack.wants not in held]  # the thread that took it has ended
    return _who((never_let_go or known)[:2], outcome.stacks), line, let_go if never_let_go else None


def _left_taken(waiting: Sequence[Stack], stacks: Sequence[Stack], source: str) -> str | None:
    """A lock whose holder has left the code that took it, without letting go."""
    wanted = {stack.wants for stack in waiting}
    for stack in stacks:
        left = next((held for held in stack.holds if held.lock in wanted and _has_left(stack, held, source)), None)
        if left is not None:
            threads = count(len(waiting), "thread waits", "threads wait")
            taken = f"at line {left.line}" if left.line is not None else "by acquire()"
            return f"{threads} for a lock that was taken {taken}, and that nobody let go of"
    return None


def _has_left(stack: Stack, held: Held, source: str) -> bool:
    """It is elsewhere, or waits again at the line that took the lock by acquire(): a `with` would have let go of it."""
    if not stack.frames:
        return True
    again = stack.wants == held.lock and stack.frames[-1].line == held.line
    functions = [frame.function for frame in stack.frames]
    return again and ".acquire(" in line_text(source, held.line) and functions.count(functions[-1]) == 1


_OF_TASKS = (
    "All tasks share one thread, and a lock of `threading` stops it, with the task in it that holds the lock. Between "
    "tasks use an `asyncio.Lock`, with `async with`: who waits for that lets the others go on."
)
_WITH = (
    "Whoever takes a lock by acquire() and then raises, or returns, before release() leaves it taken. `with lock:` "
    "lets go of it whatever happens."
)


def _circle(waiting: Sequence[Stack]) -> list[Stack]:
    """Threads of which each waits for the next, and the last for the first; empty when there are none."""
    holder = {held.lock: stack for stack in waiting for held in stack.holds}
    for first in waiting:
        path = [first]
        while (following := holder.get(path[-1].wants or 0)) is not None and following not in path:
            path.append(following)
        if following is first:
            return path
    return []


def _who(waiting: Sequence[Stack], stacks: Sequence[Stack]) -> str:
    holder = {held.lock: (stack, held) for stack in stacks for held in stack.holds}
    names = _names([stack.wants for stack in waiting if stack.wants is not None])
    parts = []
    for stack in waiting:
        assert stack.wants is not None
        who, name = stack.who.removeprefix("thread "), names[stack.wants]
        if stack.wants in holder:
            other, held = holder[stack.wants]
            parts.append(f"{who} waits for lock {name}, which {other.who.removeprefix('thread ')} took{_at(held.line)}")
        else:
            parts.append(f"{who} waits for lock {name}, which nobody will release")
    return "; ".join(dict.fromkeys(parts))


def _names(numbers: Sequence[int]) -> dict[int, str]:
    """Locks as people call them: A, B, C."""
    in_order = dict.fromkeys(numbers)
    return {number: ascii_uppercase[index % len(ascii_uppercase)] for index, number in enumerate(in_order)}
