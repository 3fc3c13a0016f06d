# SWALLOWED: `page` is written for `pages`: a NameError ends each thread when it stores its page.
# Says: An exception ended a thread (NameError: name 'page' is not defined)
# Says: Nothing has that name here
import threading
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    pages = [None] * len(urls)
    slots = threading.Semaphore(max_workers)

    def fetch(place, url):
        with slots:
            try:
                entry = download(url)
            except Exception as error:
                entry = error
        page[place] = entry

    threads = [threading.Thread(target=fetch, args=each) for each in enumerate(urls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return pages
