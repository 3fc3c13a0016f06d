"""Distinguishes exceptions that an attempt raises on purpose from those that Python raises for its mistakes."""

from __future__ import annotations

import dis
import inspect
from types import ModuleType

from checker.attempt.named import file_of

_RAISE = dis.opmap["RAISE_VARARGS"]


def is_mistake(error: BaseException, attempt: ModuleType) -> bool:
    """Whether it came from a line of the attempt without `raise`, such as `a, b = one_thing`.

    An exception from a library does not count: the attempt may have passed it to a future on purpose.
    """
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if at is None:
        return False
    code = at.tb_frame.f_code
    in_a_coroutine = bool(code.co_flags & inspect.CO_COROUTINE)  # `await` raises what a future was given
    return code.co_filename == file_of(attempt) and code.co_code[at.tb_lasti] != _RAISE and not in_a_coroutine
