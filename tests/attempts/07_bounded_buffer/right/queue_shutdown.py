# Queue.shutdown: what is in the queue is still handed out, and then get raises.
# needs 3.13
import queue
import threading


def pipeline(produce, consume, n_consumers, capacity):
    buffer, failures = queue.Queue(maxsize=capacity), []

    def consumer():
        while True:
            try:
                item = buffer.get()
            except queue.ShutDown:
                return
            try:
                consume(item)
            except Exception as error:
                failures.append(error)

    threads = [threading.Thread(target=consumer) for _ in range(n_consumers)]
    for thread in threads:
        thread.start()
    try:
        for item in iter(produce, None):
            buffer.put(item)
    finally:
        buffer.shutdown()
        for thread in threads:
            thread.join()
    return failures
