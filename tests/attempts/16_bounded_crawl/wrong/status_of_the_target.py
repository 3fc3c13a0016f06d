# WRONG_RESULT: aiohttp follows the redirects, and a page that moved has its target's status.
# Says: where 302 is right
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def crawl(start, limit):
    host = urlsplit(start).netloc
    slots = asyncio.Semaphore(limit)
    statuses, seen = {}, set()

    def follow(urls):
        for url in urls:
            if url not in seen and urlsplit(url).netloc == host:
                seen.add(url)
                group.create_task(visit(url))

    async def visit(url):
        async with slots:
            try:
                async with session.get(url) as response:
                    found = links(url, await response.text(errors="replace"))
                    final = str(response.url)
                    seen.add(final)
                    if urlsplit(final).netloc == host:
                        statuses[final] = response.status
                    statuses[url] = response.status
            except aiohttp.ClientError:
                statuses[url], found = None, []
        follow(found)

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        follow([start])
    return statuses
