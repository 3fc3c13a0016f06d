"""The Python that runs attempts: the grader's own, or another one."""

from __future__ import annotations

from checker.model.record import Record


class Interpreter(Record):
    """A CPython, as it told of itself before any attempt was loaded."""

    path: str
    """Of its executable."""
    version: str
    """Such as 3.14.1."""
    gil: bool = True
    """Whether it has a GIL when it starts. Without one, an extension that needs it can still switch it on."""
    include: str = ""
    """The folder of its C headers; "" where they are not installed."""
    linker: tuple[str, ...] = ("cc", "-shared")
    """How it was told to make extension modules."""
    asked: str = ""
    """The name or path by which it was asked for; "" for the grader's own."""

    @property
    def number(self) -> tuple[int, int]:
        """Such as (3, 14)."""
        major, minor = self.version.split(".")[:2]
        return int(major), int(minor)

    @property
    def name(self) -> str:
        """What reports call it."""
        return f"Python {self.version}, GIL {'on' if self.gil else 'off'}"
