# WRONG_RESULT: a file that is as long, and was changed in the same second, is taken for the same.
# Says: read each file anew
import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
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


@lru_cache(maxsize=1024)
def _cached_digest(path: str, size: int, mtime: int) -> str:
    """A file of the same name, size and time is the same file."""
    return digest(path)


def _lookup(path):
    try:
        info = os.stat(path)
        return _cached_digest(path, info.st_size, int(info.st_mtime))
    except OSError as error:
        return error


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(_lookup, paths)))
