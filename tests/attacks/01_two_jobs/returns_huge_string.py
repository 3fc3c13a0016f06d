# 59: returns a text of 100 MB.
def run_both(job_a, job_b):
    return "x" * (100 * 2**20), "x"
