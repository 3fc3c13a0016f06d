# CRASHED: with fewer pixels than workers, a part is no pixel long.
# Says: gives 0 where there are fewer
"""How bright is a picture? Count the pixels of each shade of grey: on several cores."""

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


def count_part(name: str, start: int, stop: int) -> list[int]:
    block = SharedMemory(name=name)
    try:
        return count_shades(bytes(block.buf[start:stop]))
    finally:
        block.close()


def histogram(data: bytes, workers: int, pool: Executor) -> list[int]:
    if len(data) % PIXEL:
        raise ValueError(f"{len(data)} bytes are no whole pixels")
    if not data:
        return [0] * SHADES
    step = len(data) // PIXEL // workers * PIXEL
    block = SharedMemory(create=True, size=max(1, len(data)))
    try:
        block.buf[: len(data)] = data
        starts = range(0, len(data), step)
        futures = [pool.submit(count_part, block.name, start, min(start + step, len(data))) for start in starts]
        parts = [future.result() for future in futures]
        return [sum(column) for column in zip(*parts)]
    finally:
        block.close()
        block.unlink()
