# No queue: each thread has its share of the keys from the beginning.
import threading


class Worker(threading.Thread):
    def __init__(self, connect, share):
        super().__init__()
        self.connect, self.share, self.found = connect, share, {}

    def run(self):
        connection = self.connect()
        try:
            for place, key in self.share:
                try:
                    self.found[place] = connection.get(key)
                except Exception as error:
                    self.found[place] = error
        finally:
            connection.close()


def fetch_all(keys, connect, workers):
    places = list(enumerate(keys))
    threads = [Worker(connect, places[number::workers]) for number in range(workers)]
    found = {}
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
        found |= thread.found
    return [found[place] for place in range(len(keys))]
