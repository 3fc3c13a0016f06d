"""A filter refuses system calls that no exercise needs, for good, to a process and all that it starts (seccomp(2)).

These calls hold memory that no process maps, outlive the process, reach into other processes, or expose the kernel's
least tested parts: memfd_create, System V IPC, keyrings, io_uring, ptrace, nested namespaces. If processes outside can
be seen, their limits, priorities and cores cannot be set either. Modes, owners, times and attributes of files cannot be
changed, because such calls work in any folder. Landlock covers none of these.

The filter is a classic BPF program (Linux, Documentation/userspace-api/seccomp_filter.rst), made here because the
attempt's side has only the standard library. Numbers of system calls: <asm/unistd.h> of each architecture.

`python -m checker.attempt.seccomp` is the self-test: it prints what is still possible, as a JSON list.
"""

from __future__ import annotations

import ctypes
import errno
import json
import os
import platform
import struct
import sys
from collections.abc import Callable, Iterable, Sequence

from checker.attempt import libc

X86_64, ARM64 = "x86_64", "aarch64"
_ARCHITECTURES = {X86_64: 0xC000003E, ARM64: 0xC00000B7}
_SECCOMP = {X86_64: 317, ARM64: 277}
_X32 = 0x40000000
"""From this number on, x86_64 has each call a second time."""
_FILTER, _ACTION_AVAILABLE, _SPECULATION_ALLOWED = 1, 2, 1 << 2
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _IF_EQUAL, _IF_AT_LEAST, _IF_ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16
_NEW_NAMESPACE = 0x7E020080
"""All flags CLONE_NEW..."""
_OF_A_USER = {"setpriority": 2, "ioprio_set": 3}
"""The value of `which` that means all processes of a user."""
_NOBODY = 0x7FFFFFFE
"""A user who has no processes."""
_TIMES_AT = {"utimensat": 2, "futimesat": 2, "utimes": 1, "utime": 1}
"""The position of the argument that is the address of the times."""
_SET_LEASE, _NOTIFY, _SET_DUMPABLE = 1024, 1026, 4
_SET_FLAGS, _SET_XFLAGS, _ENABLE_VERITY = 0x40086602, 0x401C5820, 0x40806685
_OPERATIONS = {
    "fcntl": (1, (_SET_LEASE, _NOTIFY)),
    "ioctl": (1, (_SET_FLAGS, _SET_XFLAGS, _ENABLE_VERITY)),
    "prctl": (0, (_SET_DUMPABLE,)),
}
"""The position of the argument that is the operation, and its refused values. With nothing but read access to a file, a
process could block others in open(), or change the file's attributes. If a process is not dumpable, the kernel does not
show how much it reads and writes."""

