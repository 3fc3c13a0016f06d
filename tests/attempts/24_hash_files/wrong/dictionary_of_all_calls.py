# WRONG_RESULT: the dictionary is kept from one call to the next, with the paths of the first one.
# Says: as the default of an argument
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512
from pathlib import Path

PIECE = 2**20


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


def digest_all(paths, workers, digests={}):
    with ThreadPoolExecutor(workers) as pool:
        digests.update(zip(paths, pool.map(digest_or_error, paths)))
    return digests
