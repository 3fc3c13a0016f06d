# 59: returns a list 10 000 deep
def deep():
    found = []
    for _ in range(10_000):
        found = [found]
    return found


def run_both(job_a, job_b):
    return deep(), deep()
