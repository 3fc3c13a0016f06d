# SWALLOWED: a broken pool raises a RuntimeError, too, and the caller counts the picture itself.
# Says: keeps it to itself
"""How bright is a picture? Count the pixels of each shade of grey: on one core."""

from multiprocessing.shared_memory import SharedMemory
from concurrent.futures import Executor

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
    """Return how many pixels of the whole picture have each shade.

    `pool` is a ready ProcessPoolExecutor with `workers` workers: let it do the counting, and leave it open.
    """
    block = SharedMemory(create=True, size=max(1, len(data)))
    try:
        block.buf[: len(data)] = data
        pixels = -(-len(data) // PIXEL)
        cuts = [pixels * part // workers * PIXEL for part in range(workers + 1)]
        cuts[-1] = len(data)
        futures = [pool.submit(count_part, block.name, start, stop) for start, stop in zip(cuts, cuts[1:])]
        try:
            return [sum(column) for column in zip(*[future.result() for future in futures])]
        except RuntimeError:  # the pool is broken: do it here
            return count_shades(data)
    finally:
        block.close()
        block.unlink()
