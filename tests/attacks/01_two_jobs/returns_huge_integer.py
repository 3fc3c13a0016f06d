# 59: returns an integer of a million digits.
def run_both(job_a, job_b):
    return 10**1_000_000, -(10**1_000_000)
