# CRASHED: after a failure `answer` has no value, and what is kept is nothing.
# Says: Which branch does
import threading


def run_both(job_a, job_b):
    answers = {}

    def work(name, job):
        try:
            answer = job()
        except Exception as error:
            print("failed:", error)
        answers[name] = answer

    threads = [threading.Thread(target=work, args=each) for each in (("a", job_a), ("b", job_b))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    answer = answers["a"], answers["b"]
    return answer
