# DUPLICATE: urlopen blocks the loop, and follows redirects by itself: their target is fetched twice.
import asyncio
import re
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import urljoin, urlsplit
from urllib.request import urlopen


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


async def fetch(url):
    try:
        with urlopen(url) as response:
            return response.status, links(url, response.read().decode())
    except HTTPError as error:
        return error.code, []
    except (OSError, HTTPException):
        return None, []


async def crawl(start, limit):
    host, slots, statuses = urlsplit(start).netloc, asyncio.Semaphore(limit), {}

    def follow(urls):
        for url in urls:
            if url not in statuses and urlsplit(url).netloc == host:
                statuses[url] = None
                group.create_task(visit(url))

    async def visit(url):
        async with slots:
            statuses[url], found = await fetch(url)
        follow(found)

    async with asyncio.TaskGroup() as group:
        follow([start])
    return statuses
