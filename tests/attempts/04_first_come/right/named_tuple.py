"""Query several mirrors concurrently and return the first successful answer."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from typing import Final, NamedTuple

logger: Final = logging.getLogger(__name__)

THREAD_NAME_PREFIX: Final[str] = "mirror"


class Answer(NamedTuple):
    """A successful answer."""

    mirror: str
    body: bytes


def _first_success(mirror_of: dict[Future[bytes], str]) -> Answer:
    """Return the first success, or raise an ExceptionGroup if there is none."""
    failures: list[Exception] = []
    for future in as_completed(mirror_of):
        mirror = mirror_of[future]
        try:
            body = future.result()
        except Exception as error:
            logger.info("mirror %s failed: %r", mirror, error)
            failures.append(error)
        else:
            logger.info("mirror %s answered", mirror)
            return Answer(mirror, body)
    raise ExceptionGroup("no mirror has answered", failures)


def fastest(mirrors: Iterable[str], fetch: Callable[[str], bytes]) -> tuple[str, bytes]:
    """Return (mirror, body) from the mirror that answers first.

    Raises:
        ExceptionGroup: If all mirrors fail; it holds every failure.
        ValueError: If there are no mirrors.
    """
    mirrors = list(mirrors)
    if not mirrors:
        raise ValueError("no mirrors given")

    pool = ThreadPoolExecutor(max_workers=len(mirrors), thread_name_prefix=THREAD_NAME_PREFIX)
    began_s = time.perf_counter()
    all_have_failed = False
    try:
        return _first_success({pool.submit(fetch, mirror): mirror for mirror in mirrors})
    except ExceptionGroup:
        all_have_failed = True
        raise
    finally:
        # Losers cannot be stopped, so do not wait for them; but if all have failed, nobody is at work any more.
        pool.shutdown(wait=all_have_failed, cancel_futures=True)
        logger.debug("race took %.3f s", time.perf_counter() - began_s)


def _demo() -> None:
    def fetch(mirror: str) -> bytes:
        threading.Event().wait(len(mirror) / 10)
        return mirror.encode()

    print(fastest(["north", "sea", "south"], fetch))


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    _demo()
