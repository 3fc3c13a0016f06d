"""How many cores this process may really use."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

V1_MOUNTS = (Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup/cpu,cpuacct"))
V2_MOUNT = Path("/sys/fs/cgroup")


def usable_cpus() -> float:
    """Cores by affinity and by the CPU quota of the control group (version 1 or 2), whichever is less."""
    affinity = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min([float(affinity), *quotas(Path("/proc/self/cgroup"))])


def quotas(membership: Path, v1_mounts: tuple[Path, ...] = V1_MOUNTS, v2_mount: Path = V2_MOUNT) -> list[float]:
    """The quotas, in cores, of the control groups that a file like /proc/self/cgroup names, and of their parents."""
    found: list[float] = []
    for line in _lines(membership):
        _, controllers, path = line.split(":", 2)
        if controllers == "":
            found += _upward(v2_mount, path, _v2)
        elif "cpu" in controllers.split(","):
            for mount in v1_mounts:
                found += _upward(mount, path, _v1)
    return found


def _upward(mount: Path, path: str, read: Callable[[Path], float | None]) -> list[float]:
    folder = mount / path.lstrip("/")
    readings = [read(group) for group in (folder, *folder.parents) if group.is_relative_to(mount)]
    return [reading for reading in readings if reading is not None]


def _v2(group: Path) -> float | None:
    """cpu.max: "QUOTA PERIOD" in microseconds, or "max PERIOD"."""
    words = " ".join(_lines(group / "cpu.max")).split()
    return int(words[0]) / int(words[1]) if len(words) == 2 and words[0] != "max" else None


def _v1(group: Path) -> float | None:
    """cpu.cfs_quota_us, -1 for none, and cpu.cfs_period_us."""
    quota = " ".join(_lines(group / "cpu.cfs_quota_us"))
    period = " ".join(_lines(group / "cpu.cfs_period_us"))
    return int(quota) / int(period) if quota and period and int(quota) > 0 else None


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text().splitlines()
    except OSError:
        return []
