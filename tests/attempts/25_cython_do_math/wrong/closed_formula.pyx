# WORK_SKIPPED: a formula in place of the steps.
# Says: doing every step
def do_math(long long start, long long num):
    cdef long long center = 1000 * 1000
    return float(below(num, center) - below(start, center))


cdef long long below(long long pos, long long center):
    cdef long long near = min(pos, center), far = max(pos - center, 0)
    return (2 * center - near - 1) * near // 2 + far * (far + 1) // 2
