"""The answer's HTML: what page.md lists, in its order, and everything escaped."""

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from agent.answer import Chip, Headline
from agent.steps import Step
from tests.ui.scripted import MARKUP, STATES, answer_for, dressed, number, people, refused, unclear
from ui.turn import answered, broken, working
from ui.words import WORDS
from warehouse.text import LANGUAGES, Language, Text

VOID = {"br", "img", "hr"}


class Tags(HTMLParser):
    """The tags of some HTML, with a count of those left open."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.handlers: list[str] = []
        self.texts: list[str] = []
        self.open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag begins."""
        self.names.append(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on")]
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """A tag ends, the innermost that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Text between tags."""
        self.texts.append(data)


def test_the_main_number_is_large_and_exact_on_hover() -> None:
    html = answered(dressed(people("zh")))["html"]
    assert '有 <strong class="headline" title="41">41</strong> 人' in html


def test_the_main_number_is_not_sought_in_a_date() -> None:
    answer = replace(number("zh"), text="6月26日有 26 人。", headline=Headline(26, None, "26", 7))
    assert '6月26日有 <strong class="headline" title="26">26</strong> 人。' in answered(answer)["html"]


def test_the_parts_stand_in_order() -> None:
    html = answered(dressed(people("zh")))["html"]
    parts = ["sentence", "chips", "data-sheet", "data-plot", 'data-action="csv"', "口径说明", ">SQL<", "步骤", "接着问"]
    places = [html.index(part) for part in parts]
    assert places == sorted(places)
    assert 'role="tablist"' not in html, "a list and its own chart are both in view, the list first"


def test_a_table_of_the_chart_itself_is_behind_a_tab() -> None:
    html = answered(answer_for("各平台", "zh"))["html"]
    assert html.index('data-tab="chart"') < html.index('data-tab="table"')
    assert re.search(r'data-view="table"[^>]* hidden', html)


def test_choices_are_whole_questions() -> None:
    for answer in (unclear("zh"), refused("zh"), dressed(number("zh"))):
        choices = re.findall(r'data-ask="([^"]+)"', answered(answer)["html"])
        assert choices == [*(answer.options or answer.suggestions)]


@pytest.mark.parametrize(
    ("language", "unused", "doubts"),
    [
        ("zh", "这些词没有用上：", "不太确定："),
        ("en", "Words not used: ", "Not quite sure: "),
    ],
)
def test_words_not_used_and_doubts_are_named(language: Language, unused: str, doubts: str) -> None:
    answer = replace(number(language), unused=("麻烦", "thanks"), doubts=("甲 → 乙", "one → two"))
    html = answered(answer)["html"]
    assert f"{unused} <q>麻烦</q> <q>thanks</q>" in html
    assert doubts in html
    assert html.index("甲 → 乙") < html.index("one → two")


def test_a_refusal_names_what_its_text_does_not() -> None:
    answer = replace(refused("zh"), text="数据里没有“天气”。", unused=("天气", "湿度"))
    assert re.findall(r"<q>(.+?)</q>", answered(answer)["html"]) == ["湿度"]


def test_chips_that_can_be_changed_are_buttons() -> None:
    chips = (
        Chip("metric", "甲", editable=True),
        Chip("filter", "乙", editable=True, removable=True),
        Chip("time", "丙"),
    )
    html = answered(replace(number("zh"), chips=chips))["html"]
    assert re.findall(r'data-chip="(\d)"', html) == ["0", "1"]
    assert re.findall(r'data-remove="(\d)"', html) == ["1"]
    assert '<li class="chip time">丙</li>' in html


def test_a_stopped_question_can_be_asked_again() -> None:
    html = answered(replace(answer_for("超时", "zh"), question="问"), stopped=True)["html"]
    assert "已停止" in html
    assert 'data-ask="问"' in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_from_the_data_becomes_markup(language: Language) -> None:
    parsed = Tags(answered(dressed(answer_for("markup", language)))["html"])
    assert "script" not in parsed.names
    assert "img" not in parsed.names
    assert parsed.handlers == []
    assert any(MARKUP in text for text in parsed.texts)
    assert Tags(broken(language, MARKUP)["html"]).names.count("img") == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_state_is_whole_html_without_inline_script_or_style(language: Language) -> None:
    for _, make in STATES:
        html = answered(dressed(make(language)))["html"]
        parsed = Tags(html)
        assert parsed.open == []
        assert parsed.handlers == []
        assert " style=" not in html


def test_steps_are_told_once_each_with_their_times() -> None:
    html = working([Step("understand"), Step("understand", 4.2), Step("query")], "zh")["html"]
    assert re.findall(r'<li class="(\w+)">(\w+)', html) == [("done", "理解"), ("now", "查询")]
    assert "4毫秒" in html


def test_what_a_step_is_about_is_told_until_it_ends() -> None:
    begun, doing = Step("query"), Step("query", doing=Text("回测 <40%>", "backtesting, <40%> done"))
    html = working([begun, doing], "zh")["html"]
    assert '<span class="doing">回测 &lt;40%&gt;</span>' in html
    assert "backtesting, &lt;40%&gt; done" in working([begun, doing], "en")["html"]
    assert "回测" not in working([begun, doing, Step("query", 9.0)], "zh")["html"]


def test_words_stand_in_both_languages() -> None:
    for name, text in WORDS.items():
        assert text.zh, name
        assert text.en, name
        assert set(re.findall(r"{\w+}", text.zh)) == set(re.findall(r"{\w+}", text.en)), name
