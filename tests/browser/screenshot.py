"""Take the picture of the page that the README shows: the headline question, answered over the demo shop."""

import argparse
import datetime
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from agent.settings import Settings
from agent.wiring import connect
from tests.browser.conftest import found_browser, launched
from tests.browser.reading import ask, chart
from tests.server import free_port
from ui.serve import serve
from warehouse.demo.build import build

PICTURE = Path(__file__).parents[2] / "docs" / "images" / "page.png"
QUESTION = "最近7天活跃但未下单的95后女性有哪些？"
AS_OF, USERS, SEED = datetime.date(2026, 6, 30), 20_000, 7


def main() -> None:
    """Serve the page over a demo shop made for it, ask, and keep the picture."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("picture", nargs="?", type=Path, default=PICTURE, help="the PNG file to write")
    picture: Path = arguments.parse_args().picture
    picture.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        shop = Path(folder) / "shop.duckdb"
        build(shop, as_of=AS_OF, users=USERS, seed=SEED)
        told: list[str] = []
        analyst = connect(Settings(WENSHU_WAREHOUSE=shop, _env_file=None))
        served = serve(analyst, port=free_port(), on_ready=told.append, block=False)
        try:
            take(told[0], picture)
        finally:
            served.close()
    print(picture)


def take(address: str, picture: Path) -> None:
    """The page at `address` with the headline question answered."""
    with sync_playwright() as playwright:
        browser = launched(playwright, found_browser())
        page: Page = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 1480}, device_scale_factor=1.5)
        page.goto(address)
        page.locator(".wenshu.ready").wait_for()
        turn = ask(page, QUESTION)
        chart(turn)
        turn.scroll_into_view_if_needed()
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
