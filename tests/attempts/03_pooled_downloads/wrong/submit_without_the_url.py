# CRASHED: nobody tells download which URL.
# Says: `submit(f, x)`
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen
def download(url):
    with urlopen(url) as response:
        return response.read()
def download_all(urls, max_workers=10):
    results = []
    with ThreadPoolExecutor(max_workers) as pool:
        futures = [pool.submit(download) for url in urls]
        for f in futures:
            try:
                results.append(f.result())
            except Exception as e:
                results.append(e)
    return results
