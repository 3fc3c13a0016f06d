"""How much one call of an attempt may take of the machine. The sentence that a learner reads names what was hit."""

from __future__ import annotations

from checker.model import Record

MIB = 2**20


class Limits(Record):
    """For a call and everything that it starts; time has a limit of its own, the exercise's deadline."""

    processes: int = 256
    """More is a fork bomb, or a pool that starts pools."""
    threads: int = 1000
    memory_mib: int = 2048
    """In all processes together. What they share counts once."""
    file_mib: int = 512
    """Of each file that it writes; the operating system refuses more."""
    open_files: int = 1024
    """Of each process; the operating system refuses more."""

    def exceeded(self, processes: int, threads: int, memory_bytes: int) -> str:
        """What is more than allowed; "" if nothing is."""
        if processes > self.processes:
            return f"more than {self.processes} processes"
        if threads > self.threads:
            return f"more than {self.threads} threads"
        if memory_bytes > self.memory_mib * MIB:
            return f"more than {self.memory_mib} MiB of memory"
        return ""
