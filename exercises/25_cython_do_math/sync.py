"""Add up distances: one step of a Python loop for each."""

import math


def do_math(start, num):
    """Return the sum of the distances of the points start + 1, start + 2, ..., num from a lighthouse, as a float.

    The points lie on a line, one in each metre. The lighthouse is beside the millionth, 1000 metres off the line: so
    each distance is a square root, and that is the work to be done.
    """
    center = 1000 * 1000
    off_squared = 1000 * 1000
    total = 0.0
    pos = start
    while pos < num:
        pos += 1
        total += math.sqrt((pos - center) * (pos - center) + off_squared)
    return total
