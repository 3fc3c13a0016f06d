# UNDER_USED: every level waits for the slowest page of the level above.
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
    host, slots, statuses = urlsplit(start).netloc, asyncio.Semaphore(limit), {}

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(session, url)
        return found

    async with aiohttp.ClientSession() as session:
        urls = {start}
        while urls:
            found = await asyncio.gather(*map(visit, urls))
            urls = {link for more in found for link in more if urlsplit(link).netloc == host} - statuses.keys()
    return statuses
