# 59: returns a string of 100 MB
def run_both(job_a, job_b):
    return "x" * 100_000_000, "x" * 100_000_000
