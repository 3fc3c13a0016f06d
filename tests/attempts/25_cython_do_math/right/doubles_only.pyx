# A double counts exactly up to 2 to the power of 53.
from libc.math cimport fabs


def do_math(start, num):
    cdef double pos = start, last = num, total = 0.0
    with nogil:
        while pos < last:
            pos += 1
            total += fabs(pos - 1000000)
    return total
