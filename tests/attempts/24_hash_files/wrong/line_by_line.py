# GIL_BOUND: the lines of a file are shorter than what hashlib lets go of the GIL for.
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512


def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        for line in file:
            hasher.update(line)
    return hasher.hexdigest()


def digest_or_error(path):
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths)))
