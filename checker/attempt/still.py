"""Whether another thread of this process can still act. If none can, a thread that waits for one waits for ever."""

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
"""Functions in which a thread waits until another one acts, by their files: its innermost Python frame."""
_frames = sys._current_frames  # kept: an attempt may patch the module

Standing = dict[int, tuple[int, int]]
"""Where each thread stands: its frame and instruction."""


def others(waits: str) -> Standing | None:
    """Where all other threads stand, if each waits for another one without a timeout; None if one of them may act.

    `waits`: a further file whose functions only wait. Ask twice, some time apart, and compare: a thread that was woken,
    but has not run yet, still seems to wait, and will stand elsewhere later.
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
