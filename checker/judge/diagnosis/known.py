"""Hints for errors that come in Python's own words: from the table, from the source, and from what was observed."""

from __future__ import annotations

import re
from collections.abc import Callable

from checker.judge.diagnosis import handed_over, known_closed, known_lines, known_loops, known_names, known_objects
from checker.judge.diagnosis.known_asyncio import AWAITED_TOO_EARLY, UNPACK, WRAP
from checker.judge.diagnosis.known_errors import ERRORS
from checker.judge.diagnosis.known_reading import COMPILER, FROM_C, Seen
from checker.judge.diagnosis.source import line_text, unused
from checker.model.evidence import Notice, Run

ONLY_IN_C = (
    "A `cdef` function is one for C, and Python cannot see it. Write `def` or `cpdef`: then it "
    "can be called from outside."
)

_OWN_MEMORY = (
    "Each process has memory of its own: a worker that was there before does not see what is put into a global "
    "variable later. Give it what it needs as arguments, or put it where both can reach it."
)
_BLOCKING = (
    "This is a blocking function: it gives back its result, and nothing that could be awaited. Let another thread call "
    "it: `await asyncio.to_thread(f, x)`."
)
_A_COROUTINE = (
    "What came back is a coroutine, which an `async def` gives when it is called: make that one a plain `def`."
)
_OTHER_KIND = "What your function gave back is of another kind than sync.py's: give back the same kind of object."
_LOCAL = (
    "A `threading.local` has other attributes in each thread: what one thread puts there, no other thread finds there. "
    "So every thread has to set its own before it reads it. The `initializer` of a ThreadPoolExecutor runs once in "
    "each of its threads."
)
_OF_A_CALL = re.compile("'(coroutine|generator|async_generator)' object")
_TOO_SOON = (
    "A function was called where it should be handed over, for somebody else to call it later: leave out the "
    "parentheses behind its name."
)
_A_VALUE = (
    "Parentheses call what stands before them, and here that is no function, but a value. Leave them out; or was a "
    "function meant, and another name?"
)
_A_MODULE = (
    "What is called here is a module. What you mean is something in it, behind a dot: `queue.Queue(...)`, for instance."
)
_NOT_CALLED = "gather takes coroutines, and `f` is a function: call it, `f(x)`, and it gives one."
_PLAIN_DEF = (
    "In a plain `def` the operations are blocking functions, and there are no coroutines to gather. Make the function "
    "that the checks call an `async def`, and await there."
)


def hint(run: Run, message: str, line: int | None) -> str | None:
    """A hint for this message from this line; None if there is none."""
    message = _NOT_AWAITABLE.sub(r"object \1 can't be used in 'await' expression", message)
    text = line_text(run.source, line)
    seen = Seen(run, message, line, text)
    by_rule = (found for words, rule in _RULES if re.search(words, message) and (found := rule(seen)) is not None)
    by_table = (known.hint for known in ERRORS if known.message in message and known.line in text)
    return next(by_rule, None) or known_names.hint(run.source, message, line) or next(by_table, None)


_NOT_AWAITABLE = re.compile(r"'(\w+)' object can't be awaited")
"""The words of Python 3.14; the tables have those of the versions before."""


def _blocking(seen: Seen) -> str | None:
    return _BLOCKING if known_loops.asked_blocking(seen.run) else None


def _shut_down(seen: Seen) -> str:
    return known_closed.pool(seen) if seen.line is not None else known_closed.came_back(seen.run.source)


def _of_what_came_back(seen: Seen) -> str | None:
    """The checker used what the attempt had returned, and could not."""
    if seen.line is not None or "'NoneType'" in seen.message:
        return None
    return _A_COROUTINE if "'coroutine'" in seen.message else _OTHER_KIND


def _not_set(seen: Seen) -> str:
    return handed_over.called(seen.run.source) or _LOCAL


def _not_called(seen: Seen) -> str | None:
    if "'NoneType'" in seen.message:
        return None
    if "'module'" in seen.message:
        return _A_MODULE
    return handed_over.called(seen.run.source) or (_TOO_SOON if _OF_A_CALL.search(seen.message) else _A_VALUE)


def _not_unpacked(seen: Seen) -> str | None:
    """A list went to `gather` itself, and not to an operation that is called in the same line."""
    return UNPACK if "gather(" in seen.text else None


def _no_shared_memory(seen: Seen) -> str | None:
    return _OWN_MEMORY if "global " in seen.run.source and len(seen.run.cpu.processes) > 1 else None


def _not_awaitable(seen: Seen) -> str:
    """A hint for a `gather` of something that cannot be awaited."""
    run, text = seen.run, seen.text
    if seen.line is None:
        return WRAP  # the checker awaited what the attempt had returned
    if _ITERABLE.search(text if "gather(" in text else run.source):
        return UNPACK
    if ".submit(" in run.source:
        return WRAP
    if not run.beats:
        return _PLAIN_DEF
    one = _ONE_NAME.search(text)
    if one is not None and (made := re.search(rf"\b{one[2]} = ([\[{{])", run.source)) is not None:
        return UNPACK if not one[1] else _VALUES if made[1] == "{" else AWAITED_TOO_EARLY
    if known_loops.asked_blocking(run):
        return _BLOCKING
    too_early = _AWAITED.search(run.source) or ("gather(" not in text and run.spans)
    return AWAITED_TOO_EARLY if too_early else _NOT_CALLED


