# OVER_LIMIT: the slot is given back when the headers are there, and the body is still under way.
# Says: inside the slot
import asyncio
import re
from urllib.parse import urljoin, urlsplit

import aiohttp


async def crawl(start, limit):
    host, statuses = urlsplit(start).netloc, {start: None}
    slots = asyncio.Semaphore(limit)

    async def visit(url):
        try:
            async with slots:
                answer = await session.get(url, allow_redirects=False)
            statuses[url] = answer.status
            html = await answer.text(errors="replace")
            found = [answer.headers["Location"]] if "Location" in answer.headers else re.findall(r'href="([^"#]*)', html)
        except aiohttp.ClientError:
            return
        for link in (urljoin(url, each) for each in found):
            if link not in statuses and urlsplit(link).netloc == host:
                statuses[link] = None
                group.create_task(visit(link))

    async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        group.create_task(visit(start))
    return statuses
