# A thread for each page, started when one of max_workers permits is free.
import threading
from urllib.request import urlopen


def download(url):
    with urlopen(url) as response:
        return response.read()


class DownloadTask(threading.Thread):
    def __init__(self, url, permits):
        super().__init__(name=url)
        self.url = url
        self.permits = permits
        self.result = None

    def run(self):
        try:
            self.result = download(self.url)
        except Exception as e:
            self.result = e
        finally:
            self.permits.release()


def download_all(urls, max_workers=10):
    permits = threading.Semaphore(max_workers)
    tasks = []
    for url in urls:
        permits.acquire()
        task = DownloadTask(url, permits)
        task.start()
        tasks.append(task)
    for task in tasks:
        task.join()
    return [task.result for task in tasks]
