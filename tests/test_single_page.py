"""One attempt as one web page that needs no other file, and what pytest writes when it is asked for files."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, cast

import pytest

from checker.model.answer import Verdict
from checker.model.interpreter import Interpreter
from checker.picture import drawing, scene
from checker.report.html import single
from checker.session import pictures
from tests import browsing, made_class
from tests.evidence import in_rounds, run
from tests.test_html import Page

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

    from checker.session.session import Session

ROOT = Path(__file__).parent.parent
SYNC, ATTEMPT = run(1.0, spans=in_rounds(20, 1)), run(0.5, spans=in_rounds(20, 2))
ADDRESSES = {"src", "href", "action", "data", "srcset", "xlink:href"}


@pytest.fixture(scope="module")
def text() -> str:
    race = made_class.race(Verdict.FAILED, 2.0, diagnosis=made_class.SERIAL, picture=drawing.of(ATTEMPT))
    report = made_class.of(made_class.submission("", made_class.attempt("03", race)))
    return single.render(report, {"03": {race.id: (scene.of(SYNC, "sync"), scene.of(ATTEMPT, "attempt"))}})


def test_sync_stands_above_the_attempt_to_one_scale(text: str) -> None:
    """Both pictures begin at 0 and have the same ruler, so that the shorter run looks shorter."""
    page = Page(text)
    assert [words for element, words in page.texts if element == "h4"] == ["sync", "yours"]
    rulers = re.findall(r'<g class="ruler">.*?</g>', text)
    assert len(rulers) == 2
    assert rulers[0] == rulers[1]
    assert "1000 ms" in rulers[0]


def test_it_says_what_is_wrong_and_what_next(text: str) -> None:
    """Diagnosis, hint, and the command that explains it."""
    assert "<code>SERIAL</code>" in text
    assert made_class.SERIAL.hint in text
    assert "checker explain SERIAL" in text


def test_it_needs_nothing_else(text: str) -> None:
    """No address in it leads out of the file, and the policy lets only its own style and script through."""
    page = Page(text)
    addresses = [value for _, given in page.elements for name, value in given.items() if name in ADDRESSES]
    assert set(addresses) <= {"data:,"}
    assert "url(" not in text
    policy = next(given["content"] for name, given in page.elements if name == "meta" and "http-equiv" in given)
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    assert policy.count("'sha256-") == 2


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory, text: str) -> Iterator[Chrome]:
    """One for all tests, that has the page open."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "page.html").write_text(text)
    with browsing.chrome(folder / "profile") as chrome:
        chrome.get((folder / "page.html").as_uri())
        yield chrome


def ask(browser: Chrome, script: str) -> Any:
    return browser.execute_script(f"return {script}")


@browsing.NEEDED
def test_it_asks_for_nothing(browser: Chrome) -> None:
    """The browser had nothing to complain about, and made no request."""
    assert browser.get_log("browser") == []  # type: ignore[no-untyped-call]
    assert ask(browser, "performance.getEntriesByType('resource').length") == 0


@browsing.NEEDED
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_light_or_dark(browser: Chrome, scheme: str) -> None:
    """As the system is; letters stand out from the paper either way."""
    scheme_of = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme_of})
    paper, ink = (
        sum(map(int, re.findall(r"\d+", ask(browser, f"getComputedStyle(document.body).{what}"))[:3])) / 3
        for what in ("backgroundColor", "color")
    )
    assert (paper > 200 and ink < 60) if scheme == "light" else (paper < 60 and ink > 200)


@browsing.NEEDED
@pytest.mark.parametrize("device", [browsing.PHONE, browsing.PHONE | {"width": 1200, "mobile": False}])
def test_pictures_zoom_and_the_page_stays(browser: Chrome, device: dict[str, Any]) -> None:
    """The slider makes all pictures wider; they scroll, together, and the page does not."""
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", device)
    width = "document.querySelector('.zoomable svg').getBoundingClientRect().width"
    set_to = "(value => {const s = document.querySelector('.zoom input'); s.value = value;"
    set_to += " s.dispatchEvent(new Event('input'))})"
    ask(browser, f"{set_to}(1)")
    before = ask(browser, width)
    ask(browser, f"{set_to}(4)")
    assert ask(browser, width) == pytest.approx(4 * before, rel=0.01)
    assert ask(browser, "document.documentElement.scrollWidth <= innerWidth")
    ask(browser, "document.querySelector('.zoomable').scrollLeft = 100")
    browsing.wait(browser, "return [...document.querySelectorAll('.zoomable')].every(p => p.scrollLeft === 100)", 10)
    ask(browser, f"{set_to}(1)")


def test_it_names_the_interpreter_of_the_attempts() -> None:
    """With --python it is not the grader's own."""
    other = Interpreter(path="/opt/python3.99", version="3.99.0", gil=False)
    report = pictures._report(cast("Session", SimpleNamespace(interpreter=other, results=list)))
    assert f"attempts on {other.name}" in single.render(report, {})


def run_pytest(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "exercises/03", *arguments],
        cwd=ROOT, capture_output=True, text=True, timeout=100, check=False,
    )  # fmt: skip


def test_pytest_writes_both(tmp_path: Path) -> None:
    """A trace with every page that sync and the attempt asked for, and the page; the end of the run says where."""
    trace, page = tmp_path / "run.json", tmp_path / "run.html"
    shown = run_pytest(
        "-k", "twenty", "--attempt", "solutions", "--trace-file", str(trace), "--html-file", str(page)
    ).stdout  # fmt: skip
    assert f"Written: {trace} (open it in https://ui.perfetto.dev)" in shown, shown
    assert f"Written: {page} (open it in a browser)" in shown
    events = json.loads(trace.read_text())["traceEvents"]
    lanes = {event["tid"]: event["args"]["name"] for event in events if event["name"] == "thread_name"}
    for who in ("sync", "attempt"):
        asked = [lanes[event["tid"]].startswith(f"{who}: operations: page-") for event in events if event["ph"] == "X"]
        assert sum(asked) == 20
    assert "<h4>sync</h4>" in page.read_text()


def test_a_file_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    """Before any check runs."""
    done = run_pytest("--trace-file", str(tmp_path / "nowhere" / "run.json"))
    assert done.returncode == 4
    assert "there is no folder" in done.stderr
    assert "collected" not in done.stdout
