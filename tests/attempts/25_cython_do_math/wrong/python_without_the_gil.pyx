# SYNTAX_ERROR: without the GIL there are no Python objects.
# Says: Cython cannot compile attempt.pyx
# Says: attempt.pyx:14
from libc.math cimport sqrt


def do_math(long long start, long long num):
    cdef long long pos = start
    total = 0.0
    parts = []
    with nogil:
        while pos < num:
            pos += 1
            parts.append(sqrt((pos - 1000000.0) * (pos - 1000000.0) + 1000000))
    return sum(parts)
