"""Take the picture of the page that the README shows: the first example question, answered."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.server import serving

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "page.png"
QUESTION = "最近7天活跃但未下单的95后女性有哪些？"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main() -> None:
    """Serve the page, ask, wait for the table, and keep the picture."""
    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser_path is None:
        sys.exit("There is no Chromium to take the picture with.")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    with serving() as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 900}, device_scale_factor=2)
        page.goto(url)
        box = page.get_by_role("textbox").last
        box.fill(QUESTION)
        box.press("Enter")
        page.locator("table").first.wait_for(timeout=60_000)
        page.screenshot(path=PICTURE)
        browser.close()
    print(PICTURE)


if __name__ == "__main__":
    main()
