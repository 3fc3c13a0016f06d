# GIL_BOUND: the file is read in large pieces, but hashed in small ones.
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512


def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            for start in range(0, len(piece), 1000):
                hasher.update(piece[start : start + 1000])
    return hasher.hexdigest()


def digest_or_error(path):
    try:
        return digest(path)
    except OSError as error:
        return error


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths)))
