# CRASHED: an unsigned number has no place left of zero.
# Says: no place left of zero
from libc.math cimport sqrt


def do_math(unsigned long long start, unsigned long long num):
    """Return the sum of the distances of the points start + 1, start + 2, ..., num from a lighthouse, as a float."""
    cdef double total = 0.0, center = 1000 * 1000, off_squared = 1000 * 1000, away
    cdef unsigned long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            away = pos - center
            total += sqrt(away * away + off_squared)
    return total
