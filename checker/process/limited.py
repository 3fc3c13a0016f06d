"""Limits for programs that read a learner's files (compilers, Git), which may be made to exhaust the machine."""

from __future__ import annotations

SCRIPT = """
{ ulimit -S -t "$1"; ulimit -v "$2"; ulimit -f "$3"; } 2>/dev/null
shift 3
exec "$@"
"""
"""A system that does not have one of the limits (macOS: memory), or has a lower one, keeps its own. The limit on CPU
time is soft, so a process that exceeds it is ended by a signal of its own (SIGXCPU)."""


def limited(cpu_s: int, memory_mib: int, file_mib: int) -> list[str]:
    """A prefix for a command. It limits each of its processes: CPU time, memory, and the size of each written file."""
    half_kib, kib = 2048, 1024  # of a MiB: the units of POSIX's ulimit
    return ["sh", "-c", SCRIPT, "limited", str(cpu_s), str(memory_mib * kib), str(file_mib * half_kib)]
