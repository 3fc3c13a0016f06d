# WRONG_RESULT: the product does not fit into a C int.
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef int center = 1000 * 1000, distance
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            distance = <int>pos - center
            total += sqrt(distance * distance)
    return total
