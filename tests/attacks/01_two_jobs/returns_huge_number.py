# 59: returns a number of a million digits
def run_both(job_a, job_b):
    return 10**1_000_000, 10**1_000_000
