# No executor: threads of one's own that take work from a queue.
import queue
import threading
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    results, work = [None] * len(urls), queue.SimpleQueue()
    for item in enumerate(urls):
        work.put(item)

    def worker():
        while True:
            try:
                place, url = work.get_nowait()
            except queue.Empty:
                return
            try:
                results[place] = download(url)
            except Exception as error:
                results[place] = error

    threads = [threading.Thread(target=worker) for _ in range(min(max_workers, len(urls)))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
