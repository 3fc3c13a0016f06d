"""Add up distances: one step of a Python loop for each."""

import math


def do_math(start, num):
    """Return the sum of the distances of start + 1, start + 2, ..., num from a million, as a float.

    Each distance is a square root, whatever the numbers are: that is the work to be done.
    """
    center = 1000 * 1000
    total = 0.0
    pos = start
    while pos < num:
        pos += 1
        total += math.sqrt((pos - center) * (pos - center))
    return total
