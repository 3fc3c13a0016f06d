# SERIAL: the lock that should only guard the results is held while a page comes.
# Says: the other threads wait for a lock
# Says: Does everything inside it need that
import threading
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen

lock = threading.Lock()


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    results = {}

    def one(url):
        with lock:
            try:
                results[url] = download(url)
            except Exception as e:
                results[url] = e

    with ThreadPoolExecutor(max_workers) as pool:
        pool.map(one, urls)
    return [results[url] for url in urls]
