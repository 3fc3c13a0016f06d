# 35: returns at once and lets a thread put the answers in later
import threading


def run_both(job_a, job_b):
    answers = []
    threading.Thread(target=lambda: answers.extend([job_a(), job_b()]), daemon=True).start()
    return answers
