"""What programs that read a learner's files (compilers, Git) may take of the machine: it may be made for that."""

from __future__ import annotations

SCRIPT = """
{ ulimit -S -t "$1"; ulimit -v "$2"; ulimit -f "$3"; } 2>/dev/null
shift 3
exec "$@"
"""
"""A system that does not know one of the limits (macOS: memory), or has a lower one, keeps its own. The one on CPU time
is soft: who exceeds it is ended by a signal of its own."""


def limited(cpu_s: int, memory_mib: int, file_mib: int) -> list[str]:
    """What to put before a command. Each of its processes has so much: CPU time, memory, and of each file it writes."""
    half_kib, kib = 2048, 1024  # of a MiB: the units of POSIX's ulimit
    return ["sh", "-c", SCRIPT, "limited", str(cpu_s), str(memory_mib * kib), str(file_mib * half_kib)]
