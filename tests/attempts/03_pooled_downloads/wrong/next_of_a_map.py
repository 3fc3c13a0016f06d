# SWALLOWED: the iterator of map ends with the first exception.
# Says: Let the function that you map catch
from concurrent.futures import ThreadPoolExecutor
from urllib.request import urlopen
def download(url):
    with urlopen(url) as response:
        return response.read()
def download_all(urls, max_workers=10):
    results = []
    with ThreadPoolExecutor(max_workers) as pool:
        it = pool.map(download, urls)
        while True:
            try:
                results.append(next(it))
            except StopIteration:
                break
            except Exception as e:
                results.append(e)
    return results
