# WRONG_RESULT: of a file that has changed since the last call, the old digest comes.
# Says: `functools.cache` remembers
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20


@lru_cache(maxsize=None)
def digest(path):
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_or_error(path):
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths)))
