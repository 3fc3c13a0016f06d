# 59: returns a list 10000 levels deep.
def run_both(job_a, job_b):
    deep = []
    for _ in range(10_000):
        deep = [deep]
    return deep, deep
