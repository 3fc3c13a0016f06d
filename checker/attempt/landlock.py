"""Landlock: a process gives up rights for good, for itself and for everything that it starts (landlock(7)).

After `restrict` it can read the interpreter, the libraries and what it was given, write only in its own folder (and
where multiprocessing keeps its semaphores), open TCP connections only to the world, and neither trace nor signal a
process outside. No privileges are needed. Numbers and structures are those of <linux/landlock.h>.

`python -m checker.attempt.landlock FILE FOLDER` is the self-test: it restricts itself, tries to break out, and prints
what it could still do, as a JSON list.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import socket
import stat
import struct
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from checker.attempt import libc, seccomp

LEAST_ABI = 4
"""Linux 6.7, the first with rules for TCP ports."""
SIGNALS_ABI = 6
"""Linux 6.12, the first that restricts signals, too."""
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_VERSION = 1
_PATH_BENEATH, _NET_PORT = 1, 2
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE = 1 << 4 | 1 << 5
_MAKE = 1 << 7 | 1 << 8 | 1 << 9 | 1 << 10 | 1 << 12
_REFER, _TRUNCATE = 1 << 13, 1 << 14
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE
_EVERYTHING = (1 << 15) - 1
_CONNECT_TCP = 1 << 1
_SIGNALS = 1 << 1
_SCOPE = 1 << 0 | _SIGNALS
"""Abstract Unix sockets and signals."""
LIST = _READ_DIR
READ = _READ_FILE | _READ_DIR | _EXECUTE
WRITE = _READ_FILE | _WRITE_FILE | _READ_DIR | _REMOVE | _MAKE | _REFER | _TRUNCATE

SYSTEM = (
    "/usr", "/lib", "/lib32", "/lib64", "/bin", "/sbin",
    "/etc/ca-certificates", "/etc/group", "/etc/host.conf", "/etc/hosts", "/etc/ld.so.cache", "/etc/localtime",
    "/etc/mime.types", "/etc/nsswitch.conf", "/etc/passwd", "/etc/protocols", "/etc/resolv.conf", "/etc/services",
    "/etc/ssl", "/proc/cpuinfo", "/proc/filesystems", "/proc/meminfo", "/proc/stat",
    "/sys/devices/system/cpu",
)  # fmt: skip
DEVICES = ("/dev/full", "/dev/null", "/dev/random", "/dev/shm", "/dev/tty", "/dev/urandom", "/dev/zero")  # noqa: S108

Rule = tuple[str, int]
"""A path, and the rights that everything below it has."""
OWN_PROCESS = ("/proc/self", READ)
"""A different folder in each process, so it is opened only when the process restricts itself."""


def abi() -> int:
    """This kernel's version of Landlock; 0: it has none."""
    if sys.platform != "linux":
        return 0
    try:
        return _syscall(_CREATE_RULESET, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))
    except OSError:
        return 0


def libraries(hidden: Sequence[str]) -> list[Rule]:
    """What any attempt may read: the system, the interpreter and its packages, but nothing below `hidden`."""
    package = str(Path(__file__).parent.parent)
    roots = dict.fromkeys([*SYSTEM, sys.prefix, sys.base_prefix, *sys.path, *_mapped(), package])
    concealed = [Path(path).resolve() for path in hidden]
    found = [rule for root in roots if Path(root).exists() for rule in _around(Path(root), concealed)]
    return [*dict.fromkeys(found), OWN_PROCESS]


def _mapped() -> set[str]:
    """The folders of the shared libraries that this process has loaded."""
    lines = Path("/proc/self/maps").read_text().splitlines()
    return {str(Path(line.split(maxsplit=5)[5]).parent) for line in lines if ".so" in line and "/" in line}


def _around(root: Path, hidden: Sequence[Path]) -> list[Rule]:
    """Rules that allow to read everything below `root` but what is hidden.

    Folders around something hidden may only be listed, as imports need.
    """
    real = root.resolve()
    if any(real.is_relative_to(each) for each in hidden):
        return []
    if not any(each.is_relative_to(real) for each in hidden):
        return [(str(real), READ)]
    return [(str(real), LIST), *(rule for path in sorted(real.iterdir()) for rule in _around(path, hidden))]


def restrict(rules: Iterable[Rule], ports: Iterable[int]) -> None:
    """Keep only these rights, and connections to these TCP ports. Raises OSError.

    It holds for the calling thread and what that starts: call this while there is only one thread.
    """
    attributes = struct.pack("QQ", _EVERYTHING, _CONNECT_TCP)
    if abi() >= SIGNALS_ABI:
        attributes += struct.pack("Q", _SCOPE)
    with _ruleset(attributes) as ruleset:
        for path, rights in (*rules, *((device, WRITE) for device in DEVICES)):
            _allow(ruleset, path, rights)
        for port in ports:
            _syscall(_ADD_RULE, ruleset, _NET_PORT, struct.pack("QQ", _CONNECT_TCP, port), 0)


def keep_signals_in() -> bool:
    """From now on, this process and what it starts can signal no other process. False: this kernel cannot do that.

    Children may restrict themselves further; this process can still signal them. Raises OSError.
    """
    if abi() < SIGNALS_ABI:
        return False
    with _ruleset(struct.pack("QQQ", _REFER, 0, _SIGNALS)) as ruleset:
        _allow(ruleset, os.sep, _REFER)  # every ruleset denies this right, even one that is not about files
        return True


@contextlib.contextmanager
def _ruleset(attributes: bytes) -> Iterator[int]:
    """Create a ruleset, and enforce it for this thread and what it starts once the body has added its rules."""
    ruleset = _syscall(_CREATE_RULESET, attributes, ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0))
    try:
        yield ruleset
        libc.gain_no_privileges()
        _syscall(_RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return  # it does not exist, or we may not open it: there is nothing to allow
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _OF_FILES
        if rights:
            _syscall(_ADD_RULE, ruleset, _PATH_BENEATH, struct.pack("=Qi", rights, descriptor), 0)
    finally:
        os.close(descriptor)


def _syscall(number: int, *arguments: object) -> int:
    return libc.call("syscall", number, *arguments, about="of Landlock")


# --- the self-test -----------------------------------------------------------------------------------


def escapes(file: str, folder: str, outside: int) -> list[str]:
    """What this process can do that it must not, to a file, a folder and a process (its id) that are not its own."""
    attempts: dict[str, Callable[[], object]] = {
        "read other files": lambda: Path(file).read_bytes(),
        "write other files": lambda: Path(folder, "escaped").touch(),
        "connect to other ports": lambda: socket.create_connection(("127.0.0.1", 9), timeout=1).close(),
        "look into other processes": lambda: Path(f"/proc/{outside}/environ").read_bytes(),
    }
    if abi() >= SIGNALS_ABI:
        attempts["signal other processes"] = lambda: os.kill(outside, 0)
    return [what for what, attempt in attempts.items() if not _is_refused(attempt)]


def _is_refused(attempt: Callable[[], object]) -> bool:
    """Another error, such as a refused connection, means that the system would have allowed it."""
    try:
        attempt()
    except OSError as error:
        return isinstance(error, PermissionError | FileNotFoundError | ProcessLookupError)
    return False


if __name__ == "__main__":
    libc.drop_capabilities()
    restrict(libraries([sys.argv[1]]), [])
    seccomp.restrict(os.getpid())
    print(json.dumps(escapes(sys.argv[1], sys.argv[2], os.getppid())))  # noqa: T201
