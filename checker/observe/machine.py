"""What the whole machine does: how much CPU time all programs together have used, and the host of a virtual one."""

from __future__ import annotations

from typing import NamedTuple

import psutil

IDLE = ("idle", "iowait", "guest", "guest_nice")
"""Not work, or counted under another name already."""


class Used(NamedTuple):
    """CPU seconds since the machine started, on all cores."""

    busy_s: float
    """By everybody, also by other guests of the host."""
    stolen_s: float
    """Of these, by other guests: a thread that had such a core stood still, and did not wait (proc_stat(5), steal)."""


def used() -> Used:
    """Until now. Stolen time is 0 where the system does not tell it."""
    times = psutil.cpu_times()._asdict()
    busy_s = sum(value for name, value in times.items() if name not in IDLE)
    return Used(float(busy_s), float(times.get("steal", 0.0)))


def outside(before: Used, own_s: float) -> Used:
    """What everything else has used since then. `own_s`: the call's own CPU seconds, which do not count.

    Some kernels count what is stolen from a thread as its own, too (CONFIG_PARAVIRT_TIME_ACCOUNTING is off).
    """
    now = used()
    stolen_s = max(0.0, now.stolen_s - before.stolen_s)
    return Used(max(stolen_s, now.busy_s - before.busy_s - own_s), stolen_s)
