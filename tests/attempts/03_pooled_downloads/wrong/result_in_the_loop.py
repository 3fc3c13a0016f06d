# SERIAL: .result() waits for each page before the next is asked for.
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    results = []
    with ThreadPoolExecutor(max_workers) as pool:
        for url in urls:
            try:
                results.append(pool.submit(download, url).result())
            except Exception as error:
                results.append(error)
    return results
