# WRONG_RESULT: one hasher for all files, so that each digest is one of several files.
# Says: Make one for each file
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512


def digest_all(paths, workers):
    hasher = sha3_512()

    def digest(path):
        try:
            with open(path, "rb") as file:
                while piece := file.read(2**20):
                    hasher.update(piece)
        except OSError as error:
            return error
        return hasher.hexdigest()

    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest, paths)))
