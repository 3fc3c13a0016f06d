# PICKLE: each worker is sent all of it, to count a part.
# Says: 6.0 MB went from process to process
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


def count_part(data, start, stop):
    return count_shades(data[start:stop])


def histogram(data, workers, pool):
    if len(data) < PIXEL or len(data) % PIXEL:
        return count_shades(data)
    pixels = len(data) // PIXEL
    cuts = [part * pixels // workers * PIXEL for part in range(workers + 1)]
    futures = [pool.submit(count_part, data, a, b) for a, b in zip(cuts, cuts[1:])]
    parts = [future.result() for future in futures]
    return [sum(counts) for counts in zip(*parts)]
