# SWALLOWED: each letter of the URL becomes an argument: a comma is missing.
# Says: a comma makes the tuple
import threading
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    pages = {}

    def fetch(url):
        try:
            pages[url] = download(url)
        except Exception as error:
            pages[url] = error

    threads = [threading.Thread(target=fetch, args=(urls[number])) for number in range(len(urls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [pages.get(url) for url in urls]
