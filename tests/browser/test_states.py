"""Every state of the page, over hand-made answers."""

import csv
import io
import itertools
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Open, Size
from tests.browser.reading import answer, ask, chart, colours_and_cover, overflow, rows
from tests.ui.scripted import EXAMPLES_EN, EXAMPLES_ZH, EXPORTED, MARKUP, Scripted
from ui.palette import Theme

pytestmark = pytest.mark.browser

HEADLINE = EXAMPLES_ZH[0]
QUESTIONS = (
    "未下单 active but",
    "各平台",
    "走势",
    "平台走势",
    "占比",
    "品类",
    "退款率",
    "销售多少",
    "天气",
    "超时",
    "markup",
    "分步",
)


@pytest.mark.parametrize(
    ("locale", "greeting", "examples"),
    [
        ("zh-CN", "想了解店铺的什么？直接问。", EXAMPLES_ZH),
        ("en-GB", "What would you like to know about your shop?", EXAMPLES_EN),
    ],
)
def test_the_browser_chooses_the_language(
    scripted: str, visit: Open, locale: str, greeting: str, examples: tuple[str, ...]
) -> None:
    page = visit(scripted, locale=locale)
    expect(page.locator(".greeting")).to_have_text(greeting)
    assert page.locator(".card").all_inner_texts() == list(examples)
    expect(page.locator("header")).to_contain_text("2026-06-30")
    assert page.evaluate("document.documentElement.lang").startswith(locale[:2])


