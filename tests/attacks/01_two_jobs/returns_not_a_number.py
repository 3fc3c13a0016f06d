# 59: returns numbers that are none.
def run_both(job_a, job_b):
    return float("nan"), float("inf")
