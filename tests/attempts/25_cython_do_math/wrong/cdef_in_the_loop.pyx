# SYNTAX_ERROR: a C variable is made inside of the loop.
# Says: Put every `cdef` line at the top of the function
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long pos = start
    while pos < num:
        cdef double x = pos - 1000000
        pos += 1
        total += sqrt(x * x + 1e6)
    return total
