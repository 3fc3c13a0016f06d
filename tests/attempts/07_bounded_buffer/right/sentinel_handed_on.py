# The producer is a thread too; one sentinel is enough, because who takes it puts it back for the next.
import queue
import threading

END = object()


class Producer(threading.Thread):
    def __init__(self, produce, buffer):
        super().__init__(name="producer")
        self.produce, self.buffer, self.error = produce, buffer, None

    def run(self):
        try:
            for item in iter(self.produce, None):
                self.buffer.put(item)
        except Exception as error:
            self.error = error
        self.buffer.put(END)


def pipeline(produce, consume, n_consumers, capacity):
    buffer = queue.Queue(capacity)
    failures = queue.SimpleQueue()

    def work():
        while True:
            item = buffer.get()
            if item is END:
                buffer.put(END)
                break
            try:
                consume(item)
            except Exception as error:
                failures.put(error)

    producer = Producer(produce, buffer)
    consumers = [threading.Thread(target=work) for _ in range(n_consumers)]
    for thread in [producer, *consumers]:
        thread.start()
    for thread in [producer, *consumers]:
        thread.join()
    if producer.error is not None:
        raise producer.error
    return [failures.get() for _ in range(failures.qsize())]
