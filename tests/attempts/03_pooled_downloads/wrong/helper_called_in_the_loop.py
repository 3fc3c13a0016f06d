# SERIAL: the helper is called where it is made, in each turn of the loop.
# Says: Start all of the work before you wait for any of it.
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


def download_all(urls, max_workers=10):
    pages = []
    for url in urls:

        def fetch():
            try:
                return download(url)
            except Exception as error:
                return error

        pages.append(fetch())
    return pages
