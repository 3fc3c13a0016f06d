# A double counts exactly up to 2 to the power of 53.
from libc.math cimport sqrt


def do_math(start, num):
    cdef double pos = start, last = num, total = 0.0
    with nogil:
        while pos < last:
            pos += 1
            total += sqrt((pos - 1e6) ** 2 + 1e6)
    return total
