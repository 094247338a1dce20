"""Each analysis as a person sees it: asked for in words, its chart drawn with what its kind is made of."""

import pytest

from tests.browser.conftest import Open, Size
from tests.browser.reading import ask, chart, colours_and_cover, overflow, rows
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
