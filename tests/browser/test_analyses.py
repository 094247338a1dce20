"""Each analysis as a person sees it: asked for in words, its chart drawn with what its kind is made of."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open, Size
from tests.browser.reading import answer, ask, chart, colours_and_cover, overflow, rows
from ui.palette import Theme

pytestmark = pytest.mark.browser

ASKED = {
    "rfm": ({"zh-CN": "RFM分析", "en-US": "RFM analysis of women"}, ".barlayer .point"),
    "rfm scores": ({"zh-CN": "RFM分析，R×F热力图", "en-US": "RFM analysis, R × F heat map"}, ".heatmaplayer image"),
    "funnel": ({"zh-CN": "最近30天的漏斗", "en-US": "funnel of last month"}, ".funnellayer .point"),
    "retention": (
        {"zh-CN": "首购用户的留存率，今年，按月", "en-US": "retention of users who first bought this year, by month"},
        ".heatmaplayer image",
    ),
    "forecast": (
        {"zh-CN": "预测未来30天每天的销售额", "en-US": "forecast orders for the next 8 weeks, by week"},
        ".scatterlayer .js-fill",
    ),
    "profile": (
        {"zh-CN": "最近30天买过美妆的用户有什么特征", "en-US": "profile of champions"},
        ".barlayer .errorbar, .barlayer .xerror",
    ),
    "cluster": ({"zh-CN": "用户聚类，分成4类", "en-US": "clustering, into 3 clusters"}, ".barlayer .point"),
}


@pytest.mark.parametrize(
    ("size", "locale", "theme"),
    [("desktop", "zh-CN", "light"), ("phone", "zh-CN", "dark"), ("desktop", "en-US", "dark")],
)
@pytest.mark.parametrize("tool", ASKED)
def test_an_analysis_is_answered_and_drawn(
    real: str, visit: Open, tool: str, size: Size, locale: str, theme: Theme
) -> None:
    questions, marks = ASKED[tool]
    page = visit(real, size=size, locale=locale, theme=theme)
    turn = ask(page, questions[locale])
    assert turn.locator(".sentence").count() >= 1
    assert turn.locator(".chip").count() >= 1
    plot = chart(turn)
    assert plot.locator(marks).count() >= 1
    assert plot.bounding_box()["height"] >= 280  # type: ignore[index]
    colours, cover = colours_and_cover(plot)
    assert colours >= 3
    assert cover > 0.01
    assert overflow(page) <= 0
    turn.locator('[data-tab="table"]').click()
    assert rows(turn)


CHANGED = {
    "zh-CN": ("上个月女性用户的漏斗", "上个月", "本月（2026-06-01 至 2026-06-30）", "去掉：女性", "漏斗，本月"),
    "en-US": (
        "the funnel of women, last month",
        "last month",
        "this month (2026-06-01 to 2026-06-30)",
        "Leave out: 女 (female)",
        "the funnel, this month",
    ),
}


@pytest.mark.parametrize(("size", "locale"), [("desktop", "zh-CN"), ("phone", "en-US")])
def test_an_analysis_is_changed_by_its_chips(real: str, visit: Open, size: Size, locale: str) -> None:
    question, period, other, condition, said = CHANGED[locale]
    page = visit(real, size=size, locale=locale)
    first = ask(page, question)
    before = first.locator(".chip").all_inner_texts()
    expect(first.locator(".chip").first.locator("button")).to_have_count(0)  # its name stays
    first.locator(".chip .change").filter(has_text=period).click()
    page.get_by_role("dialog").get_by_role("button", name=other, exact=True).click()
    second = answer(page, 1)
    expect(second.locator(".chip", has_text=other)).to_have_count(1)
    second.get_by_role("button", name=condition, exact=True).click()
    third = answer(page, 2)
    expect(third.locator(".asked")).to_have_text(said)
    assert third.locator(".chip").count() == len(before) - 1
    assert chart(third).locator(".funnellayer .point").count() >= 1
    assert first.locator(".chip").all_inner_texts() == before, "the earlier answer is as it was"
    assert overflow(page) <= 0
