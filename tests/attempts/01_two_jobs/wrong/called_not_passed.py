# SERIAL: target=job_a() calls the job in the caller's thread, and starts a thread with nothing to do.
# Says: Hand over the function itself
import threading


def run_both(job_a, job_b):
    answers = []
    a = threading.Thread(target=answers.append(job_a()))
    b = threading.Thread(target=answers.append(job_b()))
    a.start()
    b.start()
    a.join()
    b.join()
    return tuple(answers)
