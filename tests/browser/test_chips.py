"""The chips of an answer, changed and left out on the page, over the shop worked out by hand (tests/tiny.sql)."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from agent.analyst import Analyst
from agent.planner import Call, Finish, Turn
from tests.browser.conftest import Open, Size
from tests.browser.reading import answer, ask, overflow
from tests.conftest import AS_OF
from ui.palette import Theme
from ui.serve import serve
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import DEMO, load
from warehouse.text import Text
from warehouse.warehouse import Reading, Warehouse

pytestmark = pytest.mark.browser

JUNE = {"kind": "part", "unit": "month", "number": 6, "year": 2026}
PLAN = {"metrics": ["gmv"], "period": JUNE, "where": [{"dimension": "gender", "values": ["女"]}], "by": ["platform"]}
DOUBTS = (Text("把“GMW”理解为“GMV”", "“GMW” taken for “GMV”"),)


class OnePlan:
    """A planner of one plan, with a doubt, drawn where a chart is asked, with words left over where one is polite."""

    def prepare(self, reading: Reading) -> None:
        """Nothing: the plan stands."""

    def next(self, turn: Turn) -> Call | Finish:
        """The plan, then its end."""
        unused = tuple(word for word in ("谢谢", "thanks", "<b>") if word in turn.question)
        drawn = {"chart": "bar"} if "chart" in turn.question else {}
        return Finish() if turn.moves else Call("query", PLAN | drawn, unused=unused, doubts=DOUBTS)


@pytest.fixture(scope="module")
def address(tiny: Path) -> Iterator[str]:
    told: list[str] = []
    page = serve(
        Analyst(Warehouse(DuckDbEngine(tiny), load(DEMO), AS_OF), OnePlan()), port=0, on_ready=told.append, block=False
    )
    yield told[0]
    page.close()


def chip(turn: Locator, text: str) -> Locator:
    return turn.locator(".chip .change").filter(has_text=text)


def opened(page: Page, turn: Locator, text: str) -> Locator:
    """What a chip can be changed to, once it is there."""
    chip(turn, text).click()
    changes = page.get_by_role("dialog")
    changes.locator(".found button").first.wait_for()
    return changes


def texts(turn: Locator) -> list[str]:
    return turn.locator(".chip .change").all_inner_texts()


@pytest.mark.parametrize(
    ("size", "locale", "theme"),
    [
        ("desktop", "zh-CN", "light"),
        ("desktop", "en-US", "dark"),
        ("phone", "zh-CN", "dark"),
        ("phone", "en-US", "light"),
    ],
)
def test_a_chip_is_changed_and_the_answer_follows(
    address: str, visit: Open, size: Size, locale: str, theme: Theme
) -> None:
    zh = locale == "zh-CN"
    page = visit(address, size=size, locale=locale, theme=theme)
    first = ask(page, "GMV")
    before = texts(first)
    changes = opened(page, first, "GMV")
    assert overflow(page) <= 0
    box = changes.bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= page.viewport_size["width"]  # type: ignore[index]
    assert box["y"] + box["height"] <= page.viewport_size["height"] + 1  # type: ignore[index]
    changes.get_by_role("button", name="订单数" if zh else "orders", exact=True).click()
    second = answer(page, 1)
    expect(changes).to_have_count(0)
    assert texts(second) == ["订单数" if zh else "orders", *before[1:]]
    said = "2026年6月女性的订单数，按平台" if zh else "orders, June 2026, 女 (female), by platform"
    expect(second.locator(".asked")).to_have_text(said)
    assert texts(first) == before, "the earlier answer is as it was"
    assert overflow(page) <= 0


def test_a_chip_of_an_earlier_answer_still_works(address: str, visit: Open) -> None:
    page = visit(address)
    first = ask(page, "GMV")
    first.get_by_role("button", name="去掉：女性").click()
    second = answer(page, 1)
    assert "女性" not in texts(second)
    opened(page, first, "女").get_by_role("button", name="女性以外").click()
    third = answer(page, 2)
    assert texts(third)[2] == "女性以外"
    third.get_by_role("button", name="去掉：女性以外").click()
    assert texts(answer(page, 3)) == texts(second)
    expect(page.locator(".turn .verdict")).to_have_count(0)


def test_chips_are_worked_by_keys(address: str, visit: Open) -> None:
    page = visit(address)
    first = ask(page, "GMV")
    target = chip(first, "女")
    target.focus()
    page.keyboard.press("Enter")
    changes = page.get_by_role("dialog")
    changes.locator(".found button").first.wait_for()
    expect(target).to_have_attribute("aria-expanded", "true")
    expect(changes.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(changes.get_by_role("button", name="女性以外")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(changes.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(changes).to_have_count(0)
    expect(target).to_be_focused()
    page.keyboard.press(" ")
    changes.locator(".found button").first.wait_for()
    page.keyboard.type("men")
    expect(changes.locator(".found button")).to_have_text(["男性", "女性或男性"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert "男性" in texts(answer(page, 1))
    target.focus()
    page.keyboard.press("Delete")
    assert "女性" not in texts(answer(page, 2))
    chip(first, "GMV").focus()
    page.keyboard.press("Backspace")
    expect(page.locator("[data-toast].shown")).to_contain_text("不能去掉")
    expect(page.locator(".turn")).to_have_count(3)


@pytest.mark.parametrize(
    ("locale", "size", "bar", "pie", "leave_out"),
    [
        ("zh-CN", "desktop", "柱状图", "饼图", "去掉：饼图"),
        ("en-US", "phone", "as a bar chart", "as a pie chart", "Leave out: as a pie chart"),
    ],
)
def test_a_chart_is_changed_from_its_chip(
    address: str, visit: Open, locale: str, size: Size, bar: str, pie: str, leave_out: str
) -> None:
    page = visit(address, size=size, locale=locale)
    first = ask(page, "GMV 图 chart" if locale == "zh-CN" else "GMV chart")
    opened(page, first, bar).get_by_role("button", name=pie, exact=True).click()
    second = answer(page, 1)
    assert texts(second)[-1] == pie
    expect(second.locator("[data-plot]")).to_have_attribute("data-drawn", "pie")
    second.get_by_role("button", name=leave_out).click()
    assert pie not in texts(answer(page, 2))
    assert overflow(page) <= 0


def test_days_and_what_is_not_there_are_typed(address: str, visit: Open) -> None:
    page = visit(address)
    first = ask(page, "GMV")
    changes = opened(page, first, "2026年6月")
    changes.get_by_role("textbox").fill("2026-06-01 到 2026-06-28")
    expect(changes.locator(".found button")).to_have_text(["2026-06-01 至 2026-06-28"])
    changes.get_by_role("textbox").fill("没有这样的时间")
    expect(changes.locator(".found")).to_have_text("没有找到")
    changes.get_by_role("button", name="关闭").click()
    expect(changes).to_have_count(0)
    expect(page.locator(".turn")).to_have_count(1)


def test_a_click_elsewhere_closes_what_is_open(address: str, visit: Open) -> None:
    page = visit(address)
    first = ask(page, "GMV")
    changes = opened(page, first, "GMV")
    first.locator(".sentence").click()
    expect(changes).to_have_count(0)
    opened(page, first, "GMV")
    opened(page, first, "女")
    expect(page.get_by_role("dialog")).to_have_count(1)


@pytest.mark.parametrize(("locale", "question"), [("zh-CN", "GMV <b> 谢谢"), ("en-US", "GMV <b> thanks")])
def test_words_not_used_and_doubts_are_named(address: str, visit: Open, locale: str, question: str) -> None:
    zh = locale == "zh-CN"
    turn = ask(visit(address, locale=locale), question)
    doubts, unused = turn.locator(".banner").all()
    expect(doubts).to_have_text("不太确定：把“GMW”理解为“GMV”" if zh else "Not quite sure: “GMW” taken for “GMV”")
    expect(unused).to_contain_text("没有用上" if zh else "Words not used")
    assert unused.locator("q").all_inner_texts() == ["谢谢" if zh else "thanks", "<b>"]
