# WORK_SKIPPED: the threads look `url` up when they run.
# Says: up when it
import threading
from urllib.request import urlopen


def download(url: str) -> bytes:
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    results = [None] * len(urls)
    places = threading.Semaphore(max_workers)
    threads = []
    for i, url in enumerate(urls):

        def work():
            with places:
                try:
                    results[i] = download(url)
                except Exception as error:
                    results[i] = error

        threads.append(threading.Thread(target=work))
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    return results
