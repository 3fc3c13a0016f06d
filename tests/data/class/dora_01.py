def run_both(job_a, job_b)
    return 1
