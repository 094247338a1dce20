"""A real Chromium on the page: over the scripted analyst for its states, over the demo shop for the whole way."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Request, expect, sync_playwright

from agent.analyst import Analyst
from tests.ui.scripted import Scripted
from ui.palette import Theme
from ui.serve import serve

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MOST_MILLISECONDS = 60_000  # a page that does come, however busy the machine, is no failure
SIZES = {"desktop": (1280, 900), "phone": (390, 844)}

Size = Literal["desktop", "phone"]
Open = Callable[..., Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    found = found_browser()
    if not found:
        pytest.skip("there is no Chromium on this machine")
    listed = shutil.which("fc-list")
    if listed is None or not subprocess.run([listed, ":lang=zh"], capture_output=True, check=True).stdout:
        pytest.skip("there is no font with Chinese on this machine")
    expect.set_options(timeout=MOST_MILLISECONDS)
    with sync_playwright() as playwright:
        started = launched(playwright, found)
        yield started
        started.close()


def found_browser() -> str:
    """Where this machine has a Chromium; empty where it has none."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), "")


def launched(playwright: Playwright, path: str) -> Browser:
    """A Chromium without its sandbox, which containers do not give it."""
    return playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])


@pytest.fixture(scope="session")
def script() -> Scripted:
    return Scripted()


@pytest.fixture(scope="session")
def scripted(script: Scripted) -> Iterator[str]:
    """The address of a page over the scripted analyst."""
    told: list[str] = []
    page = serve(script, port=0, on_ready=told.append, block=False)
    yield told[0]
    page.close()


@pytest.fixture(scope="session")
def real(analyst: Analyst) -> Iterator[str]:
    """The address of a page over the demo shop."""
    told: list[str] = []
    page = serve(analyst, port=0, on_ready=told.append, block=False)
    yield told[0]
    page.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[dict[tuple[str, str, str], BrowserContext]]:
    """One for each kind of visitor, so that the browser keeps the page's scripts from test to test."""
    opened: dict[tuple[str, str, str], BrowserContext] = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(browser: Browser, contexts: dict[tuple[str, str, str], BrowserContext]) -> Iterator[Open]:
    """Opens the page as one visitor; afterwards nothing may have left the machine or gone wrong in the console."""
    outside: list[str] = []
    wrong: list[str] = []
    pages: list[Page] = []

    def watch(request: Request) -> None:
        if urlsplit(request.url).hostname not in {"127.0.0.1", None}:
            outside.append(request.url)

    def open_page(address: str, *, size: Size = "desktop", locale: str = "zh-CN", theme: Theme = "light") -> Page:
        kind = (size, locale, theme)
        if kind not in contexts:
            contexts[kind] = new_context(browser, size, locale, theme)
        page = contexts[kind].new_page()
        pages.append(page)
        page.on("request", watch)
        page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.goto(address)
        page.locator(".wenshu.ready").wait_for()
        return page

    yield open_page
    for page in pages:
        page.evaluate("localStorage.clear()")
        page.close()
    assert outside == []
    assert wrong == []


def new_context(browser: Browser, size: Size, locale: str, theme: Theme) -> BrowserContext:
    """A visitor with a window, a language and a liking for light or dark."""
    width, height = SIZES[size]
    return browser.new_context(
        locale=locale,
        color_scheme=theme,
        viewport={"width": width, "height": height},
        accept_downloads=True,
        reduced_motion="reduce",
        permissions=["clipboard-read", "clipboard-write"],
    )
