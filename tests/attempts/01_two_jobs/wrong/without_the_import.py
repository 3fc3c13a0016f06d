# CRASHED: the import of the pool is missing.
# Says: `from concurrent.futures import ThreadPoolExecutor`
def run_both(job_a, job_b):
    with ThreadPoolExecutor() as pool:
        a = pool.submit(job_a)
        b = pool.submit(job_b)
    return a.result(), b.result()
