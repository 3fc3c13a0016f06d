# 59: returns a list that contains itself
def circle():
    found = []
    found.append(found)
    return found


def run_both(job_a, job_b):
    return circle(), circle()
