# WRONG_RESULT: the positions are `long long`, the number of steps is an `int`.
# Says: How many steps there are
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double center = 1000 * 1000
    cdef double off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef double away
    cdef int step, steps = <int>(num - start)
    with nogil:
        for step in range(1, steps + 1):
            away = start + step - center
            total += sqrt(away * away + off_squared)
    return total
