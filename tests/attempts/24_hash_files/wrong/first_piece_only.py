# WRONG_RESULT: only the first piece of each file is read.
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha3_512


def digest_or_error(path):
    try:
        with open(path, "rb") as file:
            return sha3_512(file.read(2**20)).hexdigest()
    except OSError as error:
        return error


def digest_all(paths, workers):
    with ThreadPoolExecutor(workers) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths)))
