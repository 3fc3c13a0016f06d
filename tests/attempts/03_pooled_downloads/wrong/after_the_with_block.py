# CRASHED: the pool is shut down before anything is submitted.
# Says: inside of the block
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen
def download(url):
    with urlopen(url) as response:
        return response.read()
def download_all(urls, max_workers=10):
    results = []
    with ThreadPoolExecutor(max_workers) as pool:
        pass
    futures = [pool.submit(download, url) for url in urls]
    for f in futures:
        try:
            results.append(f.result())
        except Exception as e:
            results.append(e)
    return results
