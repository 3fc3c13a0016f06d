"""The named mistakes, with their usual hints: one table. Explanations are in docs/diagnoses."""

from __future__ import annotations

from enum import StrEnum


class Code(StrEnum):
    """A named mistake. The order is how telling each is: the first that an attempt has is shown first."""

    hint: str
    """What to look at next: short, kind, and right wherever the mistake is made."""

    def __new__(cls, value: str, hint: str = "") -> Code:
        """A member is its name and its hint."""
        code = str.__new__(cls, value)
        code._value_ = value
        code.hint = hint
        return code

    @property
    def more(self) -> str:
        """The command that shows its page."""
        return f"checker explain {self}"

    # fmt: off
    SYNTAX_ERROR = "SYNTAX_ERROR", (
        "Python could not read the file. Look at that line, and at the end of the line above it."
    )
    MISSING = "MISSING", "Keep the names of sync.py: the checks call them. Compare your attempt.py with sync.py."
    NO_GUARD = "NO_GUARD", (
        "Move what runs at the bottom of the file under `if __name__ == '__main__':`. A new process imports your file "
        "first, and would start processes of its own."
    )
    PICKLE = "PICKLE", (
        "What goes to another process is pickled, and functions are pickled by name: use a function defined at the top "
        "level of the file, not a lambda or an inner function."
    )
    DEADLOCK = "DEADLOCK", (
        "Find who holds the lock. A thread that takes the same Lock twice waits for itself: use an RLock, or do not "
        "call a locking method while you hold the lock."
    )
    HANG = "HANG", "Ask what it waits for, and who would have to act for it to go on."
    BAD_RESULT_TYPE = "BAD_RESULT_TYPE", (
        "Return the finished values themselves: plain lists, tuples, dicts, numbers, text or bytes."
    )
    RACE = "RACE", (
        "Reading a value and writing it back must be one step that no other thread can enter: hold the same lock "
        "around both, wherever this value is changed."
    )
    OVERDRAFT = "OVERDRAFT", (
        "A check is only true as long as nobody else can change what was checked: make the check and the change inside "
        "the same `with lock:` block."
    )
    LEAK_TASK = "LEAK_TASK", (
        "Keep every task that you create, and await it (or cancel it and await it) before you return."
    )
    LOST = "LOST", "Follow one result from where it is made to the return: somewhere it is not kept, or not waited for."
    SWALLOWED = "SWALLOWED", (
        "An exception in a thread or task stays there until somebody asks for the result. Ask every future for its "
        "result, or catch the exception where the work is done and keep it."
    )
    DUPLICATE = "DUPLICATE", "Make sure that each piece of work is started in one place only."
    ORDER = "ORDER", (
        "Results get ready in another order than they were asked for. Some tools keep the order of the inputs "
        "(executor.map, asyncio.gather), some hand out what is ready (as_completed): which order is asked for here?"
    )
    CRASHED = "CRASHED", "Read the exception and that line. With `pytest -s`, breakpoint() lets you look around."
    NO_CANCEL = "NO_CANCEL", "Cancelling only asks. Await what you cancelled, and let CancelledError pass."
    BLOCKS_LOOP = "BLOCKS_LOOP", (
        "While one coroutine blocks, no other can run: there is one thread. Use the awaitable version of that call, or "
        "asyncio.to_thread for what has none."
    )
    WORK_SKIPPED = "WORK_SKIPPED", "This exercise is about doing the same work sooner, not about doing less of it."
    WORK_MULTIPLIED = "WORK_MULTIPLIED", (
        "Give each worker its own part, in a few large pieces: each work item has a cost, and what is done twice helps "
        "nobody."
    )
    GIL_BOUND = "GIL_BOUND", (
        "In CPython one thread at a time runs Python code (it holds the GIL). For computing, use processes: each has "
        "an interpreter, and a GIL, of its own."
    )
    OVER_LIMIT = "OVER_LIMIT", (
        "A limit that is made anew for each call, not asked for, or let go of before the work is done, limits nothing: "
        "use one for all, around all of the work."
    )
    UNBOUNDED = "UNBOUNDED", (
        "Take the next one only when there is room for it: a queue with a maximum size makes a fast producer wait."
    )
    TOO_FAST = "TOO_FAST", (
        "Nothing can be done before what it needs is there. Look for something that is not waited for."
    )
    LEAK_THREAD = "LEAK_THREAD", (
        "Join every thread that you start, and shut down every executor (the end of its `with` block does both)."
    )
    LEAK_PROC = "LEAK_PROC", "Close the pool and wait for it: use it in a `with` block."
    LEAK_SHM = "LEAK_SHM", (
        "Shared memory belongs to no process and ends with none. Whoever makes it must also `unlink()` it, in a "
        "`finally` whose `try` begins right after it was made; `close()` only lets go of it in one process."
    )
    LEAK_SESSION = "LEAK_SESSION", "Use the session in an `async with` block, so that it is closed."
    BUSY_WAIT = "BUSY_WAIT", "Asking again and again burns a core. Wait for an event, a future or a lock instead."
    SERIAL = "SERIAL", "Start all of the work before you wait for any of it."
    UNDER_USED = "UNDER_USED", (
        "Something is side by side, but not enough. Look for a limit that is too small, an uneven split, or a point "
        "where everything waits for the slowest."
    )
    LATE = "LATE", (
        "The work is side by side, but then something else takes time. Look at what comes before and after it: perhaps "
        "a join(), a `with` block or a shutdown() waits."
    )
    WRONG_TOOL = "WRONG_TOOL", "This exercise is about another tool, however well this one works: see its README."
    WRONG_RESULT = "WRONG_RESULT", (
        "Follow this value from where it is made to the return, and compare with what sync.py does."
    )
    STUB_UNCHANGED = "STUB_UNCHANGED", "Open attempt.py and begin with the first hint in the exercise's README."
    # fmt: on
