"""From the words of a question to what a person sees and downloads, over the demo shop, against SQL of our own."""

import csv
import io
from pathlib import Path

import duckdb
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Open, Size
from tests.browser.reading import answer, ask, chart, colours_and_cover, overflow, rows

pytestmark = pytest.mark.browser

HEADLINE = {
    "zh-CN": "最近7天活跃但未下单的95后女性有哪些？",
    "en-US": "Which women born 1995-1999 were active in the last 7 days but did not order?",
}
LISTED = """
SELECT u.user_id, u.city FROM users u
WHERE u.gender = '女' AND u.birth_date BETWEEN DATE '1995-01-01' AND DATE '1999-12-31'
  AND u.user_id IN (SELECT user_id FROM events WHERE event_at >= '2026-06-24' AND event_at < '2026-07-01')
  AND u.user_id NOT IN (SELECT user_id FROM orders WHERE ordered_at >= '2026-06-24' AND ordered_at < '2026-07-01')
"""


@pytest.fixture(scope="module")
def listed(shop: Path) -> dict[int, str]:
    """The users of the headline question and their cities, by SQL written here."""
    with duckdb.connect(str(shop), read_only=True) as connection:
        return dict(connection.execute(LISTED).fetchall())


@pytest.mark.parametrize(
    ("size", "locale"), [("desktop", "zh-CN"), ("phone", "zh-CN"), ("desktop", "en-US"), ("phone", "en-US")]
)
def test_the_headline_question(
    real: str, visit: Open, listed: dict[int, str], tmp_path: Path, size: Size, locale: str
) -> None:
    page = visit(real, size=size, locale=locale)
    turn = ask(page, HEADLINE[locale])
    assert listed
    assert said_number(turn) == len(listed)
    assert len(rows(turn)) == min(20, len(listed))
    assert f"{len(listed):,}" in turn.locator(".count").inner_text()
    assert turn.locator(".chip").count() >= 3
    assert {int(line[0]) for line in downloaded(page, turn, tmp_path)} == set(listed)
    plot = chart(turn)
    bars = plot.locator(".bars .point")
    assert 1 <= bars.count() <= len(set(listed.values()))
    colours, cover = colours_and_cover(plot)
    assert colours >= 3
    assert cover > 0.01
    assert overflow(page) <= 0
    assert turn.locator("details").filter(has_text="SELECT").get_attribute("open") is None


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_follow_ups_and_cards_are_answered(real: str, visit: Open, locale: str) -> None:
    page = visit(real, locale=locale)
    page.locator(".card").nth(1).click()
    first = answer(page, 0)
    expect(first.locator(".sentence")).to_be_visible()
    follow_up = ask(page, HEADLINE[locale]).locator(".choices .choice").first
    follow_up.click()
    turn = answer(page, 2)
    expect(turn.locator(".verdict")).to_have_count(0)
    expect(turn.locator(".sentence")).to_be_visible()


def said_number(turn: Locator) -> int:
    """The large number of the sentence."""
    return int(turn.locator(".headline").inner_text().replace(",", ""))


def downloaded(page: Page, turn: Locator, folder: Path) -> list[list[str]]:
    """The lines of the CSV that the button gives, without its head."""
    with page.expect_download() as file:
        turn.locator('[data-action="csv"]').click()
    file.value.save_as(folder / "list.csv")
    return list(csv.reader(io.StringIO((folder / "list.csv").read_text(encoding="utf-8-sig"))))[1:]