Calls = dict[str, tuple[int, int | None]]
"""Name -> number on x86_64, number on aarch64 (None: it has no such call)."""
REFUSED: Calls = {
    "memfd_create": (319, 279), "memfd_secret": (447, 447),
    "shmget": (29, 194), "shmat": (30, 196), "shmctl": (31, 195), "semget": (64, 190), "semop": (65, 193),
    "semctl": (66, 191), "semtimedop": (220, 192), "msgget": (68, 186), "msgsnd": (69, 189), "msgrcv": (70, 188),
    "msgctl": (71, 187), "mq_open": (240, 180),
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "migrate_pages": (256, 238), "move_pages": (279, 239),
    "perf_event_open": (298, 241), "bpf": (321, 280), "userfaultfd": (323, 282), "open_by_handle_at": (304, 265),
    "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51),
    "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "setxattrat": (463, 463),
    "removexattr": (197, 14), "lremovexattr": (198, 15), "fremovexattr": (199, 16), "removexattrat": (466, 466),
    "file_setattr": (469, 469),
}  # fmt: skip
PRETENDED: Calls = {
    "chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "fchmodat2": (452, 452),
    "chown": (92, None), "lchown": (94, None), "fchown": (93, 55), "fchownat": (260, 54),
}  # fmt: skip
"""They do nothing and report success, because multiprocessing's fork server and shutil.copy call chmod."""
TIMES: Calls = {"utimensat": (280, 88), "futimesat": (261, None), "utimes": (235, None), "utime": (132, None)}
"""The same. But for the current time, which is no address, they are refused: Path.touch then makes the file."""
UNKNOWN: Calls = {"clone3": (435, 435)}
"""Reported as missing: its flags are in memory, which no filter can read. The C library then uses clone."""
NAMESPACES: Calls = {"clone": (56, 220), "unshare": (272, 97)}
"""Refused with flags that make namespaces."""
OF_OTHERS: Calls = {
    "prlimit64": (302, 261), "sched_setscheduler": (144, 119), "sched_setparam": (142, 118),
    "sched_setattr": (314, 274),
}  # fmt: skip
"""Refused for other processes than one's own."""
CORES: Calls = {"sched_setaffinity": (203, 122)}
"""For another process it does nothing and reports success: a worker of the attempt may name itself by its id, and the
filter does not know which process calls."""
PRIORITIES: Calls = {"setpriority": (141, 140), "ioprio_set": (251, 30)}
"""The same; but refused for all processes of a user."""
OPERATIONS: Calls = {"fcntl": (72, 25), "ioctl": (16, 29), "prctl": (157, 167)}
"""Refused for some operations."""

Instruction = tuple[int, int, int, int]
"""Code, jump if true, jump if false (instructions to skip), and operand."""


def available() -> bool:
    """Whether this kernel has filters, and this module knows the machine's system calls."""
    if sys.platform != "linux" or platform.machine() not in _ARCHITECTURES:
        return False
    try:
        _call(_ACTION_AVAILABLE, 0, struct.pack("I", _ERRNO))
    except OSError:
        return False
    return True


def restrict(own: int | None) -> None:
    """Install the filter; where it is not `available`, do nothing. Raises OSError.

    It holds for the calling thread and what that starts: call this while there is only one thread.
    `own`: this process's id, if it can see processes outside; None in a namespace of its own.
    """
    if not available():
        return
    program = b"".join(struct.pack("HBBI", *each) for each in _program(platform.machine(), own))
    kept = ctypes.create_string_buffer(program, len(program))
    head = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(kept))
    libc.gain_no_privileges()
    _call(_FILTER, _SPECULATION_ALLOWED, head)


