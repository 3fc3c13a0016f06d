# UNDER_USED: the number of cores has nothing to do with how many downloads can be waited for.
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


CORES = 2  # os.cpu_count() of a small machine


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(min(CORES, max_workers)) as pool:
        futures = [pool.submit(download, url) for url in urls]
    return [future.exception() or future.result() for future in futures]