_RULES: tuple[tuple[str, Callable[[Seen], str | None]], ...] = (
    ("a coroutine or an awaitable is required", _not_awaitable),
    ("can't be used in 'await' expression", _blocking),
    (r"^(?!.*\(\) cannot be called with \().*unhashable type: 'list'", _not_unpacked),
    ("'(await|async for|async with)' outside async function", known_lines.not_async),
    ("no running event loop", known_loops.no_loop),
    ("a coroutine was expected, got (?!<)", known_loops.no_coroutine),
    ("cannot schedule new futures after shutdown", _shut_down),
    ("Session is closed", known_closed.session),
    ("object has no attribute", known_objects.not_written),
    ("object has no attribute|does not support the context manager", _of_what_came_back),
    ("does not support the context manager", known_objects.not_entered),
    ("does not support the asynchronous context manager", known_objects.not_awaited),
    ("_local' object has no attribute", _not_set),
    ("positional arguments? but", known_objects.no_self),
    (
        "were given|was given|required positional argument|argument after . must be",
        lambda seen: handed_over.no_tuple(seen.run.source),
    ),
    ("required positional argument", known_lines.called_by_checks),
    ("object is not callable", _not_called),
    ("'NoneType' object", _no_shared_memory),
    ("'NoneType' object", known_lines.asked_of_none),
    ("too many values to unpack", known_lines.too_many),
    ("were given", known_lines.starred),
)
"""Words of an error -> what finds a hint in the source or in what was observed, or None."""


def compiler_hint(source: str, message: str) -> str:
    """A hint for this message of Cython."""
    if _FROM_C.search(source):
        return FROM_C
    return next((known.hint for known in COMPILER if known.message in message), _ABOVE)


_FROM_C = re.compile(r"^[ \t]*from libc\S* import ", re.MULTILINE)
_ABOVE = "Look at that line, and at the end of the line above it."
_AWAITED = re.compile(r"[\[(*]\s*await (?!asyncio)")
_ITERABLE = re.compile(r"gather\((?:map\(|\[|\(|[^*]{0,500}\bfor\b|[\w.]+\.values\(\))")  # of one call
_ONE_NAME = re.compile(r"gather\((\*?)(\w+)[,)]")
_VALUES = "To unpack a dict gives its keys. What you made is in its values: `gather(*tasks.values())`."


def unawaited(run: Run) -> str | None:
    """A hint, if a coroutine was made and never awaited."""
    notice = run.notice("never awaited")
    if notice is None:
        return None
    at = f" made at line {notice.line}" if notice.line is not None else ""
    return f"Nobody awaited the coroutine {named(notice)}{at}, so that it did nothing: put an `await` before it."


def forgotten(run: Run) -> str | None:
    """The same, only if the line makes the coroutine and does no more: else its `await` may not have been reached."""
    notice = run.notice("never awaited")
    if notice is None:
        return None
    made = unused(run.source, named(notice).strip("'").rpartition(".")[2])
    return unawaited(run) if any(call.lineno == notice.line for call in made) else None


def named(unawaited: Notice) -> str:
    """The name of the coroutine in Python's warning, in quotes."""
    return unawaited.text.removeprefix("coroutine ").removesuffix(" was never awaited")


_RESULTS = (
    (
        ("an async generator",),
        "An `async def` with a `yield` makes its items one after the other: collect them in a list, and `return` that.",
    ),
    (
        (r"generator\b", r"iterator\b", r"\bmap\b", r"\bfilter\b", r"\bzip\b"),
        "It makes its items only when somebody asks for them: wrap it in `list(...)`.",
    ),
    ((r"`\.result\(\)`",), "A future stands for a result that may come later: `.result()` waits for it, and gives it."),
    (
        ("type method", "type function"),
        "This is a function that nobody has called: the parentheses behind it are missing.",
    ),
    (
        (r"Future\b", r"\bcoroutine\b", r"\bTask\b"),
        "What it will be is not there yet: `await` it, and return what that gives.",
    ),
    (("float nan",), "nan stands for no number: of nothing there is no mean and no part. Which line made it, of what?"),
)
_NAN_IN_C = (
    "Not a number comes of the square root of a negative number: in C a product of two ints can be too large for one, "
    "and becomes negative. Take `long long`, or `double`."
)


def hint_for_result(file: str, what: str) -> str | None:
    """A hint for a function in this file that returned this instead of plain data; None if there is none."""
    if "float nan" in what and file.endswith(".pyx"):
        return _NAN_IN_C
    return next((hint for words, hint in _RESULTS if any(re.search(word, what) for word in words)), None)
