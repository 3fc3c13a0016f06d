# SERIAL: a worker that finds no address ends, so that only one is left when there are some.
# Says: it must wait, not end
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
    host, statuses, waiting = urlsplit(start).netloc, {start: None}, [start]

    async def worker():
        while waiting:
            url = waiting.pop()
            statuses[url], found = await fetch(session, url)
            for link in found:
                if urlsplit(link).netloc == host and link not in statuses:
                    statuses[link] = None
                    waiting.append(link)

    async with aiohttp.ClientSession() as session:
        await asyncio.gather(*(worker() for _ in range(limit)))
    return statuses
