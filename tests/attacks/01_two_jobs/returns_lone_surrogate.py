# 59: returns half of a surrogate pair.
def run_both(job_a, job_b):
    return "\ud800", "\udfff"
