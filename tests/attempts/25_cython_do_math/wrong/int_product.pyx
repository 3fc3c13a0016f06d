# BAD_RESULT_TYPE: the product does not fit into a C int, becomes negative, and its square root is not a number.
# Says: `long long`
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef int distance
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            distance = <int>(pos - 1000000)
            total += sqrt(distance * distance + 1000000)
    return total
