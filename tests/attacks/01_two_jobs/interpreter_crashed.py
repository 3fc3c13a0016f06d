# own: crashes the interpreter, after both answers are there
import ctypes


def run_both(job_a, job_b):
    answers = job_a(), job_b()
    ctypes.string_at(0)
    return answers
