from itertools import pairwise

import pytest

from checker.checks import Code, Inputs, in_words, of_each_call
from checker.judge.overlap import peak


@pytest.mark.points(1)
def test_every_page_is_asked_for_once(attempt, world):
    """Pages are asked for side by side, and each page once, however many links lead to it."""
    home, about, news, team, jobs = pages = [
        world.page(0.12, name) for name in ("home", "About", "news/", "team", "jobs")
    ]
    jobs.url += "?sort=date"
    home.links = [about, news, team, about, team]  # with two slots, team has to wait for one, twice
    about.links, news.links, team.links, jobs.links = [jobs, home], [news, jobs], [jobs, about], [home, team]
    run = attempt.crawl(home.url, 2)
    expect_once(run, *pages)
    cut_off = jobs.url.partition("?")[0] in run.told
    run.expect(not cut_off, Code.WRONG_RESULT, "An address is in the result without its end, from the `?` on", WHOLE)
    run.expect_result({page.url: 200 for page in pages})
    expect_width(run, at_least=2)


WHOLE = (
    "What follows the `?` belongs to the address: with another query it is another page. Keep, compare and ask for "
    "addresses as they stand in the links."
)


@pytest.mark.points(1)
def test_failures_and_redirects_are_recorded(attempt, world):
    """A missing page, a server error, redirects and broken connections are recorded, and the crawl goes on."""
    home, new, hidden, last = (world.page(0.03, name) for name in ("home", "new", "hidden", "last"))
    missing, error = world.page(0.03, "missing", status=404), world.page(0.03, "error", status=500)
    moved = world.page(0.03, "moved", status=302, location=new)
    renamed = world.page(0.03, "renamed", status=301, location=hidden)
    broken, torn = world.page(0.03, "broken", drop=True), world.page(0.03, "torn", torn=True)
    home.links, new.links = [missing, broken, torn, moved, error, renamed], [new]
    hidden.links = [new, last]
    run = attempt.crawl(home.url, 3)
    expect_once(run, home, missing, moved, error, renamed, new, hidden, last)
    run.expect(not isinstance(run.told.get(torn.url), int), Code.WRONG_RESULT, HALF, NO_PAGE)
    found = {page.url: 200 for page in (home, new, hidden, last)}
    found |= {missing.url: 404, error.url: 500, moved.url: 302, renamed.url: 301}
    run.expect_result(found | {broken.url: None, torn.url: None})
    tried = len(run.observed.named("broken"))
    run.expect(
        tried <= BY_AIOHTTP, Code.DUPLICATE, f"A page whose connection breaks was asked for {tried} times", BROKEN
    )
    attempt.crawl(broken.url, 3).expect_result({broken.url: None})
    attempt.crawl(moved.url, 3).expect_result({moved.url: 302, new.url: 200})
    missing.links, error.links = [error], [last]
    run = attempt.crawl(missing.url, 3)
    with in_words(Code.WORK_SKIPPED, "A page with the status 404 or 500 had a link, which was not followed", FOLLOW):
        run.expect_operations("last", 1)


BY_AIOHTTP = 2
"""So often does it ask by itself for a page whose connection breaks."""
BROKEN = "Do not ask again: aiohttp has done so by itself. Note None for it, and go on."
HALF = "A connection broke in the middle of a page, and the page has a status in the result"
NO_PAGE = (
    "The headers came, and the rest did not: the page counts as broken. `response.text()` raises another ClientError "
    "than `session.get(...)`: note None for both."
)
FOLLOW = "A page that says 404 or 500 is a page all the same: as in sync.py, what it links to is visited, too."


@pytest.mark.points(1)
def test_other_hosts_are_left_alone(attempt, world):
    """Pages of other hosts are not asked for, whether a link or a redirect leads there."""
    home, about = world.page(0.03, "home"), world.page(0.03, "about")
    elsewhere = world.page(0.03, "elsewhere", foreign=True)
    elsewhere.url += f"?from={home.url}"
    away = world.page(0.03, "away", status=302, location=elsewhere)
    home.links, elsewhere.links = [elsewhere, away, about], [about]
    run = attempt.crawl(home.url, 3)
    abroad = "A page of another host, or port, was asked for"
    run.expect(elsewhere.url not in run.told, Code.WRONG_RESULT, abroad, SAME_HOST)
    run.expect_result({home.url: 200, about.url: 200, away.url: 302})
    run.expect_operations("elsewhere", 0)


SAME_HOST = (
    "The host and the port both count: `urlsplit(url).netloc` has both, `.hostname` has no port. Compare that of a "
    "link with that of the start page: the one address may stand anywhere in the other."
)


@pytest.mark.points(1)
def test_never_more_than_the_limit(attempt, world):
    """Where a page has many links, `limit` requests are under way at the same time, and never more."""
    # Who counts a request only until its headers are there would have all of these under way.
    home, pages = world.page(0.12, "home"), [world.page(0.12, f"page-{n}", headers_first=True) for n in range(1, 10)]
    home.links = pages
    for limit in (3, 7):
        run = attempt.crawl(home.url, limit)
        run.expect_result({page.url: 200 for page in (home, *pages)})
        expect_width(run, at_least=limit, at_most=limit)


