print('x' * 10_000_000)
def run_both(job_a, job_b):
    while True:
        pass
