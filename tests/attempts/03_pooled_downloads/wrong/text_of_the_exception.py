# SWALLOWED: the text of an exception, where the exception itself is asked for.
# Says: the exception itself, not its text
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    try:
        with urlopen(url) as response:
            return response.read()
    except Exception as error:
        return str(error)


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(download, urls))
