"""How much one call of an attempt may take of the machine. The sentence that a learner reads names what was hit."""

from __future__ import annotations

from typing import Annotated

import msgspec

from checker.model.record import Record

MIB = 2**20
Most = Annotated[int, msgspec.Meta(ge=1)]


class Limits(Record, forbid_unknown_fields=True):
    """For a call and everything that it starts; time has a limit of its own, the exercise's deadline.

    An exercise that needs others says so in its exercise.toml: `limits = {memory_mib = 4096}`.
    """

    processes: Most = 256
    """More is a fork bomb, or a pool that starts pools."""
    threads: Most = 1000
    cpu_s: Most = 120
    """In all processes together."""
    memory_mib: Most = 2048
    """In all processes together. What they share counts once."""
    file_mib: Most = 512
    """Of each file that it writes; the operating system refuses more."""
    disk_mib: Most = 512
    """Of all files that it writes together."""
    files: Most = 5000
    """That it makes, folders among them. At the level *namespaces* the operating system refuses more, of both."""
    open_files: Most = 1024
    """Of each process; the operating system refuses more."""

    def exceeded(self, processes: int, threads: int, memory_bytes: int, cpu_s: float) -> str:
        """What is more than allowed; "" if nothing is."""
        if processes > self.processes:
            return f"more than {self.processes} processes"
        if threads > self.threads:
            return f"more than {self.threads} threads"
        if memory_bytes > self.memory_mib * MIB:
            return f"more than {self.memory_mib} MiB of memory"
        if cpu_s > self.cpu_s:
            return f"more than {self.cpu_s} seconds of CPU time"
        return ""
