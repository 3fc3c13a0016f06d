# WRONG_RESULT: from both ends to the middle, which is counted twice where the number of points is odd.
from libc.math cimport sqrt


def do_math(long long start, long long num):
    """Return the sum of the distances of the points start + 1, start + 2, ..., num from a lighthouse, as a float."""
    cdef long long left = start + 1
    cdef long long right = num
    cdef double center = 1000 * 1000
    cdef double off_squared = 1000 * 1000
    cdef double total = 0.0
    with nogil:
        while left <= right:
            total += sqrt((left - center) * (left - center) + off_squared)
            total += sqrt((right - center) * (right - center) + off_squared)
            left += 1
            right -= 1
    return total
