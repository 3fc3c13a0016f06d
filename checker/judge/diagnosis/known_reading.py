"""Errors from before anything of an attempt runs: it is read, compiled and imported. A table like known_errors."""

from __future__ import annotations

from typing import NamedTuple

from checker.model.evidence import Run


class Known(NamedTuple):
    """Words of an error, and words of the line that raised it ("" for any)."""

    message: str
    hint: str
    line: str = ""


class Seen(NamedTuple):
    """An error as it was met: in which run, in which line (None: outside of the attempt), and that line's text."""

    run: Run
    message: str
    line: int | None
    text: str


LIBRARIES = (
    "aiocache", "aiofiles", "aiolimiter", "aiostream", "anyio", "async_lru", "async_timeout", "billiard", "cachetools",
    "curio", "dask", "django", "fastapi", "flask", "freezegun", "gevent", "greenlet", "httpx", "joblib", "loky",
    "more_itertools", "numba", "numpy", "pandas", "pebble", "quart", "ray", "requests", "scipy", "starlette",
    "tenacity", "tornado", "tqdm", "trio", "unsync", "urllib3", "uvicorn", "uvloop",
)  # fmt: skip
"""Libraries that people like to import, and that are not installed with the checker."""
_NOT_INSTALLED = (
    "This library is not there where attempts are graded: only the standard library is, and what the exercise is "
    "about. What is there that does the same?"
)
_ALONE = (
    "Only attempt.py is graded: what is in another file of yours is not there. Put it into attempt.py. Of libraries "
    "there are those of Python, and what the exercise is about."
)
_SAVE_AS_UTF8 = "Python reads text as UTF-8: save the file again in your editor, with the encoding UTF-8."
FROM_C = "C's own functions come with `cimport`, and not with `import`: `from libc.math cimport sqrt`."
_NO_PYTHON = (
    "Look at that line. Without the GIL there is no Python: no objects, no Python functions, no exceptions, no print."
)

COMPILER = (
    Known("without the GIL", _NO_PYTHON),
    Known("without gil", _NO_PYTHON),
    Known("cdef statement not allowed here", "Put every `cdef` line at the top of the function, before its loops."),
    Known(
        "in Python function signature",
        "A `def` is for Python, and begins with the GIL. Let go of it inside: `with nogil:` around the loop.",
    ),
)
"""What Cython says."""

READING = (
    Known("it is UTF-16", _SAVE_AS_UTF8),
    Known("it is not UTF-8", _SAVE_AS_UTF8),
    *(Known(f"No module named '{name}", _NOT_INSTALLED) for name in LIBRARIES),
    Known("No module named 'libc", FROM_C),
    Known("No module named", _ALONE),
    Known(
        "'await' outside async function",
        "`await` needs an `async def` around it. Is the line in the function that the checks call? Make that one so.",
    ),
    Known(
        "attempted relative import",
        "Only attempt.py is graded, and it is no part of a package: put what you need into it, and import libraries "
        "by their names.",
    ),
)
