"""Functions of the C library that Python does not have, with errors as Python has them."""

from __future__ import annotations

import ctypes
import os
from functools import cache


def call(function: str, *arguments: object, about: str = "") -> int:
    """What the function returns. Raises OSError when that is negative; `about`: for its message."""
    result: int = getattr(_library(), function)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function} {about}: {os.strerror(number)}")
    return result


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
