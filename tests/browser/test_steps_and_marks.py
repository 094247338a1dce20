"""An answer of several steps, each with its own table, chart and files; and marking answers right."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.reading import ask, chart
from tests.ui.scripted import EXPORTED

pytestmark = pytest.mark.browser


def test_each_step_has_its_table_its_chart_and_its_file(scripted: str, visit: Open, tmp_path: Path) -> None:
    turn = ask(visit(scripted), "分步")
    first, last = turn.locator("section.part"), turn.locator("[data-shown=last]")
    for place in (first, last):
        chart(place)
    first.get_by_role("tab", name="表格").click()
    expect(first.locator("tbody tr")).to_have_count(5)
    expect(last.locator("tbody tr")).to_have_count(20)
    expect(last.locator("[data-plot]")).to_be_visible()
    with turn.page.expect_download() as file:
        first.get_by_role("button", name="下载 CSV").click()
    assert file.value.suggested_filename.endswith("-1.csv")
    file.value.save_as(tmp_path / "step.csv")
    lines = (tmp_path / "step.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == "平台"
    assert len(lines) == 1 + EXPORTED


def test_an_answer_is_marked_right_and_taken_back(scripted: str, visit: Open) -> None:
    page = visit(scripted)
    button = ask(page, "各平台").get_by_role("button", name="标为正确")
    expect(button).to_have_attribute("aria-pressed", "false")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(page.locator("[data-toast]")).to_contain_text("已标为正确")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")


def test_drawing_is_a_step_with_its_time(scripted: str, visit: Open) -> None:
    turn = ask(visit(scripted), "各平台")
    assert "作图" in turn.locator("details .progress li").all_text_contents()[-1]
