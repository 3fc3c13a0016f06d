# WRONG_RESULT: a page that is empty is taken for a failure.
# Says: A page may be empty
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    with ThreadPoolExecutor(max_workers) as pool:
        futures = [pool.submit(download, url) for url in urls]
    results = []
    for future in futures:
        try:
            body = future.result()
            if not body:
                raise ValueError("no page")
            results.append(body)
        except Exception as error:
            results.append(error)
    return results
