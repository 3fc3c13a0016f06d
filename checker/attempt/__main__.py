"""A fork server: `python -m checker.attempt FD HIDDEN...`, where FD is one end of a Unix socket pair.

Each message on the socket is one JSON object (a job) with the file descriptors that the job uses; it is answered with
one byte when nothing is left to do but to fork. A fork of a warm interpreter takes 2 ms where a fresh one with asyncio
takes 60 ms, so that every call of every check can have a process of its own. The server has one thread, so forking it
is safe. HIDDEN are folders that no attempt may read.
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
"""As if it were not installed: where it is, aiohttp looks up names with it, also those that are addresses already, in
threads that nobody ends. They would look like the attempt's."""
MAX_MESSAGE_BYTES = 65536
TAKEN = b"."
"""The answer to a job: everything is imported, and its process is forked now."""


def main(control: socket.socket, hidden: list[str]) -> None:
    """Serve jobs until the grader's end of the socket closes, then take everything down."""
    keeper.adopt_orphans()
    sys.modules[LEFT_OUT] = None  # type: ignore[assignment]  # so that who imports it gets an ImportError
    _load(PRELOADED)
    libraries = landlock.libraries(hidden) if landlock.abi() else []
    # The first urlopen of a process makes an opener, and that reads all certificates (20 ms of CPU time from Python
    # 3.12 on), in each of ten threads that begin at once: no part of any exercise.
    urllib.request.install_opener(urllib.request.build_opener())
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, MAX_MESSAGE_BYTES, len(keeper.DESCRIPTORS))
        if not message:
            break
        job = json.loads(message)
        _load(job["preload"])
        with contextlib.suppress(OSError):  # the grader is gone: the next message will be none
            control.send(TAKEN)
        if _fork() == 0:
            control.close()
            keeper.keep(job | {"libraries": libraries}, *descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
    keeper.kill_descendants()


def _load(names: Iterable[str]) -> None:
    """Import what is not there yet, and keep the forks' garbage collectors from looking at it."""
    for name in [each for each in names if each not in sys.modules]:
        importlib.import_module(name)
        gc.freeze()


_keepers: set[int] = set()


def _fork() -> int:
    """Fork a keeper, and know it before its end can be noticed."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGCHLD})
    pid = os.fork()
    if pid:
        _keepers.add(pid)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGCHLD})
    return pid


def _reap(*_: object) -> None:
    """What a keeper left to us when it ended, it was kept from ending itself."""
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
