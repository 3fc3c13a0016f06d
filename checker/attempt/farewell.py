"""How a process of the attempt ends: without Python's own farewell, which would wait for threads, perhaps for ever."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from typing import NoReturn


def flush() -> None:
    """Write what was printed without the end of a line."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):  # the attempt may have put anything in their place, or closed them
            stream.flush()


def end_copy(error: BaseException | None) -> NoReturn:
    """End a copy of the process that os.fork made, as Python would: with this exception, or when all was done."""
    status: object = 0 if error is None else 1
    if isinstance(error, SystemExit):
        status = error.code or 0
    elif error is not None:
        traceback.print_exception(error)
    if not isinstance(status, int):  # sys.exit("text")
        print(status, file=sys.stderr)  # noqa: T201
        status = 1
    flush()
    os._exit(status & 0xFF)
