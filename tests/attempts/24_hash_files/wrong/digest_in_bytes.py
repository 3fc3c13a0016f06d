# WRONG_RESULT: digest() instead of hexdigest().
# Says: Bytes came back, where text is asked for.
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20


def digest(path):
    hasher = sha3_512()
    with Path(path).open("rb") as file:
        while piece := file.read(PIECE):
            hasher.update(piece)
    return hasher.digest()


def digest_or_error(path):
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths)))
