# 13: skips the test from inside
def run_both(job_a, job_b):
    import pytest

    pytest.skip("not today")
