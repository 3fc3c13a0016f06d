# as_completed, with each result put in its place.
from concurrent.futures import ThreadPoolExecutor, as_completed
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    results = [None] * len(urls)
    with ThreadPoolExecutor(max_workers) as pool:
        places = {pool.submit(download, url): place for place, url in enumerate(urls)}
        for future in as_completed(places):
            try:
                results[places[future]] = future.result()
            except Exception as error:
                results[places[future]] = error
    return results
