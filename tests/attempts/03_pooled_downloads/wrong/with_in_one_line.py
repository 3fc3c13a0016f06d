# SERIAL: each result is asked for before the next page is given to the pool, all on one line.
# Says: each waits for the one before
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    try:
        with urlopen(url) as response:
            return response.read()
    except Exception as error:
        return error


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool: return [pool.submit(download, url).result() for url in urls]