def test_language_and_theme_are_switched_and_kept(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    page.get_by_role("button", name="Switch to English").click()
    page.get_by_role("button", name="Switch to dark").click()
    expect(page.locator(".greeting")).to_contain_text("your shop")
    page.reload()
    page.locator(".wenshu.ready").wait_for()
    expect(page.locator(".greeting")).to_contain_text("your shop")
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"


def test_the_browser_chooses_light_or_dark(scripted: str, visit: Open) -> None:
    themes: tuple[Theme, ...] = ("light", "dark")
    grounds = {
        theme: visit(scripted, theme=theme)
        .locator(".wenshu")
        .evaluate("each => getComputedStyle(each).backgroundColor")
        for theme in themes
    }
    assert grounds == {"light": "rgb(255, 255, 255)", "dark": "rgb(23, 26, 31)"}


def test_a_card_asks_its_question(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    page.locator(".card").first.click()
    turn = answer(page, 0)
    expect(turn.locator(".asked")).to_have_text(HEADLINE)
    expect(turn.locator(".headline")).to_have_text("41")
    assert float(turn.locator(".headline").evaluate("each => parseFloat(getComputedStyle(each).fontSize)")) >= 28


@pytest.mark.parametrize(("size", "theme"), [("desktop", "light"), ("phone", "dark")])
def test_every_state_fits_its_window(scripted: str, visit: Open, size: Size, theme: Theme) -> None:
    page = visit(scripted, size=size, theme=theme)
    assert overflow(page) <= 0
    for question in QUESTIONS:
        turn = ask(page, question)
        for shown in turn.locator("[data-shown]:has([data-plot])").all():
            plot = chart(shown)
            box = plot.bounding_box()
            assert box is not None
            assert box["height"] >= 280
            colours, cover = colours_and_cover(plot)
            assert colours >= 3, question
            assert cover > 0.005, question
        assert overflow(page) <= 0, question


def test_the_table_sorts_and_turns_its_pages(scripted: str, visit: Open) -> None:
    turn = ask(visit(scripted), HEADLINE)
    expect(turn.locator(".count")).to_have_text("共 41 行")
    assert len(rows(turn)) == 20
    turn.get_by_role("button", name="下一页").click()
    turn.get_by_role("button", name="下一页").click()
    assert len(rows(turn)) == 1
    turn.get_by_role("button", name="累计消费（元）").click()
    assert rows(turn)[0][5] == "3,540.00"
    expect(turn.locator("th").nth(5)).to_have_attribute("aria-sort", "descending")
    turn.get_by_role("button", name="累计消费（元）").click()
    assert rows(turn)[0][5] == "0.00"
    assert turn.locator("td").nth(5).evaluate("each => getComputedStyle(each).textAlign") == "right"


def test_missing_cells_stand_last(scripted: str, visit: Open) -> None:
    turn = ask(visit(scripted), "各平台")
    turn.get_by_role("tab", name="表格").click()
    for order in (["7.5", "5.1", "3.1", "2.8", "—"], ["2.8", "3.1", "5.1", "7.5", "—"]):
        turn.get_by_role("button", name="退款率（%）").click()
        assert [row[2] for row in rows(turn)] == order
    assert turn.locator("td").nth(1).get_attribute("title") == "6,543,210元"


def test_tabs_are_reached_by_keys_and_the_chart_changes_its_type(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    turn = ask(page, "走势")
    chart(turn)
    turn.get_by_role("tab", name="图表").focus()
    page.keyboard.press("ArrowRight")
    expect(turn.get_by_role("tab", name="表格")).to_be_focused()
    expect(turn.locator("tbody tr")).to_have_count(20)
    page.keyboard.press("ArrowRight")
    turn.get_by_role("button", name="柱形").click()
    expect(turn.locator('[data-plot][data-drawn="bar"]')).to_be_visible()
    expect(turn.locator(".bars .point")).to_have_count(90)


def test_charts_follow_the_theme(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    turn = ask(page, "各平台")
    first = chart(turn).locator(".bars .point path").first
    before = first.evaluate("each => getComputedStyle(each).fill")
    page.get_by_role("button", name="切换到深色").click()
    expect(first).not_to_have_css("fill", before)


def test_a_chart_behind_its_tab_follows_the_theme_when_opened(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    turn = ask(page, "各平台")
    first = chart(turn).locator(".bars .point path").first
    before = first.evaluate("each => getComputedStyle(each).fill")
    turn.get_by_role("tab", name="表格").click()
    page.get_by_role("button", name="切换到深色").click()
    turn.get_by_role("tab", name="图表").click()
    expect(first).not_to_have_css("fill", before)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_marks_of_time_stand_apart(scripted: str, visit: Open, size: Size) -> None:
    plot = chart(ask(visit(scripted, size=size), "平台走势"))
    boxes = [box for mark in plot.locator(".xtick text").all() if (box := mark.bounding_box())]
    assert len(boxes) >= 2
    for left, right in itertools.pairwise(boxes):
        assert left["x"] + left["width"] < right["x"]


def test_downloads_and_copies(scripted: str, visit: Open, tmp_path: Path) -> None:
    page = visit(scripted)
    turn = ask(page, HEADLINE)
    chart(turn)
    with page.expect_download() as csv_file:
        turn.get_by_role("button", name="下载 CSV").click()
    csv_file.value.save_as(tmp_path / "list.csv")
    lines = list(csv.reader(io.StringIO((tmp_path / "list.csv").read_text(encoding="utf-8-sig"))))
    assert len(lines) == 1 + EXPORTED
    with page.expect_download() as picture:
        turn.get_by_role("button", name="保存图片").click()
    picture.value.save_as(tmp_path / "chart.png")
    head = (tmp_path / "chart.png").read_bytes()
    assert head[1:4] == b"PNG"
    assert int.from_bytes(head[16:20], "big") == 1920
    turn.get_by_role("button", name="复制", exact=True).click()
    expect(page.locator("[data-toast]")).to_have_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "41 人" in copied
    assert copied.count("\n") == 2 + 41


def test_enter_sends_and_shift_enter_breaks_the_line(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    box = page.locator("#question")
    box.press_sequentially("各平台")
    box.press("Shift+Enter")
    box.press_sequentially("的")
    expect(box).to_have_value("各平台\n的")
    expect(page.locator(".turn")).to_have_count(0)
    box.press("Enter")
    answer(page, 0)
    expect(box).to_have_value("")
    expect(box).to_be_focused()


@pytest.mark.parametrize("key", ["isComposing: true", "keyCode: 229"])
def test_enter_that_picks_a_word_of_an_input_method_does_not_send(scripted: str, visit: Open, key: str) -> None:
    """Chromium says that it composes; Safari's last key of a word has only its code."""
    page = visit(scripted)
    box = page.locator("#question")
    box.fill("各平台")
    box.evaluate(f"each => each.dispatchEvent(new KeyboardEvent('keydown', {{key: 'Enter', {key}, bubbles: true}}))")
    expect(page.locator(".turn")).to_have_count(0)
    expect(box).to_have_value("各平台")


# Pressed and counted in one turn of the page's own loop, in which no message of the server can come between.
PRESSED_ENTER = """box => {
    box.dispatchEvent(new KeyboardEvent("keydown", {key: "Enter", bubbles: true, cancelable: true}));
    return document.querySelectorAll(".turn .progress li").length;
}"""


def test_steps_come_while_it_works_and_escape_stops(scripted: str, visit: Open, script: Scripted) -> None:
    page = visit(scripted)
    question = "wait 各平台 escape"
    page.locator("#question").fill(question)
    steps = page.locator("#question").evaluate(PRESSED_ENTER)
    assert steps == 1, "at once, before the server said anything"
    expect(page.locator(".turn .progress li")).to_have_text(["理解4毫秒", "查询"])
    expect(page.get_by_role("button", name="停止")).to_be_visible()
    assert script.hold(question)[0].wait(30)
    page.keyboard.press("Escape")
    turn = answer(page, 0)
    expect(turn.locator(".stopped")).to_have_text("已停止")
    assert question in script.stopped
    expect(page.get_by_role("button", name="发送")).to_be_visible()


def test_the_stop_button_stops(scripted: str, visit: Open, script: Scripted) -> None:
    page = visit(scripted)
    question = "wait 各平台 button"
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    assert script.hold(question)[0].wait(30)
    page.get_by_role("button", name="停止").click()
    expect(answer(page, 0).locator(".stopped")).to_be_visible()
    assert question in script.stopped


def test_a_follow_up_clicked_while_another_is_answered_is_told(scripted: str, visit: Open, script: Scripted) -> None:
    page = visit(scripted)
    first, question = ask(page, "天气"), "wait 各平台 busy"
    page.locator("#question").fill(question)
    page.locator("#question").press("Enter")
    begun, released = script.hold(question)
    assert begun.wait(30)
    first.locator(".choice").first.click()
    expect(page.locator("[data-toast].shown")).to_contain_text("上一个问题还在处理")
    expect(page.locator(".turn")).to_have_count(2)
    released.set()
    answer(page, 1)


def test_the_header_tells_the_day_of_the_latest_answer(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    expect(page.locator("[data-as-of]")).to_have_text("2026-06-30")
    ask(page, "updated 平台")
    expect(page.locator("[data-as-of]")).to_have_text("2026-07-01")
    page.get_by_role("button", name="Switch to English").click()
    expect(page.locator("[data-as-of]")).to_have_text("2026-07-01")


def test_options_suggestions_and_follow_ups_are_asked_by_a_click(scripted: str, visit: Open) -> None:
    page = visit(scripted, locale="en-US")
    ask(page, "how much did we sell").get_by_role("button", name="Paid amount last month").click()
    expect(answer(page, 1).locator(".asked")).to_have_text("Paid amount last month")
    ask(page, "weather").get_by_role("button", name="Sales by platform").click()
    follow_up = answer(page, 3).locator(".choice").nth(1)
    wanted = follow_up.inner_text()
    follow_up.click()
    expect(answer(page, 4).locator(".asked")).to_have_text(wanted)


def test_markup_in_the_data_is_shown_as_it_is(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    turn = ask(page, "markup")
    chart(turn)
    turn.get_by_role("tab", name="Table").or_(turn.get_by_role("tab", name="表格")).click()
    assert rows(turn)[0][0] == MARKUP
    assert page.evaluate("window.broken") is None
    assert page.locator(".turn img, .turn script").count() == 0


def test_earlier_conversations_come_back_as_they_were(scripted: str, visit: Open, script: Scripted) -> None:
    page = visit(scripted)
    first = ask(page, "各平台 first")
    chart(first)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".greeting")).to_be_visible()
    ask(page, "天气 second")
    side = page.locator("[data-talks] button")
    assert side.all_inner_texts() == ["天气 second", "各平台 first"]
    side.nth(1).click()
    expect(page.locator(".turn:visible .asked")).to_have_text("各平台 first")
    expect(page.locator(".turn:visible .bars .point")).to_have_count(5)
    ask(page, "占比 third")
    assert ("各平台 first", "占比 third") in script.heard
    assert ("天气 second",) in script.heard


def test_the_sidebar_is_closed_on_a_phone(scripted: str, visit: Open) -> None:
    page = visit(scripted, size="phone")
    expect(page.locator(".side")).not_to_be_in_viewport()
    page.get_by_role("button", name="对话列表").click()
    expect(page.get_by_role("button", name="新对话")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.locator(".side")).not_to_be_in_viewport()


def test_everything_has_a_name_and_the_keyboard_reaches_it(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    chart(ask(page, HEADLINE))
    for button in page.locator(".wenshu button:visible").all():
        assert button.inner_text().strip() or button.get_attribute("aria-label")
    expect(page.get_by_role("log")).to_have_attribute("aria-live", "polite")
    expect(page.get_by_role("img", name="杭州14人最多")).to_be_visible()
    page.locator("body").evaluate("() => document.activeElement.blur()")
    reached: set[str] = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.innerText.trim() || document.activeElement.ariaLabel || ''"))
    assert {"新对话", "English", "下载 CSV", "复制", "SQL", "近90天每日销售额走势", "发送"} <= reached


def test_a_fault_and_an_error_say_what_to_do(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    expect(ask(page, "超时").locator(".verdict.error")).to_contain_text("请缩短时间范围后再问")
    fault = ask(page, "fault")
    fault.get_by_role("button", name="重新提问").click()
    expect(answer(page, 2).locator(".asked")).to_have_text("fault")


def test_a_server_out_of_reach_is_told_and_its_late_answer_still_shown(
    scripted: str, browser: Browser, script: Scripted
) -> None:
    """Out of reach only for the page's own look at it: the answer's stream stays open."""
    page, question = browser.new_page(locale="en-US"), "wait platform late"
    page.goto(scripted)
    page.locator(".wenshu.ready").wait_for()
    page.locator("#question").fill(question)
    page.route("**/gradio_api/app_id", lambda route: route.abort())
    page.locator("#question").press("Enter")
    begun, released = script.hold(question)
    assert begun.wait(30)
    expect(page.locator(".verdict.error")).to_contain_text("The server cannot be reached")
    expect(page.get_by_role("button", name="Send")).to_be_visible()
    expect(page.get_by_role("button", name="Ask again")).to_be_visible()
    released.set()
    expect(page.locator(".headline")).to_have_text("¥12.35M")
    expect(page.locator(".verdict.error")).to_have_count(0)
    page.close()


def test_a_server_started_anew_ends_the_wait_and_answers_when_asked_again(
    scripted: str, browser: Browser, script: Scripted
) -> None:
    page, question = browser.new_page(locale="en-US"), "wait platform anew"
    page.goto(scripted)
    page.locator(".wenshu.ready").wait_for()
    page.locator("#question").fill(question)
    page.route("**/gradio_api/app_id", lambda route: route.fulfill(json={"app_id": 1}))
    page.locator("#question").press("Enter")
    begun, released = script.hold(question)
    assert begun.wait(30)
    expect(page.locator(".verdict.error")).to_be_visible()
    page.get_by_role("button", name="Ask again").click()
    released.set()
    expect(page.locator(".turn .headline")).to_have_text(["¥12.35M", "¥12.35M"])
    page.close()


def test_a_download_that_meets_no_server_ends_in_words(scripted: str, browser: Browser) -> None:
    page = browser.new_page(locale="en-US")
    page.goto(scripted)
    page.locator(".wenshu.ready").wait_for()
    turn = ask(page, "platform")
    button = turn.get_by_role("button", name="Download CSV")
    page.route("**/gradio_api/**", lambda route: route.abort())
    button.click()
    expect(button).to_be_disabled()
    expect(page.locator("[data-toast].shown")).to_contain_text("The server cannot be reached")
    expect(button).to_be_enabled()
    page.close()
