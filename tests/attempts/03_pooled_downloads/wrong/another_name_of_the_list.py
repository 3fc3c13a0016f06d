# CRASHED: the futures are called `tasks`, and nothing is called `futures`.
# Says: Nothing has that name here
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        tasks = [pool.submit(download, url) for url in urls]
    results = []
    for future in futures:
        results.append(future.exception() or future.result())
    return results
