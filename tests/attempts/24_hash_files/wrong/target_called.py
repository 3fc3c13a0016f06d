# SERIAL: the target is called where the threads are made.
# Says: calls `work` at once
"""Compute the digests of some files: several at the same time."""

from hashlib import sha3_512
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

PIECE = 2**20
"""A file is read in pieces of 1 MiB, so its size does not matter: it may be larger than the memory."""


def digest(path: str) -> str:
    """Return the SHA3-512 digest of a file, as hexadecimal text. Raises OSError if the file cannot be read."""
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_or_error(path: str) -> str | OSError:
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths: list[str], workers: int) -> dict[str, str | OSError]:
    digests: dict[str, str | OSError] = dict.fromkeys(paths)
    waiting = SimpleQueue()
    for path in paths:
        waiting.put(path)

    def work():
        while True:
            try:
                path = waiting.get_nowait()
            except Empty:
                return
            digests[path] = digest_or_error(path)

    threads = [Thread(target=work()) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return digests
