import pytest

from checker.checks import AnError, Inputs


@pytest.mark.points(2)
def test_pages_come_back_in_the_order_of_their_urls(attempt, world):
    """Pages come back in the order of their URLs, even when the first is the slowest."""
    pages = world.pages(0.12, 0.03, 0.06, 0.01)
    run = attempt.download_all([page.url for page in pages])
    run.expect_result([page.body for page in pages])


@pytest.mark.points(2)
def test_a_failed_download_is_reported_in_its_place(attempt, world):
    """A failed download is reported in its place, and the others still arrive."""
    first, last = world.pages(0.02, 0.02)
    missing, broken = world.page(0.02, "missing", status=404), world.page(0.02, "broken", drop=True)
    run = attempt.download_all([page.url for page in (first, missing, broken, last)])
    run.expect_result([first.body, AnError(type="HTTPError"), AnError(type="Exception"), last.body])


@pytest.mark.points(1)
def test_never_more_than_max_workers(attempt, world):
    """Never more than max_workers downloads run at the same time."""
    pages = world.pages(*[0.04] * 9)
    run = attempt.download_all([page.url for page in pages], max_workers=3)
    run.expect_result([page.body for page in pages])
    run.expect_in_flight(at_most=3)


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
        return Inputs(([page.url for page in pages],), lambda: [page.body for page in pages])

    race.run("download_all", twenty_pages, at_least=8, at_most=10)
