# own: says that its error was in a line and a function that cannot be
CODE = compile("raise ValueError('no')", "attempt.py", "exec").replace(co_firstlineno=2**31 - 2, co_name="f" * 10**6)


def run_both(job_a, job_b):
    exec(CODE)
