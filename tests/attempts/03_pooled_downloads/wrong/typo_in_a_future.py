# WORK_SKIPPED: a NameError ends each future, and nobody asks the futures.
# Says: `pool.submit(fetch, place, url)` gives a future
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    pages = [None] * len(urls)

    def fetch(place, url):
        pages[place] = downlod(url)

    with ThreadPoolExecutor(max_workers) as pool:
        for place, url in enumerate(urls):
            pool.submit(fetch, place, url)
    return pages
