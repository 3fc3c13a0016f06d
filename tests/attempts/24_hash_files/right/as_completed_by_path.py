# Results in the order in which they get ready, each put into its place.
from concurrent.futures import ThreadPoolExecutor, as_completed
from hashlib import sha3_512


def digest(path):
    hasher = sha3_512()
    with open(path, "rb") as file:
        while piece := file.read(2**20):
            hasher.update(piece)
    return hasher.hexdigest()


def digest_all(paths, workers):
    digests = dict.fromkeys(paths)
    with ThreadPoolExecutor(workers) as pool:
        path_of = {pool.submit(digest, path): path for path in paths}
        for future in as_completed(path_of):
            try:
                digests[path_of[future]] = future.result()
            except OSError as error:
                digests[path_of[future]] = error
    return digests
