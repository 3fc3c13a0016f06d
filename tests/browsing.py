"""A real browser for tests. Needs Chromium and its driver; nothing is asked of any network."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from selenium.webdriver import Chrome

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip
PHONE = {"width": 390, "height": 800, "deviceScaleFactor": 2, "mobile": True}
NEEDED = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="there is no chromium with chromedriver on PATH")


@contextmanager
def chrome(profile: Path) -> Iterator[Chrome]:
    """A browser with a profile of its own, which starts no other program than it has to."""
    webdriver: Any = pytest.importorskip("selenium.webdriver", reason="selenium is not installed")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in (*OPTIONS, f"--user-data-dir={profile}"):
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        yield browser
    finally:
        browser.quit()


def wait(browser: Chrome, condition: str, deadline_s: float) -> None:
    """Until a script returns something true. Raises TimeoutException."""
    waiting: Any = pytest.importorskip("selenium.webdriver.support.wait")
    waiting.WebDriverWait(browser, deadline_s).until(lambda _: browser.execute_script(condition))
