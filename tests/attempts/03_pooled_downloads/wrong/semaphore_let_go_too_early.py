# OVER_LIMIT: the semaphore is held while the URL is looked up, and not while the page comes.
# Says: around all of the work
import threading
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    out = [None] * len(urls)
    sem = threading.Semaphore(max_workers)

    def run(i):
        with sem:
            url = urls[i]
        try:
            out[i] = download(url)
        except Exception as e:
            out[i] = e

    ts = [threading.Thread(target=run, args=(i,)) for i in range(len(urls))]
    for t in ts:
        t.start()
    for t in ts:
        t.join()
    return out
