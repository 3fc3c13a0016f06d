"""Functions of the C library that Python does not have, with errors as Python has them."""

from __future__ import annotations

import ctypes
import os
import struct
from functools import cache

_CAPABILITIES_VERSION = 0x20080522
"""Of <linux/capability.h>: the third."""


def call(function: str, *arguments: object, about: str = "") -> int:
    """What the function returns. Raises OSError when that is negative; `about`: for its message."""
    result: int = getattr(_library(), function)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function} {about}: {os.strerror(number)}")
    return result


def drop_capabilities() -> None:
    """For good, where a process cannot gain any either. Raises OSError."""
    call("capset", struct.pack("=Ii", _CAPABILITIES_VERSION, 0), bytes(24))


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
