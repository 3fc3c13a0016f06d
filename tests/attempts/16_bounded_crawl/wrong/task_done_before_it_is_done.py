# LOST: a page counts as done when it is taken, and so the workers are cancelled before they ask for it.
# Says: was over before any operation
# Says: What it had started was cancelled
import asyncio
import re
from collections import deque
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def fetch(session, url):
    """Ask for one page. Return its status, and the addresses that it leads to."""
    try:
        async with session.get(url, allow_redirects=False) as response:
            html = await response.text(errors="replace")
    except aiohttp.ClientError:
        return None, []
    location = response.headers.get("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    todo, host = asyncio.Queue(), urlsplit(start).netloc
    statuses = {start: None}
    todo.put_nowait(start)

    async def worker(session):
        while True:
            url = await todo.get()
            todo.task_done()
            statuses[url], found = await fetch(session, url)
            for link in found:
                if link not in statuses and urlsplit(link).netloc == host:
                    statuses[link] = None
                    todo.put_nowait(link)

    async with aiohttp.ClientSession() as session:
        workers = [asyncio.create_task(worker(session)) for _ in range(limit)]
        await todo.join()
        for each in workers:
            each.cancel()
        await asyncio.gather(*workers, return_exceptions=True)
    return statuses
