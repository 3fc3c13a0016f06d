"""Tells what an attempt has raised on purpose from what Python raises of its mistakes."""

from __future__ import annotations

import dis
import inspect
from types import ModuleType

from checker.attempt.named import file_of

_RAISE = dis.opmap["RAISE_VARARGS"]


def is_mistake(error: BaseException, attempt: ModuleType) -> bool:
    """Whether it came up in a line of the attempt that has no `raise`, such as `a, b = one_thing`.

    What a library has raised may be an exception that the attempt has handed to a future: that is none.
    """
    at = error.__traceback__
    while at is not None and at.tb_next is not None:
        at = at.tb_next
    if at is None:
        return False
    code = at.tb_frame.f_code
    in_a_coroutine = bool(code.co_flags & inspect.CO_COROUTINE)  # an `await` brings what a future was given
    return code.co_filename == file_of(attempt) and code.co_code[at.tb_lasti] != _RAISE and not in_a_coroutine
