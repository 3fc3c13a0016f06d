"""Whether anybody in this process can still act: then what one thread waits for may yet come."""

from __future__ import annotations

import concurrent.futures.thread
import sys
import threading
from types import FrameType

from checker.attempt.meeting import is_ready

FOREVER = (None, -1)
WAITS = {
    threading.__file__: ("wait", "join", "_wait_for_tstate_lock"),
    concurrent.futures.thread.__file__: ("_worker",),
}
"""Functions in which a thread stands until another one acts, by their files: the innermost of Python's own."""
_frames = sys._current_frames  # kept: an attempt may patch the module

Standing = dict[int, tuple[int, int]]
"""Where each thread stands: its frame, and the instruction."""


def others(waits: str) -> Standing | None:
    """Where all other threads stand, if each waits without a time limit for another one; None if one may act.

    waits: a file whose functions only wait, too. To be asked twice, a while apart: who has just been woken, and had no
    turn yet, still seems to wait, but stands elsewhere then.
    """
    numbers = {each.ident: each.native_id for each in threading.enumerate()}
    standing = {}
    for ident, frame in _frames().items():
        if ident == threading.get_ident():
            continue
        number = numbers.get(ident)
        if number is None or is_ready(number) or not _waits_forever(frame, waits):
            return None
        standing[ident] = id(frame), frame.f_lasti
    return standing


def _waits_forever(frame: FrameType, waits: str) -> bool:
    code = frame.f_code
    is_waiting = code.co_filename == waits or code.co_name in WAITS.get(code.co_filename, ())
    return is_waiting and frame.f_locals.get("timeout") in FOREVER
