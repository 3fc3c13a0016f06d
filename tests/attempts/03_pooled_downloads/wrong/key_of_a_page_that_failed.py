# CRASHED: what has failed is thrown away, and its page is looked up all the same.
# Says: What is looked up is not in there
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download_all(urls, max_workers=10):
    pages = {}

    def keep(place):
        try:
            with urlopen(urls[place]) as response:
                pages[place] = response.read()
        except Exception:
            pass

    with ThreadPoolExecutor(max_workers) as pool:
        for place in range(len(urls)):
            pool.submit(keep, place)
    return [pages[place] for place in range(len(urls))]
