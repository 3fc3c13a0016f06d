# LEAK_THREAD: daemon threads, and nobody waits for them.
import threading


def run_both(job_a, job_b):
    answers = {}
    for name, job in (("a", job_a), ("b", job_b)):
        threading.Thread(target=lambda name=name, job=job: answers.update({name: job()}), daemon=True).start()
    return answers.get("a"), answers.get("b")
