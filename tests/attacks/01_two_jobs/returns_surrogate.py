# 59: returns half of a character
def run_both(job_a, job_b):
    return "\ud800", "\ud800"
