# CRASHED: a body that ends too soon is no OSError.
# Says: belongs into the result, in the place of what failed
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url: str) -> bytes:
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    def page_or_error(url):
        try:
            return download(url)
        except OSError as error:
            return error

    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(page_or_error, urls))
