"""Ordinary English and the plain question that it means; what is near to another meaning is asked about or declined."""

import pytest

from agent.analyst import Analyst
from agent.answer import Answer
from tests.asking import ask

MEANT = [
    ("Customers who live in Guangdong", "all users, 广东"),
    ("Customers who don't live in Guangdong", "all users, other than 广东"),
    ("Orders shipped to Beijing last week", "orders, last week, delivery city: 北京"),
    ("Revenue by province and city in Beijing", "revenue, 北京, by province, by city"),
    (
        "How many post-80s users bought books but no food this year?",
        "how many post-80s users who bought books but not food this year",
    ),
    (
        "People who received a push but didn't open it last week",
        "users who received a message and did not open it last week",
    ),
    (
        "People who received a push last week but never opened it",
        "users who received a message and did not open it last week",
    ),
    ("New users from last month who made a purchase", "new users, last month, only users who bought all time"),
    ("New users in May who ordered in June", "new users, the month of May, only users who placed an order in June"),
    (
        "Share of new users by registration channel this year, as a pie",
        "share of total new users, this year, by registration channel, as a pie chart",
    ),
    ("GMV yesterday vs the same day last week", "GMV, yesterday, versus 8 days ago"),
    ("GMV yesterday? / how does it compare with the same day last week?", "GMV, yesterday, versus 8 days ago"),
    (
        "How many users used a coupon? / how many of those had no visit in the last 30 days?",
        "how many users who used a coupon all time, were not active in the last 30 days",
    ),
    (
        "Which brands sold more than 150 units this year? / what about more than 120?",
        "units sold, this year, by brand, keeping units sold more than 120",
    ),
    (
        "Which brands sold more than 150 units this year? / only those under 500",
        "units sold, this year, by brand, keeping units sold more than 150, keeping units sold less than 500",
    ),
    (
        "Orders by hour of day last month / only those shipped to Shanghai",
        "orders, last month, delivery city: 上海, by hour of day",
    ),
    ("Orders last month / only the ones from Tmall", "orders, last month, 天猫"),
    (
        "Which five provinces spent the most this year?",
        "revenue, this year, by province, highest revenue first, first 5",
    ),
    ("Orders paid with Alipay last month", "paid orders, last month, 支付宝"),
    ("Sales to women aged 25 to 34 this year", "revenue, this year, 女, age between 25 and 34 years"),
    ("Revenue split between men and women this year", "revenue, this year, 男 or 女, by gender"),
    ("How many app pushes were sent yesterday?", "messages sent, yesterday, APP推送"),
    ("Which 3 brands had the most refunds by amount?", "refund amount, by brand, highest refund amount first, first 3"),
    ("Push click rate by message channel last month", "click rate, last month, by message channel"),
    ("Monthly gross profit of the home category this year", "gross profit, this year, 家居, by month"),
    ("Users who added lipstick to their cart last month", "users who added to cart with 口红 last month"),
    ("Orders sent to East China last month", "orders, last month, delivery region: 华东"),
    ("How many Shanghai customers are churned?", "how many all users, 上海, who belong to churned users"),
    (
        "How many people got a coupon in March and never used any of them?",
        "how many users who got a coupon in March, used none of the coupons they got in the same days",
    ),
    (
        "Add-to-cart rate this year by city tier / which tier is best?",
        "add-to-cart rate, this year, by city tier, highest add-to-cart rate first, first 1",
    ),
]
ASKED = [
    "Share of new users by registration channel this year",
    "Which brands sold more than 150 units this year? / what about less than 500?",
    "Visits last month / which channel is the best?",
    "Skincare sales last month",
]
DECLINED = [
    "revenue last month vs the same day last week",
    "Where do our diamond members live?",
    "Sales to Shanghai last month",
    "What percentage of orders were paid in May?",
    "Orders that were not paid last month",
    "Users who unsubscribed this year",
    "Sales at home last month",
    "Orders last month / those paid with Alipay",
]


def told(analyst: Analyst, conversation: str) -> Answer:
    """The answer to the last of several questions."""
    return ask(analyst, *conversation.split(" / "))


@pytest.mark.parametrize(("conversation", "plain"), MEANT)
def test_ordinary_english_means_a_plain_question(conversation: str, plain: str, analyst: Analyst) -> None:
    answer, meant = told(analyst, conversation), told(analyst, plain)

    assert (answer.status, answer.unused) == ("answer", ())
    assert answer.plan == meant.plan


@pytest.mark.parametrize("conversation", ASKED)
def test_what_may_mean_two_things_is_asked_about(conversation: str, analyst: Analyst) -> None:
    assert told(analyst, conversation).status == "clarify"


@pytest.mark.parametrize("conversation", DECLINED)
def test_what_is_near_is_not_answered_in_its_place(conversation: str, analyst: Analyst) -> None:
    assert told(analyst, conversation).status == "refuse"
