# SWALLOWED: the lambda looks `path` up when a thread calls it.
# Says: looks `path` up
"""Compute the digests of some files: several at the same time."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512
from pathlib import Path

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
    futures = []
    with ThreadPoolExecutor(workers) as pool:
        for path in paths:
            futures.append(pool.submit(lambda: digest_or_error(path)))
    return dict(zip(paths, [future.result() for future in futures]))
