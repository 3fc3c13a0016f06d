# LEAK_SHM: the `try` begins when the tasks are handed in, and `submit` may raise, too.
# Says: begins right after it was made
from concurrent.futures import Executor
from multiprocessing.shared_memory import SharedMemory

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


def count_part(name, start, stop):
    block = SharedMemory(name=name)
    try:
        return count_shades(bytes(block.buf[start:stop]))
    finally:
        block.close()


def histogram(data: bytes, workers: int, pool: Executor) -> list[int]:
    if len(data) % PIXEL:
        raise ValueError(f"{len(data)} bytes are no whole pixels")
    if not data:
        return count_shades(data)
    pixels = len(data) // PIXEL
    cuts = [PIXEL * (part * pixels // workers) for part in range(workers + 1)]
    block = SharedMemory(create=True, size=len(data))
    block.buf[: len(data)] = data
    futures = [pool.submit(count_part, block.name, a, b) for a, b in zip(cuts, cuts[1:])]
    try:
        parts = [future.result() for future in futures]
        return [sum(counts) for counts in zip(*parts, strict=True)]
    finally:
        block.close()
        block.unlink()
