"""Two jobs, one after the other."""


def run_both(job_a, job_b):
    """Run two jobs and return their answers: (answer of job_a, answer of job_b)."""
    answer_a = job_a()
    answer_b = job_b()
    return answer_a, answer_b
