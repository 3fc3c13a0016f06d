# LOST: the pool calls an `async def`, and gets coroutines that nobody awaits.
# Says: gives `fetch_one` to `pool.map`
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


async def fetch_one(url):
    try:
        return download(url)
    except Exception as error:
        return error


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        return list(pool.map(fetch_one, urls))
