from collections import Counter

import pytest

from checker.checks import AnError, Code, Inputs, of_each_call


@pytest.mark.points(2)
def test_pages_come_back_in_the_order_of_their_urls(attempt, world):
    """Pages that are on their way at the same time come back in the order of their URLs; no URLs, no entries."""
    pages = world.pages(0.25, 0.10, 0.16, 0.07)
    run = attempt.download_all([page.url for page in pages])
    expect_each_its_url(run, pages)
    run.expect_result([page.body for page in pages])
    expect_once(run, pages)
    run.expect_in_flight(at_least=2)
    none = attempt.download_all([])
    none.expect(not none.raised("Exception"), Code.WRONG_RESULT, "Without URLs, download_all raised something", NO_URLS)
    none.expect_result([])
    first, last, twice, empty = *world.pages(0.0, 0.0), world.page(0.0, "twice"), world.page(0.0, "empty")
    empty.make_body = bytes
    run = attempt.scenario.in_turn([first.url, twice.url, twice.url, empty.url], [last.url, first.url])
    before, after = run.value if is_list(run.value, 2) else (None, None)
    more = type(after) is list and len(after) > 2
    run.expect(not more, Code.WRONG_RESULT, "A second call has more entries than it has URLs", OF_EACH_CALL)
    run.expect(is_list(before, 4), Code.LOST, "A list of four URLs, one of them twice, has no four entries", EACH_PLACE)
    run.expect(is_list(after, 2), Code.WRONG_RESULT, "A second call has no list of its own pages", OF_EACH_CALL)
    both = all(each in twice.bodies for each in before[1:3])
    run.expect(both, Code.LOST, "A URL occurs twice, and one of its two places has no body of its page", EACH_PLACE)
    run.expect(before[3] == b"", Code.WRONG_RESULT, "The entry of a page that is empty is not its body", ALSO_EMPTY)
    run.expect(after[1] != before[0], Code.WRONG_RESULT, OF_OLD, OF_EACH_CALL)
    run.expect_result([[*first.bodies[:1], *before[1:3], b""], [last.body, first.body]])


def is_list(value, length):
    """Whether this is a list of so many entries."""
    return type(value) is list and len(value) == length


EACH_PLACE = (
    "Each time that a URL occurs, it has a place and an entry of its own. A dict by URL has one for both: keep a "
    "future for each place."
)
ALSO_EMPTY = "A page may be empty. Whether a download has failed, only its exception tells: do not look at the body."
OF_OLD = "In a second call, the entry of a page is the body that the first call had got"
OF_EACH_CALL = of_each_call("download_all")


NO_URLS = "No URLs, no entries: the list is empty. A pool needs one thread at least, also when there is nothing to do."


@pytest.mark.points(2)
def test_a_failed_download_is_reported_in_its_place(attempt, world):
    """A failed download is reported in its place, and the others still arrive."""
    # In the order in which they end, neither the first nor the last two would be in their places.
    first, *last = world.pages(0.15, 0.06, 0.02)
    missing, broken = world.page(0.02, "missing", status=404), world.page(0.02, "broken", drop=True)
    torn = world.page(0.02, "torn", torn=True)  # http.client.IncompleteRead, which is no OSError
    pages = (first, missing, broken, torn, *last)
    # More of them fail than there are workers: none may keep its place.
    run = attempt.download_all([page.url for page in pages], max_workers=2)
    expect_each_its_url(run, pages)
    an_error = AnError(type="Exception")
    run.expect_result([first.body, an_error, an_error, an_error, *(page.body for page in last)])
    made = attempt.scenario.made_up([missing.url, broken.url])
    made.expect(made.value == [], Code.WRONG_RESULT, "An entry is an exception that was never raised", AS_IT_WAS)
    expect_once(run, (first, missing, torn, *last))
    tried = len(run.observed.named("broken"))
    told = f"A page whose connection breaks was asked for {tried} times"
    run.expect(tried <= BY_AIOHTTP, Code.DUPLICATE, told, OWN_FAILURE)


BY_AIOHTTP = 2
"""So often does it ask by itself for a page whose connection breaks: HTTP lets a client repeat a GET."""
OWN_FAILURE = "It had failed, and was asked once more. Its exception is its entry: do not ask again."


AS_IT_WAS = (
    "The entry is the exception itself that the download has raised, as you have caught it, and no new one of its "
    "text: whoever gets the list wants to know what has happened."
)


@pytest.mark.points(1)
def test_never_more_than_max_workers(attempt, world):
    """With three workers, three downloads run at the same time, and never more."""
    pages = world.pages(0.20, *[0.10] * 8)
    run = attempt.download_all([page.url for page in pages], max_workers=3)
    expect_each_its_url(run, pages)
    run.expect_result([page.body for page in pages])
    run.expect_in_flight(at_least=3, at_most=3)


@pytest.mark.points(1)
def test_no_thread_is_left(attempt, world):
    """When the pages are there, the threads are gone."""
    pages = world.pages(0.02, 0.02, 0.02, 0.02)
    run = attempt.download_all([page.url for page in pages])
    run.expect_nothing_left()


@pytest.mark.points(4)
def test_twenty_pages_come_at_least_four_times_faster(race, world):
    """Twenty pages come at least 4 times faster, and nearly all of the ten threads are used."""

    def twenty_pages(_scale):
        pages = world.pages(*[0.05] * 20)
        return Inputs(
            ([page.url for page in pages],),
            lambda: [page.body for page in pages],
            then=lambda run: expect_once(run, pages),
        )

    race.run("download_all", twenty_pages, at_least=8, at_most=10)


def expect_each_its_url(run, pages):
    """No page was left out, while another was downloaded several times."""
    asked = Counter(span.name for span in run.observed.spans)
    left_out = [page.name for page in pages if page.name not in asked]
    again = [name for name, times in asked.items() if times > 1]
    if left_out and again:
        sentence = f"{left_out[0]} was never downloaded, and {again[0]} {asked[again[0]]} times"
        run.expect(False, Code.WORK_SKIPPED, sentence, OWN_URL)


OWN_URL = (
    "Does each call have a URL of its own? A name that a `lambda` or a nested function takes from outside is looked up "
    "when it runs, and by then the loop has gone on. Hand the URL over as an argument."
)


def expect_once(run, pages):
    """Each of these pages was downloaded exactly once."""
    for page in pages:
        run.expect_operations(page.name, 1)
