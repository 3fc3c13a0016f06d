"""Each file is mapped; a piece of it that has been hashed is let go."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512
from mmap import ACCESS_READ, MADV_DONTNEED, mmap
from pathlib import Path

PIECE = 2**20
"""A file is read in pieces of 1 MiB, so its size does not matter: it may be larger than the memory."""


def digest(path):
    """Return the SHA3-512 digest of a file, as hexadecimal text. Raises OSError if the file cannot be read."""
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        if file.seek(0, 2) == 0:
            return hasher.hexdigest()  # nothing can be mapped
        with mmap(file.fileno(), 0, access=ACCESS_READ) as content:
            for start in range(0, len(content), PIECE):
                hasher.update(content[start : start + PIECE])
                content.madvise(MADV_DONTNEED, start, min(PIECE, len(content) - start))
    return hasher.hexdigest()


def digest_or_error(path):
    """Return the digest of a file, or the exception if it cannot be read."""
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths, workers):
    """Return a dictionary from path to digest, in the order of the paths.

    In place of the digest of a file that cannot be read stands the exception.
    At most `workers` files are read at the same time.
    """
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths), strict=True))
