# UNDER_USED: batches of `limit` requests, and each batch waits for its slowest.
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
    host, urls, statuses = urlsplit(start).netloc, [start], {}
    async with aiohttp.ClientSession() as session:
        while len(statuses) < len(urls):
            batch = urls[len(statuses) : len(statuses) + limit]
            answers = await asyncio.gather(*(fetch(session, url) for url in batch))
            for url, (status, found) in zip(batch, answers, strict=True):
                statuses[url] = status
                new = dict.fromkeys(link for link in found if urlsplit(link).netloc == host and link not in urls)
                urls += new
    return statuses
