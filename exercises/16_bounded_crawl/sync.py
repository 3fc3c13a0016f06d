"""Crawl a web site: one page after the other."""

import re
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from urllib.parse import urljoin, urlsplit


def links(url: str, html: str) -> list[str]:
    """Return the addresses that a page links to. (Enough for simple pages; real ones need an HTML parser.)"""
    return [urljoin(url, link) for link in re.findall(r'href="([^"#]*)', html)]


def fetch(connection: HTTPConnection, url: str) -> tuple[int | None, list[str]]:
    """Ask for one page. Return its status, and the addresses that it leads to."""
    try:
        connection.request("GET", urlsplit(url)._replace(scheme="", netloc="").geturl())
        response = connection.getresponse()
        html = response.read().decode(errors="replace")
    except (OSError, HTTPException):
        connection.close()  # it broke; the next request opens a new one
        return None, []
    location = response.getheader("Location")  # where a redirect leads
    return response.status, [urljoin(url, location)] if location else links(url, html)


def crawl(start: str, limit: int) -> dict[str, int | None]:
    """Visit every page of the start page's host that links and redirects lead to. Return {url: status}.

    status: the HTTP status of the answer (200, 302, 404, ...), or None if the connection broke.
    Each page is asked for once. At most `limit` requests may be under way at the same time, on
    connections that are used again, and closed at the end.
    """
    host = urlsplit(start).netloc
    statuses, urls = {}, [start]
    with closing(HTTPConnection(host)) as connection:
        for url in urls:  # the list grows while the loop goes through it
            statuses[url], found = fetch(connection, url)
            urls += [link for link in dict.fromkeys(found) if urlsplit(link).netloc == host and link not in urls]
    return statuses
