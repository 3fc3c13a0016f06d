# OVER_LIMIT: the semaphore is held once, around all requests of a page.
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
    async with aiohttp.ClientSession() as session:
        urls = [start]
        while urls:
            statuses.update(dict.fromkeys(urls))
            async with slots:
                answers = await asyncio.gather(*(fetch(session, url) for url in urls))
            statuses.update((url, status) for url, (status, _) in zip(urls, answers, strict=True))
            found = dict.fromkeys(link for _, more in answers for link in more)
            urls = [link for link in found if link not in statuses and urlsplit(link).netloc == host]
    return statuses
