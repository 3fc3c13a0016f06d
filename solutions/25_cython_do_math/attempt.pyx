"""Add up distances: in C."""

from libc.math cimport sqrt


def do_math(long long start, long long num):
    """Return the sum of the distances of the points start + 1, start + 2, ..., num from a lighthouse, as a float."""
    cdef double center = 1000 * 1000
    cdef double off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - center) * (pos - center) + off_squared)
    return total
