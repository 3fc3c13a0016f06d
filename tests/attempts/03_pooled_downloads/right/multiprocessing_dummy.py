# The thread pool that looks like multiprocessing's.
from multiprocessing.pool import ThreadPool
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def page_or_error(url):
    try:
        return download(url)
    except Exception as error:
        return error


def download_all(urls, max_workers=10):
    with ThreadPool(max_workers) as pool:
        results = pool.map(page_or_error, urls, chunksize=1)
        pool.close()
        pool.join()
    return results
