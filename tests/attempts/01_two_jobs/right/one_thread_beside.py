# Only one more thread: the caller's own thread does the other job. Daemon, but joined.
import threading
from queue import SimpleQueue


def run_both(job_a, job_b):
    box = SimpleQueue()

    def work():
        try:
            box.put((job_b(), None))
        except Exception as error:
            box.put((None, error))

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    try:
        answer_a = job_a()
    finally:
        thread.join()
        answer_b, error = box.get()
    if error is not None:
        raise error
    return answer_a, answer_b
