"""Chatty English: who asks, how politely, and verbs that say only that there was so much change no number."""

import pytest

from agent.analyst import Analyst
from tests.asking import assert_stopped, understood

PLAIN = "revenue, last month, by platform"
POLITE = [
    "my boss wants to know {}",
    "quick one: {}",
    "quick question, {}",
    "just curious, {}",
    "I'd like to see {}",
    "hey, could I get {}?",
    "would you mind showing me {}",
    "can we see {}",
    "let's look at {}",
    "for my report, {}",
    "I need a quick look at {}",
    "run me the numbers on {}",
    "help me understand {}",
    "cheers, {}",
    "{}, thanks in advance",
    "{} when you get a chance",
]
READ = [
    ("any idea how many orders we had yesterday", "orders, yesterday"),
    ("I was wondering how many orders there were last week", "orders, last week"),
    ("how many orders rolled in yesterday", "orders, yesterday"),
    ("how many orders did we clock last month", "orders, last month"),
    ("how much revenue did we ring up last month", "revenue, last month"),
    ("how much revenue did we rack up last month", "revenue, last month"),
    ("what fraction of revenue came from each gender this year", "share of total revenue, this year, by gender"),
    ("how is revenue distributed across platforms this year", "revenue, this year, by platform"),
    ("how does revenue vary by weekday this year", "revenue, this year, by weekday"),
    ("revenue split between platforms this year", "revenue, this year, by platform"),
    ("hourly distribution of orders last month", "orders, last month, by hour of day"),
    ("hourly orders yesterday", "orders, yesterday, hour by hour"),
    ("is JD doing better than Tmall on revenue this year", "revenue, this year, by platform, 京东 versus 天猫"),
    ("is revenue doing better than last month", "revenue, this month, versus the period before"),
    (
        "who are our top 10 customers by revenue this year",
        "revenue, this year, by user ID, highest revenue first, first 10",
    ),
]
FESTIVALS = [
    ("revenue in the Singles' Day 2025 period", "revenue, the Double 11 period of 2025"),
    ("revenue for Singles Day 2025", "revenue, the Double 11 period of 2025"),
    ("revenue during Double Eleven 2025", "revenue, the Double 11 period of 2025"),
    ("revenue over Lunar New Year 2025", "revenue, the Spring Festival period of 2025"),
]
STOPPED = [
    "customers who know the brand",
    "customers curious about lipstick",
    "how many orders for my boss",
    "how does revenue vary by 10%",
    "which categories did better than last month",
    "which platforms did better than Tmall this year",
    "categories that outperformed last month",
    # Against one group, which of others: neither only that group's numbers nor all of them.
    "which brands did better than JD on revenue this year",
    "which brands outperformed JD on revenue this year",
    "how many customers came in through search last month",
    # Through a day is not until it where something came through.
    "how many orders came through yesterday",
    # By what people are told apart is not said, and to sort is another thing.
    "what sort of customers ordered last month",
    "what kinds of products sold the most units last month",
]


@pytest.mark.parametrize("manner", POLITE)
def test_how_it_is_asked_changes_nothing(manner: str, tiny_analyst: Analyst) -> None:
    assert understood(tiny_analyst, manner.format("revenue by platform last month")) == PLAIN


@pytest.mark.parametrize(("question", "meant"), [*READ, *FESTIVALS])
def test_chatty_wordings_are_read_whole(question: str, meant: str, tiny_analyst: Analyst) -> None:
    assert understood(tiny_analyst, question) == meant


@pytest.mark.parametrize("question", STOPPED)
def test_words_that_carry_meaning_stop_the_answer(question: str, tiny_analyst: Analyst) -> None:
    assert_stopped(tiny_analyst, question)
