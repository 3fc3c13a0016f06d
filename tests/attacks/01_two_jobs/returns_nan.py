# 59: returns a number that is not equal to itself
def run_both(job_a, job_b):
    return float("nan"), float("nan")
