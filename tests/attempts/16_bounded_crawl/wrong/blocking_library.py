# BLOCKS_LOOP: http.client (like urllib and requests) knows nothing of the event loop, and stops it.
import asyncio
import re
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urljoin, urlsplit


def links(url, html):
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


def fetch(connection, url):
    try:
        connection.request("GET", urlsplit(url).path)
        response = connection.getresponse()
        html = response.read().decode()
    except (OSError, HTTPException):
        return None, []
    location = response.getheader("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    host, slots, statuses = urlsplit(start).netloc, asyncio.Semaphore(limit), {}

    def follow(urls):
        for url in urls:
            if url not in statuses and urlsplit(url).netloc == host:
                statuses[url] = None
                group.create_task(visit(url))

    async def visit(url):
        async with slots:
            statuses[url], found = fetch(connection, url)
        follow(found)

    with closing(HTTPConnection(host)) as connection:
        async with asyncio.TaskGroup() as group:
            follow([start])
    return statuses
