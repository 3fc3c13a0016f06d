# One loop that keeps as many requests under way as are allowed.
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
    host, todo, seen, statuses = urlsplit(start).netloc, [start], {start}, {}
    under_way = {}
    async with aiohttp.ClientSession() as session:
        while todo or under_way:
            while todo and len(under_way) < limit:
                url = todo.pop(0)
                under_way[asyncio.create_task(fetch(session, url))] = url
            done, _ = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                statuses[under_way.pop(task)], found = task.result()
                for link in found:
                    if link not in seen and urlsplit(link).netloc == host:
                        seen.add(link)
                        todo.append(link)
    return statuses
