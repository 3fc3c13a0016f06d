# WRONG_RESULT: there are points left of zero, too.
from libc.math cimport sqrt


def do_math(long long start, long long num):
    """Return the sum of the distances of the points start + 1, start + 2, ..., num from a lighthouse, as a float."""
    cdef double total = 0.0, center = 1000 * 1000, off_squared = 1000 * 1000, away
    cdef long long pos = start
    if start < 0:
        return 0.0
    with nogil:
        while pos < num:
            pos += 1
            away = pos - center
            total += sqrt(away * away + off_squared)
    return total
