"""Calls functions of the C library that Python does not offer. Their errors become OSError."""

from __future__ import annotations

import ctypes
import os
import struct
from functools import cache

_CAPABILITIES_VERSION = 0x20080522
"""Version 3, from <linux/capability.h>."""
_NO_NEW_PRIVILEGES = 38
"""PR_SET_NO_NEW_PRIVS, from <linux/prctl.h>."""


def call(function: str, *arguments: object, about: str = "") -> int:
    """The function's result. Raises OSError if that is negative. `about`: is added to the error message."""
    result: int = getattr(_library(), function)(*arguments)
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{function} {about}: {os.strerror(number)}")
    return result


def drop_capabilities() -> None:
    """For good, once the process cannot gain any (`gain_no_privileges`). Raises OSError."""
    call("capset", struct.pack("=Ii", _CAPABILITIES_VERSION, 0), bytes(24))


def gain_no_privileges() -> None:
    """No program that this thread executes gives it privileges. Landlock and seccomp require this. Raises OSError."""
    call("prctl", _NO_NEW_PRIVILEGES, 1, 0, 0, 0)


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
