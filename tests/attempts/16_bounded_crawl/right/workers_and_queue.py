# As many workers as requests are allowed; they share a queue of addresses.
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def fetch(session, url):
    try:
        async with session.get(url, allow_redirects=False) as response:
            html = await response.text()
    except aiohttp.ClientError:
        return None, []
    location = response.headers.get("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    host, statuses, urls = urlsplit(start).netloc, {}, asyncio.Queue()

    def note(url):
        if url not in statuses and urlsplit(url).netloc == host:
            statuses[url] = None
            urls.put_nowait(url)

    async def worker():
        while True:
            url = await urls.get()
            statuses[url], found = await fetch(session, url)
            for link in found:
                note(link)
            urls.task_done()

    note(start)
    async with aiohttp.ClientSession() as session:
        workers = [asyncio.create_task(worker()) for _ in range(limit)]
        await urls.join()
        for task in workers:
            task.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return statuses
