# LEAK_THREAD: job_a's exception is raised while job_b's thread still works.
import threading


def run_both(job_a, job_b):
    answers = {}
    thread = threading.Thread(target=lambda: answers.update(b=job_b()))
    thread.start()
    answers["a"] = job_a()
    thread.join()
    return answers["a"], answers["b"]
