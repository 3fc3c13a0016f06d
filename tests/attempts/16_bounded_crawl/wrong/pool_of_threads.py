# WRONG_TOOL: it works, with a thread for each request that is under way.
import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
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
        connection.close()
        return None, []
    location = response.getheader("Location")
    return response.status, [urljoin(url, location)] if location else links(url, html)


async def crawl(start, limit):
    host, statuses = urlsplit(start).netloc, {}
    loop = asyncio.get_running_loop()
    free = [HTTPConnection(host) for _ in range(limit)]
    connections, slots = list(free), asyncio.Semaphore(limit)

    def follow(urls):
        for url in urls:
            if url not in statuses and urlsplit(url).netloc == host:
                statuses[url] = None
                group.create_task(visit(url))

    async def visit(url):
        async with slots:
            connection = free.pop()
            statuses[url], found = await loop.run_in_executor(pool, fetch, connection, url)
            free.append(connection)
        follow(found)

    with ThreadPoolExecutor(limit) as pool:
        async with asyncio.TaskGroup() as group:
            follow([start])
    for connection in connections:
        connection.close()
    return statuses
