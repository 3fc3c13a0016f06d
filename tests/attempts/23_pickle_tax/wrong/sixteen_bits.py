# CRASHED: counts come back as numbers of 16 bits, and more pixels may be of one shade.
"""How bright is a picture? Count the pixels of each shade of grey: on several cores."""

from array import array
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


def count_part(name: str, start: int, stop: int) -> bytes:
    block = SharedMemory(name=name)
    try:
        counts = count_shades(bytes(block.buf[start:stop]))
    finally:
        block.close()
    return array("H", counts).tobytes()  # 512 bytes, and no more, on the way back


def histogram(data: bytes, workers: int, pool: Executor) -> list[int]:
    """Return how many pixels of the whole picture have each shade."""
    if len(data) % PIXEL:
        raise ValueError(f"{len(data)} bytes are no whole pixels")
    pixels = len(data) // PIXEL
    cuts = [pixels * part // workers * PIXEL for part in range(workers + 1)]
    block = SharedMemory(create=True, size=max(1, len(data)))
    try:
        block.buf[: len(data)] = data
        futures = [pool.submit(count_part, block.name, start, stop) for start, stop in zip(cuts, cuts[1:])]
        parts = [array("H", future.result()) for future in futures]
        return [sum(counts) for counts in zip(*parts)]
    finally:
        block.close()
        block.unlink()
