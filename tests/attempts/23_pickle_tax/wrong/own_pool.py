# WRONG_TOOL: an initializer hands the picture to a pool of its own, beside the one that is there.
# Says: handed it no work
from concurrent.futures import ProcessPoolExecutor

SHADES = 256
PIXEL = 3


def count_shades(pixels):
    if len(pixels) % PIXEL:
        raise ValueError(f"{len(pixels)} bytes are no whole pixels")
    counts = [0] * SHADES
    for at in range(0, len(pixels), PIXEL):
        shade = (299 * pixels[at] + 587 * pixels[at + 1] + 114 * pixels[at + 2]) // 1000
        counts[shade] += 1
    return counts


def remember(data):
    global picture
    picture = data


def count_part(start, stop):
    return count_shades(picture[start:stop])


def histogram(data, workers, pool):
    if len(data) < PIXEL or len(data) % PIXEL:
        return count_shades(data)
    pixels = len(data) // PIXEL
    cuts = [part * pixels // workers * PIXEL for part in range(workers + 1)]
    with ProcessPoolExecutor(workers, initializer=remember, initargs=(data,)) as own:
        parts = list(own.map(count_part, cuts[:-1], cuts[1:]))
    return [sum(counts) for counts in zip(*parts)]
