# WRONG_RESULT: the keys are what pathlib makes of the paths.
# Says: as they were given
"""Compute the digests of some files: several at the same time."""

from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20
"""A file is read in pieces of 1 MiB, so its size does not matter: it may be larger than the memory."""


def digest(path: Path) -> str:
    """Return the SHA3-512 digest of a file, as hexadecimal text. Raises OSError if the file cannot be read."""
    hasher = sha3_512()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_or_error(path: Path) -> str | OSError:
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths: list[str], workers: int) -> dict[str, str | OSError]:
    """Return a dictionary from path to digest, in the order of the paths."""
    files = [Path(path) for path in paths]
    with ThreadPoolExecutor(max_workers=workers) as pool:
        results = pool.map(digest_or_error, files)
        return {str(file): result for file, result in zip(files, results)}
