"""What is called: the text of an attempt, a function, and its arguments, which may be made in the attempt's process."""

from __future__ import annotations

import socket
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from checker.attempt import wire
from checker.catalog import COMPILED
from checker.model.exercise import ATTEMPT
from checker.world.operations import describe
from checker.world.visitors import Listener


@dataclass(frozen=True)
class Source:
    """The text of an attempt, of sync, or of a reference."""

    text: bytes | None
    """None: there is no file."""
    compiled: bool = False
    """It is Cython, and must be built before it can be called."""
    path: str | None = None
    """Its author's path, for tracebacks and debuggers; None: unknown, or not needed."""

    @property
    def file(self) -> str:
        """The file's name in its exercise."""
        return COMPILED if self.compiled else ATTEMPT

    @classmethod
    def read(cls, path: Path) -> Source:
        return cls(path.read_bytes() if path.is_file() else None, path.suffix == ".pyx", str(path.absolute()))

    @property
    def sha256(self) -> str | None:
        return sha256(self.text).hexdigest() if self.text is not None else None


@dataclass(frozen=True)
class WarmPool:
    """An argument that becomes a process pool whose workers have all started."""

    workers: int
    shared_memory: bool = False
    """The workers share this process's resource tracker. Each would start one of its own, which unlinks what they have
    opened when they end, and complains (CPython before 3.13, or without track=False)."""


class Namespace:
    """An argument that becomes an object with these attributes."""

    def __init__(self, **fields: Any) -> None:
        self.fields = fields

    def describe(self) -> wire.Plain:
        return {wire.TAG: "namespace", "fields": wire.pack(self.fields, describe)}


@dataclass(frozen=True)
class Invocation:
    """One call: a function of the attempt, or of the trusted driver code `scenario`, which gets the attempt first."""

    function: str
    args: tuple[Any, ...] = ()
    named: dict[str, Any] = field(default_factory=dict)
    scenario: Path | None = None
    start_method: str | None = None
    """How multiprocessing starts processes in this call; None: the platform's default."""

    @property
    def name(self) -> str:
        """The function's name, for learners."""
        return f"scenario.py's {self.function}" if self.scenario is not None else self.function


class Handed:
    """The arguments of a call as plain data, and what must exist in the attempt's process before the call."""

    def __init__(self, invocation: Invocation) -> None:
        self.sockets: list[socket.socket] = []
        self.pools: list[dict[str, Any]] = []
        args, named = (wire.pack(each, self._describe) for each in (list(invocation.args), invocation.named))
        self.arguments: dict[str, wire.Plain] = {"args": args, "named": named}

    def _describe(self, value: Any) -> wire.Plain | None:
        """Describe listeners and pools by their index in our lists, and other objects as the world does."""
        if isinstance(value, Listener):
            self.sockets.append(value.socket)
            return {wire.TAG: "listener", "number": len(self.sockets) - 1}
        if isinstance(value, WarmPool):
            self.pools.append(asdict(value))
            return {wire.TAG: "pool", "number": len(self.pools) - 1}
        return describe(value)
