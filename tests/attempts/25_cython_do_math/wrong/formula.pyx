# WORK_SKIPPED: a formula instead of the steps.


def do_math(long long start, long long num):
    cdef double total = 0.0
    cdef long long center = 1000 * 1000, pos
    if start >= center or num <= center:
        total = abs((start + 1 + num) / 2.0 - center) * (num - start)
    else:
        total = (center - start - 1) * (center - start) / 2.0 + (num - center) * (num - center + 1) / 2.0
    return total
