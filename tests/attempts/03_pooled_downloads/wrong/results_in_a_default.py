# WRONG_RESULT: the default of an argument is made once, and has the pages of an earlier call.
# Says: Make it inside `download_all`
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10, results={}):
    def one(i):
        try:
            results[i] = download(urls[i])
        except Exception as e:
            results[i] = e

    with ThreadPoolExecutor(max_workers) as pool:
        for i in range(len(urls)):
            pool.submit(one, i)
    return [results[i] for i in sorted(results)]
