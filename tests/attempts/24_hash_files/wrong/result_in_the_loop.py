# SERIAL: .result() waits for each digest before the next file is handed out.
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
    with ThreadPoolExecutor(workers) as pool:
        for path in paths:
            try:
                digests[path] = pool.submit(digest, path).result()
            except OSError as error:
                digests[path] = error
    return digests
