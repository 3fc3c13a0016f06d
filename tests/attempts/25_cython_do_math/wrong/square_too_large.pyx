# BAD_RESULT_TYPE: the square does not fit into a long long, becomes negative, and its root is not a number.
# Says: what is squared a `double`
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef long long center = 1000 * 1000, off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - center) * (pos - center) + off_squared)
    return total