def _program(machine: str, own: int | None) -> list[Instruction]:
    column = list(_ARCHITECTURES).index(machine)
    program = [
        (_LOAD, 0, 0, _ARCHITECTURE),
        (_IF_EQUAL, 1, 0, _ARCHITECTURES[machine]),
        _refuse(errno.EPERM),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if machine == X86_64:
        program += [(_IF_AT_LEAST, 0, 1, _X32), _refuse(errno.ENOSYS)]
    for calls, rest in _rules(own):
        for name, numbers in calls.items():
            number, then = numbers[column], rest(name)
            if number is not None:
                program += [(_IF_EQUAL, 0, len(then), number), *then]
    return [*program, _ALLOWED]


Rule = tuple[Calls, Callable[[str], list[Instruction]]]


def _rules(own: int | None) -> Iterable[Rule]:
    """System calls, and the instructions for each by its name. Every path through these ends with a return."""
    yield UNKNOWN, lambda _: [_refuse(errno.ENOSYS)]
    yield REFUSED, lambda _: [_refuse(errno.EPERM)]
    yield PRETENDED, lambda _: [_DONE]
    yield TIMES, lambda name: [_argument(_TIMES_AT[name]), (_IF_EQUAL, 0, 1, 0), _refuse(errno.EPERM), _DONE]
    yield OPERATIONS, lambda name: _unless(*_OPERATIONS[name])
    yield NAMESPACES, lambda _: [_argument(0), (_IF_ANY_BIT, 0, 1, _NEW_NAMESPACE), _refuse(errno.EPERM), _ALLOWED]
    if own is not None:
        yield OF_OTHERS, lambda _: _only_own(own, 0)
        yield CORES, lambda _: _only_own(own, 0, otherwise=_DONE)
        yield PRIORITIES, lambda name: _only_own_priority(_OF_A_USER[name], own)


def _only_own_priority(of_a_user: int, own: int) -> list[Instruction]:
    return [_argument(0), (_IF_EQUAL, 0, 1, of_a_user), _refuse(errno.EPERM), *_only_own(own, 1, otherwise=_DONE)]


def _only_own(own: int, place: int, otherwise: Instruction | None = None) -> list[Instruction]:
    """Allowed if the argument at `place` is 0 (oneself) or one's own id. `otherwise`: instead; by default, refuse."""
    return [
        _argument(place), (_IF_EQUAL, 2, 0, 0), (_IF_EQUAL, 1, 0, own), otherwise or _refuse(errno.EPERM), _ALLOWED,
    ]  # fmt: skip


def _unless(place: int, operations: Sequence[int]) -> list[Instruction]:
    """Allowed, unless the argument at `place` is one of these operations."""
    refusals = [each for what in operations for each in ((_IF_EQUAL, 0, 1, what), _refuse(errno.EPERM))]
    return [_argument(place), *refusals, _ALLOWED]


_ALLOWED: Instruction = (_RETURN, 0, 0, _ALLOW)
_DONE: Instruction = (_RETURN, 0, 0, _ERRNO)
"""No error, and nothing done."""


def _refuse(number: int) -> Instruction:
    return _RETURN, 0, 0, _ERRNO | number


def _argument(place: int) -> Instruction:
    """Load the lower half of an argument. Both machines are little-endian."""
    return _LOAD, 0, 0, _ARGUMENTS + 8 * place


def _call(operation: int, flags: int, data: bytes) -> int:
    number = _SECCOMP[platform.machine()]
    return libc.call("syscall", number, operation, ctypes.c_uint(flags), data, about="of seccomp")


# --- the self-test -----------------------------------------------------------------------------------


def escapes(outside: int | None) -> list[str]:
    """What this process can do that it must not. `outside`: the id of a process outside, if it can be seen."""
    column = list(_ARCHITECTURES).index(platform.machine())
    tried: dict[str, tuple[str, tuple[object, ...]]] = {
        "hold memory that nobody maps": ("memfd_create", (b"kata", 0)),
        "make shared memory of System V": ("shmget", (0, 4096, 0o600 | 0o1000)),
        "keep keys": ("add_key", (b"user", b"kata", b"x", 1, -2)),
        "use io_uring": ("io_uring_setup", (1, bytes(120))),
        "trace": ("ptrace", (0, 0, 0, 0)),
        "make namespaces": ("unshare", (0x10000000,)),
        "change attributes of files": ("fsetxattr", (-1, b"user.kata", b"x", 1, 0)),
        "hold up who opens a file": ("fcntl", (-1, _SET_LEASE, 0)),
        "hide what it reads and writes": ("prctl", (_SET_DUMPABLE, 1, 0, 0, 0)),
    }
    if outside is not None:
        tried |= {
            "limit other processes": ("prlimit64", (outside, 0, None, bytes(16))),
            "change the priority of other processes": ("setpriority", (_OF_A_USER["setpriority"], _NOBODY, 19)),
        }
    numbers = REFUSED | NAMESPACES | OPERATIONS | OF_OTHERS | PRIORITIES
    return [what for what, (name, with_) in tried.items() if not _is_refused(numbers[name][column], *with_)]


def _is_refused(number: int | None, *arguments: object) -> bool:
    try:
        libc.call("syscall", number, *arguments)
    except OSError as error:
        return isinstance(error, PermissionError)
    return False


if __name__ == "__main__":
    other = os.getppid()
    restrict(os.getpid())
    print(json.dumps(escapes(other)))  # noqa: T201
