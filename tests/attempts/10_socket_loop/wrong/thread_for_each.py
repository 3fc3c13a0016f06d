# ORDER: a thread for each task, so nobody keeps an order of turns.
import threading
import time


class Loop:
    def __init__(self):
        self.outcomes = {}
        self.threads = {}
        self.main_done = threading.Event()
        self.one = threading.Condition()

    def spawn(self, task):
        self.threads[task] = threading.Thread(target=self.drive, args=(task,), daemon=True)
        self.threads[task].start()
        return task

    def drive(self, task):
        try:
            self.outcomes[task] = self.run(task), None
        except Exception as error:
            self.outcomes[task] = None, error

    def run(self, task):
        while True:
            try:
                next(task)
            except StopIteration as stop:
                return stop.value

    def run_until_complete(self, task):
        return self.run(task)

    def join(self, task):
        yield
        self.threads[task].join()
        value, error = self.outcomes[task]
        if error is not None:
            raise error
        return value

    def sleep(self, seconds):
        yield
        time.sleep(seconds)

    def recv(self, connection, size):
        yield
        return connection.recv(size)

    def send(self, connection, data):
        yield
        connection.sendall(data)

    def accept(self, listener):
        yield
        return listener.accept()[0]
