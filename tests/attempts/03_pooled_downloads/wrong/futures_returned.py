# BAD_RESULT_TYPE: a future is not its result.
# Says: `.result()` waits for it
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen
def download(url):
    with urlopen(url) as response:
        return response.read()
def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        return [pool.submit(download, url) for url in urls]
