"""Namespaces of a call's own (namespaces(7)): for users, processes, the network, IPC and mounts.

The keeper enters them. Its child is process 1 in there, so the kernel itself kills everything when that ends. Before
the child reads the attempt, it sets up a /proc that shows no other processes, a /dev/shm of its own, and a loopback
network where only the world listens, through sockets that the child passes to the grader. No privileges are needed
where the system lets users make namespaces. (Numbers: <linux/sched.h>, <linux/mount.h>, <linux/if.h>.)

`python -m checker.attempt.namespaces FILE FOLDER` is the self-test: it enters namespaces, tries to break out, and
prints what it could still do, as a JSON list.
"""

from __future__ import annotations

import ctypes
import json
import os
import socket
import struct
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

from checker.attempt import landlock, libc, seccomp

_NEW_MOUNTS, _NEW_IPC, _NEW_USERS, _NEW_PIDS, _NEW_NET = 0x20000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_NO_SETUID, _NO_DEVICES, _NO_PROGRAMS, _RECURSIVE, _PRIVATE = 1 << 1, 1 << 2, 1 << 3, 1 << 14, 1 << 18
_GET_FLAGS, _SET_FLAGS, _UP = 0x8913, 0x8914, 1
SHARED_MEMORY_MIB, SHARED_MEMORY_FILES = 512, 4096


def enter() -> None:
    """Put future children into new namespaces. Raises OSError. Call it while there is only one thread."""
    user, group = os.getuid(), os.getgid()
    libc.call("unshare", _NEW_USERS | _NEW_PIDS | _NEW_NET | _NEW_IPC)
    for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
        Path("/proc/self", name).write_text(text)


def furnish(ports: Iterable[int], folder: str, disk_mib: int, files: int) -> list[socket.socket]:
    """Set up mounts and network in the first child. Returns sockets that listen on these ports of its own 127.0.0.1.

    `folder` becomes the current one: a new disk for so many MiB and files, with a copy of the files that are there now.
    Raises OSError. Afterwards the process has no capabilities, not even inside its namespaces.
    """
    libc.call("unshare", _NEW_MOUNTS)
    _mount(b"none", b"/", None, _RECURSIVE | _PRIVATE)
    _mount(b"proc", b"/proc", b"proc", _NO_SETUID | _NO_DEVICES | _NO_PROGRAMS)
    _mount_disk("/dev/shm", SHARED_MEMORY_MIB, SHARED_MEMORY_FILES, 0o1777)  # noqa: S108
    kept = {path: path.read_bytes() for path in Path(folder).iterdir() if path.is_file()}
    _mount_disk(folder, disk_mib, files, 0o700)
    for path, content in kept.items():
        path.write_bytes(content)
    os.chdir(folder)
    _switch_on_loopback()
    listeners = [socket.create_server(("127.0.0.1", port)) for port in ports]
    libc.drop_capabilities()
    return listeners


def _mount_disk(target: str, mib: int, files: int, mode: int) -> None:
    """A file system in memory. The kernel keeps it to this size and number of files (tmpfs(5))."""
    data = f"mode={mode:o},size={mib}m,nr_inodes={files}".encode()
    _mount(b"tmpfs", os.fsencode(target), b"tmpfs", _NO_SETUID | _NO_DEVICES, data)


def _mount(source: bytes, target: bytes, kind: bytes | None, flags: int, data: bytes | None = None) -> None:
    libc.call("mount", source, target, kind, ctypes.c_ulong(flags), data, about=target.decode())


def _switch_on_loopback() -> None:
    import fcntl  # here, because Windows has none, and imports this module

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        request = fcntl.ioctl(any_socket, _GET_FLAGS, struct.pack("16sH14x", b"lo", 0))
        (flags,) = struct.unpack_from("H", request, 16)
        fcntl.ioctl(any_socket, _SET_FLAGS, struct.pack("16sH14x", b"lo", flags | _UP))


# --- the self-test -----------------------------------------------------------------------------------


def escapes(file: str, folder: str, outside: int) -> list[str]:
    """What this process can do that it must not. `outside`: the id of a process outside of its namespaces."""
    checks = {
        "see other processes": not Path(f"/proc/{outside}").exists(),
        "see others' shared memory": not list(Path("/dev/shm").iterdir()),  # noqa: S108
        "see other networks": [name for _, name in socket.if_nameindex()] == ["lo"],
        "fill the disk": os.statvfs(".").f_blocks * os.statvfs(".").f_frsize == 2**20,
        "make any number of files": os.statvfs(".").f_files == 10,
        "keep capabilities": "CapEff:\t0000000000000000" in Path("/proc/self/status").read_text(),
    }
    return landlock.escapes(file, folder, outside) + [what for what, held in checks.items() if not held]


def _self_test(file: str, folder: str) -> None:
    libraries = landlock.libraries([file])
    outside = os.getppid()
    own = tempfile.mkdtemp(prefix="kata-")
    enter()
    child = os.fork()
    if child == 0:
        furnish([], own, 1, 10)
        landlock.restrict([*libraries, (own, landlock.WRITE)], [])
        seccomp.restrict(None)
        print(json.dumps(escapes(file, folder, outside)), flush=True)  # noqa: T201
        os._exit(0)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    Path(own).rmdir()
    sys.exit(status)


if __name__ == "__main__":
    _self_test(*sys.argv[1:])
