# MISSING: a cdef function cannot be called from Python.
# Says: `def` or `cpdef`
# Says: attempt.pyx
from libc.math cimport sqrt


cdef double do_math(long long start, long long num):
    """Return the sum of the distances of start + 1, start + 2, ..., num from a million, as a float."""
    cdef double center = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    with nogil:
        while pos < num:
            pos += 1
            total += sqrt((pos - center) * (pos - center))
    return total
