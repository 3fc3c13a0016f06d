# WRONG_RESULT: it asks whether there is such a file, so a folder is missing, too.
# Says: keep the exception that comes
"""Compute the digests of some files: several at the same time."""

import errno
import os
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


def digest_or_error(path):
    if not os.path.isfile(path):
        return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths: list[str], workers: int) -> dict[str, str | OSError]:
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths)))
