"""What the whole machine does: how much CPU time all programs together have used."""

from __future__ import annotations

import psutil

IDLE = ("idle", "iowait", "guest", "guest_nice")
"""Not work, or counted under another name already."""


def busy_s() -> float:
    """CPU seconds used since the machine started, on all cores, by everybody (also by other guests of the host)."""
    times = psutil.cpu_times()._asdict()
    return float(sum(value for name, value in times.items() if name not in IDLE))
