# HANG: past two thousand million, plus one begins again far below zero.
# Says: has no room for the next number
from libc.math cimport sqrt


def do_math(long long start, long long num):
    """Return the sum of the distances of the points start + 1, start + 2, ..., num from a lighthouse, as a float."""
    cdef double total = 0.0, center = 1000 * 1000, off_squared = 1000 * 1000, away
    cdef int pos = start
    with nogil:
        while pos < num:
            pos += 1
            away = pos - center
            total += sqrt(away * away + off_squared)
    return total
