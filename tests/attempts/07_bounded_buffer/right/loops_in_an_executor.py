# An executor runs the consumers, each of which returns its failures.
import queue
from concurrent.futures import ThreadPoolExecutor


def consume_all(buffer, consume):
    failures = []
    for item in iter(buffer.get, None):
        try:
            consume(item)
        except Exception as error:
            failures.append(error)
    return failures


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(maxsize=capacity)
    with ThreadPoolExecutor(n_consumers) as pool:
        consumers = [pool.submit(consume_all, buffer, consume) for _ in range(n_consumers)]
        try:
            for item in iter(produce, None):
                buffer.put(item)
        finally:
            for _ in consumers:
                buffer.put(None)
    return [error for consumer in consumers for error in consumer.result()]
