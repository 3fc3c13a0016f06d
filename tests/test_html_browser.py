"""The report in a real browser. Needs Chromium and its driver; nothing is asked of any network."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import pytest

from checker.model.answer import Verdict
from checker.picture import drawing
from checker.report.html.pages import files
from tests import browsing, made_class
from tests.evidence import in_rounds, run

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

OPERATIONS = 8

pytestmark = browsing.NEEDED


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the made class, and of one attempt with a timeline of eight operations."""
    target = tmp_path_factory.mktemp("report")
    spans = [
        msgspec.structs.replace(span, name=f"a-longer-name-{number}")
        for number, span in enumerate(in_rounds(OPERATIONS, 2))
    ]
    picture = drawing.of(run(1.0, spans=spans))
    race = made_class.race(Verdict.FAILED, 1.0, diagnosis=made_class.SERIAL, picture=picture)
    alone = made_class.of(made_class.submission("alone", made_class.attempt("03", race)))
    for name, report in (("class", made_class.report()), ("alone", alone)):
        (target / name).mkdir()
        for path, text in files(report).items():
            (target / name / path).write_text(text, encoding="utf-8")
    return target


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Chrome]:
    """One for all tests."""
    with browsing.chrome(tmp_path_factory.mktemp("profile")) as chrome:
        yield chrome


def first_column(browser: Chrome) -> list[str]:
    """The names in the class table, from the top."""
    rows = browser.find_elements("css selector", "table.class tbody tr")
    return [row.find_element("css selector", "th").text for row in rows]


def test_no_page_has_errors(browser: Chrome, folder: Path) -> None:
    """The policy lets our style and script through from the disk, and there is nothing that it has to stop."""
    for path in sorted(folder.rglob("*.html")):
        browser.get(path.as_uri())
        assert browser.get_log("browser") == [], path.name  # type: ignore[no-untyped-call]
        assert browser.execute_script("return getComputedStyle(document.body).maxWidth") != "none"


def test_the_table_sorts(browser: Chrome, folder: Path) -> None:
    """A click on the head of a column sorts by it, the Enter key turns the order around, and the head says which."""
    browser.get((folder / "class" / "index.html").as_uri())
    total = browser.find_elements("css selector", "table.class thead button")[1]
    before = first_column(browser)
    total.click()
    assert first_column(browser)[-1] == "Ada"
    assert total.find_element("xpath", "..").get_attribute("aria-sort") == "ascending"
    total.send_keys("\n")
    assert first_column(browser)[0] == "Ada"
    assert total.find_element("xpath", "..").get_attribute("aria-sort") == "descending"
    assert sorted(first_column(browser)) == sorted(before)


def test_the_class_is_searched_by_name(browser: Chrome, folder: Path) -> None:
    """Whatever the case and the accents, and it says how many there are; without a script, there is no field."""
    browser.get((folder / "class" / "index.html").as_uri())
    field, told = (browser.find_element("css selector", f".search {name}") for name in ("input", "output"))
    everybody = first_column(browser)
    field.send_keys("Á")
    shown = [name for name in first_column(browser) if name]
    assert shown == [name for name in everybody if "a" in name.lower()]
    assert told.text == f"{len(shown)} of {len(everybody)}"
    field.clear()
    field.send_keys(" ")
    assert first_column(browser) == everybody
    assert told.text == ""
    browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    try:
        browser.refresh()
        assert not browser.find_element("css selector", ".search").is_displayed()
        assert len(browser.find_elements("css selector", "table.class tbody tr")) == len(everybody)
    finally:
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


def test_each_operation_has_a_lane(browser: Chrome, folder: Path) -> None:
    """The drawing has a bar that can be seen for every operation, inside of the drawing."""
    browser.get((folder / "alone" / "learner-1.html").as_uri())
    frame = browser.find_element("css selector", ".timeline svg").rect
    bars = [bar.rect for bar in browser.find_elements("css selector", ".lane rect")]
    assert len(bars) == OPERATIONS
    for bar in bars:
        assert bar["width"] > 3
        assert frame["x"] <= bar["x"] <= bar["x"] + bar["width"] <= frame["x"] + frame["width"] + 1


def test_no_page_is_wider_than_a_phone(browser: Chrome, folder: Path) -> None:
    """Wide tables scroll in their own place; the page does not scroll sideways."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", browsing.PHONE)
    for path in sorted(folder.rglob("*.html")):
        browser.get(path.as_uri())
        width = browser.execute_script("return document.documentElement.scrollWidth")
        assert width <= browsing.PHONE["width"], path.name


@pytest.mark.parametrize("width", [390, 320])
def test_no_label_of_a_picture_is_cut_off(browser: Chrome, folder: Path, width: int) -> None:
    """Nothing can be scrolled to that lies to the left of a drawing: names begin inside of it, on a phone, too."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {**browsing.PHONE, "width": width})
    browser.get((folder / "alone" / "learner-1.html").as_uri())
    frame = browser.find_element("css selector", ".timeline svg").rect
    labels = [label.rect for label in browser.find_elements("css selector", ".lane text")]
    assert len(labels) == OPERATIONS
    assert min(label["x"] for label in labels) >= frame["x"]
