# SWALLOWED: an empty list has no places: an IndexError ends each thread when it stores its page.
# Says: An exception ended a thread (IndexError: list assignment index out of range)
import threading
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    pages = []
    slots = threading.Semaphore(max_workers)

    def fetch(place, url):
        with slots:
            try:
                entry = download(url)
            except Exception as error:
                entry = error
        pages[place] = entry

    threads = [threading.Thread(target=fetch, args=each) for each in enumerate(urls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pages
