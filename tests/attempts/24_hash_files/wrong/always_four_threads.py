# WRONG_TOOL: four threads, whatever `workers` says.
# Says: With one worker, digest_all used several threads
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


def digest_all(paths, workers):
    with ThreadPoolExecutor(max_workers=4) as pool:
        return dict(zip(paths, pool.map(digest_or_error, paths)))