@pytest.mark.points(1)
def test_connections_are_used_again_and_closed(attempt, world):
    """One thread, whose event loop never stands still. Two connections, used again and again, are closed in the end."""
    home, slow, pages = world.page(0.12, "home"), world.page(0.36, "slow-page"), world.pages(*[0.12] * 6)
    home.links = [slow, *pages]
    run = attempt.crawl(home.url, 2)
    run.expect_nothing_left()
    run.expect_connections(at_most=2)
    run.expect_loop_alive("slow-page")
    run.expect_threads(at_most=1)
    expect_width(run, at_least=2)


@pytest.mark.points(1)
def test_a_limit_of_one_is_enough(attempt, world):
    """With a limit of one, too, the crawl comes to the end of a chain of pages, past broken ones and a redirect."""
    chain, broken = world.pages(*[0.03] * 5), world.page(0.03, "broken", drop=True)
    for page, following in pairwise(chain):
        page.links = [broken, following]
    torn, moved = world.page(0.03, "torn", torn=True), world.page(0.03, "moved", status=302, location=chain[2])
    chain[1].links = [torn, moved]
    run = attempt.crawl(chain[0].url, 1)
    run.expect_result({page.url: 200 for page in chain} | {broken.url: None, torn.url: None, moved.url: 302})
    run.expect_in_flight(at_most=1)
    run = attempt.scenario.crawl_again(chain[-2].url, 1)
    gone = "A site was crawled a second time, and its pages are not all there"
    with in_words(Code.WRONG_RESULT, gone, OF_EACH_CALL), in_words(Code.LOST, gone, OF_EACH_CALL):
        run.expect_result({page.url: 200 for page in chain[-2:]} | {broken.url: None})
    with in_words(Code.WORK_SKIPPED, REMEMBERED, OF_EACH_CALL):
        run.expect_operations(chain[-2].name, 2)
    begin_s = run.observed.named(chain[-2].name)[-1].start_s
    again = [span for span in run.observed.spans if span.start_s >= begin_s]
    run.expect(peak(again) <= 1, Code.OVER_LIMIT, OF_THE_FIRST, OF_EACH_CALL)


OF_EACH_CALL = of_each_call("crawl")
REMEMBERED = "A site was crawled a second time, and its pages were not asked for again: they may have changed since"
OF_THE_FIRST = "A second crawl was allowed one request at a time, and still had the two that the first was allowed"


@pytest.mark.points(4)
def test_a_news_site_is_crawled_much_faster(race, world):
    """A news site of 24 pages is crawled at least 2.5 times faster: the limit is used, all the way."""

    def news_site(_scale):
        overviews, stories = [], []
        for number in range(1, 7):
            overview = world.page(0.02, f"page-{number}")
            overview.links = [world.page(0.06, f"story-{number}{letter}") for letter in "abc"]
            stories += overview.links
            overviews.append(overview)
        for overview, older in pairwise(overviews):
            overview.links = [*overview.links, older]
        pages = overviews + stories
        return Inputs(
            (overviews[0].url, 6), lambda: {page.url: 200 for page in pages}, then=lambda run: expect_once(run, *pages)
        )

    # Who waits for all links of a page before it follows theirs never has more than four requests in flight.
    with in_words(Code.SERIAL, ONE_AT_A_TIME, KEEP_WAITING):
        race.run("crawl", news_site, at_least=5, at_most=6)


ONCE = (
    "Whoever follows a redirect by itself fetches its target a second time (aiohttp does, without "
    "`allow_redirects=False`). "
    "Otherwise: note that a page was seen when you find its link, not when it has come."
)
LEADS_THERE = (
    "A link or a redirect leads there. Where that is the start page's host, it is followed, with all of its address as "
    "it stands, and its answer is waited for."
)

ONE_AT_A_TIME = "A page had several links, and still the pages were asked for one at a time"
KEEP_WAITING = (
    "Give each address a task (or a worker that waits for one) as soon as its link is found, and do not await that "
    "task there. A worker that finds nothing to do now may have something to do soon: it must wait, not end. And a "
    "lock lets in one at a time: hold none while a page is on its way."
)
ONE_LIMIT = (
    "All requests share one limit: one semaphore, or exactly `limit` workers. A request is under way until its body is "
    "there: `await response.text()` belongs inside the slot."
)


def expect_width(run, at_least, **at_most):
    """So many requests were under way at once, at the peak."""
    with in_words(Code.SERIAL, ONE_AT_A_TIME, KEEP_WAITING):
        run.expect_in_flight(at_least, **at_most, hint=ONE_LIMIT)


def expect_once(run, *pages):
    """Each of these pages was asked for exactly once."""
    for page in pages:
        again = len(run.observed.named(page.name)) > 1
        run.expect_operations(page.name, 1, ONCE if again else LEADS_THERE)
