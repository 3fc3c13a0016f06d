# LEAK_SHM: an exception jumps over the line that deletes the file.
# Says: When the pool broke
import mmap
import os
import tempfile
from concurrent.futures import Executor, as_completed
from operator import add

SHADES = 256
PIXEL = 3
"""Bytes: one each for red, green and blue."""


def count_shades(pixels: bytes) -> list[int]:
    """Return how many of these pixels have shade 0 (black), 1, ... 255 (white). Raises ValueError for half a pixel."""
    if len(pixels) % PIXEL:
        raise ValueError(f"{len(pixels)} bytes are no whole pixels")
    counts = [0] * SHADES
    for at in range(0, len(pixels), PIXEL):
        shade = (299 * pixels[at] + 587 * pixels[at + 1] + 114 * pixels[at + 2]) // 1000
        counts[shade] += 1
    return counts


def count_part(path, start, stop):
    with open(path, "rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as picture:
        return count_shades(picture[start:stop])


def histogram(data: bytes, workers: int, pool: Executor) -> list[int]:
    if not data or len(data) % PIXEL:
        return count_shades(data)
    with open(tempfile.mktemp(), "wb") as file:
        file.write(data)
        file.flush()
        step = PIXEL * max(1, -(-len(data) // (PIXEL * workers)))
        futures = [pool.submit(count_part, file.name, at, min(at + step, len(data))) for at in range(0, len(data), step)]
        total = [0] * SHADES
        for future in as_completed(futures):
            total = list(map(add, total, future.result()))
        os.unlink(file.name)
        return total
