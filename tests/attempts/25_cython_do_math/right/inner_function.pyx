# The loop in a C function of its own, which never needs the GIL.
from libc.math cimport sqrt


cdef double distances(long long start, long long num) noexcept nogil:
    cdef double total = 0.0
    cdef long long pos
    for pos in range(start + 1, num + 1):
        total += sqrt(<double>(pos - 1000000) * (pos - 1000000) + 1000000)
    return total


def do_math(start, num):
    cdef long long first = start, last = num
    with nogil:
        total = distances(first, last)
    return total
