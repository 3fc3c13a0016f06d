# DUPLICATE: what fails is tried three times, as programs often do; here each page is downloaded once.
# Says: It had failed, and was asked once more
import time
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url, retries=3):
    for attempt in range(retries):
        try:
            with urlopen(url, timeout=5) as response:
                return response.read()
        except Exception:
            if attempt == retries - 1:
                raise
            time.sleep(0.05)


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        futures = [pool.submit(download, url) for url in urls]
        return [f.exception() or f.result() for f in futures]
