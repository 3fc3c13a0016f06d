"""A fork server: `python -m checker.attempt FD HIDDEN...`, where FD is one end of a Unix socket pair.

Each message on the socket is one JSON object (a job) with the file descriptors that the job uses. The server imports
what the job needs, answers with one byte, and forks. A fork of a warm interpreter takes 2 ms, a fresh interpreter with
asyncio 60 ms, so every call of every check can have a process of its own. The server has one thread, so forking it is
safe. HIDDEN are folders that no attempt may read.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import threading  # noqa: F401  (imported for the forks)
import urllib.request
from collections.abc import Iterable

from checker.attempt import descendants, keeper, landlock

PRELOADED = (
    "asyncio",
    "concurrent.futures.process",
    "concurrent.futures.thread",
    "contextvars",
    "functools",
    "hashlib",
    "inspect",
    "multiprocessing.pool",
    "queue",
    "random",
    "time",
)
LEFT_OUT = "aiodns"
"""Pretend that it is not installed. Otherwise aiohttp resolves names with it, even plain addresses, in threads that
never end and would look like the attempt's."""
MAX_MESSAGE_BYTES = 65536
TAKEN = b"."
"""The answer to a job: everything is imported, and the fork comes next."""


def main(control: socket.socket, hidden: list[str]) -> None:
    """Serve jobs until the grader's end of the socket closes, then take everything down."""
    keeper.adopt_orphans()
    sys.modules[LEFT_OUT] = None  # type: ignore[assignment]  # importing it raises ImportError
    _load(PRELOADED)
    libraries = landlock.libraries(hidden) if landlock.abi() else []
    # The first urlopen of a process makes an opener, which reads all certificates (20 ms of CPU time from Python 3.12
    # on). Ten threads that start at once would each do that; it is no part of any exercise.
    urllib.request.install_opener(urllib.request.build_opener())
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MAX_MESSAGE_BYTES, len(keeper.DESCRIPTORS))
        if not message:
            break
        job = json.loads(message)
        _load(job["preload"])
        with contextlib.suppress(OSError):  # the grader is gone: the next receive returns no message
            control.send(TAKEN)
        if _fork() == 0:
            control.close()
            keeper.keep(job | {"libraries": libraries}, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
    keeper.kill_descendants()


def _load(names: Iterable[str]) -> None:
    """Import what is missing, and exclude it from garbage collection in the forks."""
    for name in [each for each in names if each not in sys.modules]:
        importlib.import_module(name)
        gc.freeze()


_keepers: set[int] = set()


def _fork() -> int:
    """Fork a keeper, and record its id before `_reap` can run."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    pid = os.fork()
    if pid:
        _keepers.add(pid)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    return pid


def _reap(*_: object) -> None:
    """Handle SIGCHLD. Children of a keeper that ended become ours: it was prevented from killing them, so we do."""
    ended = set()
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            ended.add(pid)
    if ended & _keepers:
        _keepers.difference_update(ended)
        for orphan in set(descendants.children(os.getpid())) - _keepers:
            keeper.take_down(orphan)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in the terminal is the grader's to handle
    signal.signal(signal.SIGCHLD, _reap)
    main(socket.socket(fileno=int(sys.argv[1])), sys.argv[2:])
