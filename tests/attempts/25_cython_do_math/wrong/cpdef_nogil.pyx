# GIL_BOUND: a function that could run without the GIL, called with it.
# Says: `with nogil:` block
from libc.math cimport sqrt


cpdef double do_math(long long start, long long num) noexcept nogil:
    cdef long long center = 1000 * 1000
    cdef long long off_squared = 1000 * 1000
    cdef double total = 0.0
    cdef long long pos = start
    while pos < num:
        pos += 1
        total += sqrt(<double> (pos - center) * (pos - center) + off_squared)
    return total
