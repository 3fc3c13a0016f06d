# ORDER: the dictionary is in the order in which the digests got ready.
# Says: another order than they were asked for
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha3_512


def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_all(paths, workers):
    digests = {}
    with ThreadPoolExecutor(workers) as pool:
        path_of = {pool.submit(digest, path): path for path in paths}
        for future in as_completed(path_of):
            digests[path_of[future]] = future.exception() or future.result()
    return digests
