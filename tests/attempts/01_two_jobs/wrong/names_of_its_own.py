# LOST: what a function assigns to is its own name.
# Says: a dict or a list that both see
import threading
def run_both(job_a, job_b):
    answer_a = answer_b = None
    def a():
        answer_a = job_a()
    def b():
        answer_b = job_b()
    ta, tb = threading.Thread(target=a), threading.Thread(target=b)
    ta.start(); tb.start()
    ta.join(); tb.join()
    return answer_a, answer_b
