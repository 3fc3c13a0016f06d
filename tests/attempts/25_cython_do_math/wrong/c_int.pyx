# CRASHED: the numbers do not fit into a C int, and Cython says so where it converts them.
# Says: `long long`
from libc.math cimport sqrt


def do_math(int start, int num):
    cdef double center = 1000 * 1000
    cdef double total = 0.0
    cdef int pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - center) * (pos - center) + 1000000)
    return total
