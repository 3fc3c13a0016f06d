# SWALLOWED: of a file that cannot be read nobody hears anything.
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512


def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_all(paths, workers):
    digests = {}

    def put(path):
        try:
            digests[path] = digest(path)
        except OSError:
            pass

    with ThreadPoolExecutor(workers) as pool:
        list(pool.map(put, paths))
    return {path: digests[path] for path in paths if path in digests}
