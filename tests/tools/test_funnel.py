"""Funnels: worked out by hand, by the glossary's SQL, by brute force; what is planted is found, and no more."""

import datetime
import random
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import duckdb
import pytest

from agent.verify import verify
from tests.conftest import AS_OF
from tests.tools.made_shop import Event, User, cells, found, made, said
from tests.warehouse.shops import gym
from tools.funnel.args import FunnelArgs
from tools.funnel.tool import FunnelTool
from tools.tool import Context
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import ModelError, NoJoinPath, NotEnoughData, QueryError, UnknownName
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.text import LANGUAGES
from warehouse.warehouse import Reading, Warehouse

TOOL = FunnelTool()
JUNE: dict[str, Any] = {"kind": "part", "unit": "month", "number": 6, "year": 2026}
THIRTY = {"kind": "last", "n": 30, "unit": "day"}
STEPS = ("view", "cart", "order", "pay")

USERS = [
    User(1, gender="女"),
    User(2, gender="女"),
    User(3, gender="女"),
    User(4, gender="男"),
    User(5, gender="男"),
    User(6, gender="男"),
    User(7, gender="男"),
]
EVENTS = [
    # all four steps, the last two in one moment; first seen on a PC
    Event(1, "2026-06-01 10:00:00", "view", "PC"),
    Event(1, "2026-06-01 11:00:00", "view"),
    Event(1, "2026-06-02 10:00:00", "cart"),
    Event(1, "2026-06-03 10:00:00", "order"),
    Event(1, "2026-06-03 10:00:00", "pay"),
    # put in the cart before anything was viewed
    Event(2, "2026-06-05 09:00:00", "cart"),
    Event(2, "2026-06-05 10:00:00", "view"),
    # ordered before the cart, and paid without an order after it
    Event(3, "2026-06-04 10:00:00", "view"),
    Event(3, "2026-06-05 10:00:00", "order"),
    Event(3, "2026-06-06 10:00:00", "cart"),
    Event(3, "2026-06-07 10:00:00", "pay"),
    # all four, but ten days later
    Event(4, "2026-06-10 10:00:00", "view"),
    Event(4, "2026-06-20 10:00:00", "cart"),
    Event(4, "2026-06-21 10:00:00", "order"),
    Event(4, "2026-06-21 10:00:00", "pay"),
    # viewed before June
    Event(5, "2026-05-30 10:00:00", "view"),
    Event(5, "2026-06-02 10:00:00", "cart"),
    # the last second of June, and after it
    Event(6, "2026-06-30 23:59:59", "view"),
    Event(6, "2026-06-30 23:59:59", "cart"),
    Event(6, "2026-07-01 00:00:00", "order"),
    # seven days later to the second
    Event(7, "2026-06-10 00:00:00", "view"),
    Event(7, "2026-06-17 00:00:00", "cart"),
]


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reading]:
    with made(tmp_path_factory.mktemp("funnel") / "shop.duckdb", USERS, EVENTS).reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def demo(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


def test_each_step_is_at_or_after_the_one_before(reading: Reading) -> None:
    result = found(TOOL, reading, period=JUNE)
    verify(result)
    assert cells(result, "step", "users", "share_of_first", "share_of_previous", "lost") == [
        ("浏览", 6, 1.0, None, None),
        ("加购", 5, 5 / 6, 5 / 6, 1),
        ("下单", 2, 2 / 6, 2 / 5, 3),
        ("支付", 2, 2 / 6, 1.0, 0),
    ]


def test_a_window_of_the_users_own_holds_its_last_second(reading: Reading) -> None:
    assert cells(found(TOOL, reading, period=JUNE, within=7), "users") == [(6,), (4,), (1,), (1,)]
    assert cells(found(TOOL, reading, period=JUNE, within=11), "users") == [(6,), (5,), (2,), (2,)]


def test_without_a_period_all_of_the_data_count_through_the_last_day(reading: Reading) -> None:
    assert cells(found(TOOL, reading), "users") == [(7,), (6,), (2,), (2,)]


def test_steps_are_counted_in_the_order_told(reading: Reading) -> None:
    result = found(TOOL, reading, period=JUNE, steps=["order", "cart"])
    assert cells(result, "step", "users") == [("下单", 3), ("加购", 1)]


def test_by_what_the_customers_are(reading: Reading) -> None:
    result = found(TOOL, reading, period=JUNE, by="gender")
    verify(result)
    assert cells(result, "gender", "users") == [
        *[("女", each) for each in (3, 2, 1, 1)],
        *[("男", each) for each in (3, 3, 1, 1)],
    ]


def test_by_the_event_of_the_first_step(reading: Reading) -> None:
    result = found(TOOL, reading, period=JUNE, by="visit_device")
    assert cells(result, "visit_device", "users")[4:] == [("PC", each) for each in (1, 1, 1, 1)]
    assert cells(result, "users")[0] == (5,)
    assert any("第一步那次的访问设备" in each.zh for each in result.notes)


def test_of_some_customers(reading: Reading) -> None:
    where = [{"dimension": "gender", "values": ["女"]}]
    assert cells(found(TOOL, reading, period=JUNE, where=where), "users") == [(3,), (2,), (1,), (1,)]


def test_two_groups_have_their_difference_beside_the_first(reading: Reading) -> None:
    compare = {"dimension": "gender", "first": "男", "second": "女"}
    result = found(TOOL, reading, period=JUNE, compare=compare)
    verify(result)
    rows = cells(result, "gender", "users", "share_of_first_difference", "share_of_previous_difference")
    assert rows[0] == ("男", 3, None, None)
    assert rows[1] == ("男", 3, 1 - 2 / 3, 1 - 2 / 3)
    assert rows[2] == ("男", 1, 0, 1 / 3 - 1 / 2)
    assert rows[4:] == [("女", each, None, None) for each in (3, 2, 1, 1)]
    assert "人太少" in said(result)


def test_two_periods_stand_side_by_side(reading: Reading) -> None:
    """In May one viewed and no more; what they did in June is of June, where nobody saw them view."""
    result = found(TOOL, reading, period=JUNE, compare={"period": "previous"})
    verify(result)
    rows = cells(result, "period", "users", "share_of_first_difference", "share_of_previous_difference")
    assert rows[0] == ("2026-06-01–2026-06-30", 6, None, None)
    assert rows[1] == ("2026-06-01–2026-06-30", 5, 5 / 6, 5 / 6)
    assert rows[2] == ("2026-06-01–2026-06-30", 2, 2 / 6, None)
    assert rows[4:] == [("2026-05-01–2026-05-31", each, None, None) for each in (1, 0, 0, 0)]
    assert "人太少" in said(result)
    with pytest.raises(NotEnoughData, match="From 2026-04-01 to 2026-04-30 nobody"):
        found(TOOL, reading, period=JUNE | {"number": 5}, compare={"period": "previous"})


@pytest.mark.parametrize("against", ["previous", "year_earlier"])
def test_each_of_two_periods_is_as_it_is_alone(demo: Reading, against: str) -> None:
    """Who is new in a period is another in the one compared with."""
    months = [{"kind": "part", "unit": "month", "number": 5, "year": 2026}]
    months.append(months[0] | ({"number": 4} if against == "previous" else {"year": 2025}))
    result = found(TOOL, demo, period=months[0], compare={"period": against}, where=new_in(months[0]))
    verify(result)
    alone = [cells(found(TOOL, demo, period=each, where=new_in(each)), "users") for each in months]
    assert cells(result, "users") == [*alone[0], *alone[1]]
    assert any("互不相关" in each.zh for each in result.notes)


def new_in(period: dict[str, Any]) -> list[dict[str, Any]]:
    """The condition that a customer is new in a period."""
    return [{"segment": "new_customers", "period": period}]


def test_in_english_the_glossarys_label_stands_beside_a_translation(reading: Reading) -> None:
    result = found(TOOL, reading, "en", period=JUNE)
    assert cells(result, "step", "step_name")[1] == ("加购", "added to cart")


def gold(connection: duckdb.DuckDBPyConnection, days: int) -> list[tuple[Any, ...]]:
    """The glossary's funnel, as an analyst wrote it for the development questions."""
    return connection.execute(
        """WITH e AS (SELECT user_id, event_type, event_at FROM events
             WHERE event_at >= DATE '2026-06-30' - CAST(? AS INTEGER) + 1 AND event_at < DATE '2026-07-01'),
           v AS (SELECT user_id, min(event_at) AS t FROM e WHERE event_type = 'view' GROUP BY 1),
           c AS (SELECT e.user_id, min(e.event_at) AS t FROM e JOIN v USING (user_id)
             WHERE e.event_type = 'cart' AND e.event_at >= v.t GROUP BY 1),
           o AS (SELECT e.user_id, min(e.event_at) AS t FROM e JOIN c USING (user_id)
             WHERE e.event_type = 'order' AND e.event_at >= c.t GROUP BY 1),
           p AS (SELECT e.user_id, min(e.event_at) AS t FROM e JOIN o USING (user_id)
             WHERE e.event_type = 'pay' AND e.event_at >= o.t GROUP BY 1)
           SELECT n FROM (SELECT 1 AS step, count(*) AS n FROM v UNION ALL SELECT 2, count(*) FROM c
             UNION ALL SELECT 3, count(*) FROM o UNION ALL SELECT 4, count(*) FROM p) ORDER BY step""",
        [days],
    ).fetchall()


@pytest.mark.parametrize("days", [7, 30, 365])
def test_the_glossarys_sql_gives_the_same(demo: Reading, shop: Path, days: int) -> None:
    with duckdb.connect(str(shop), read_only=True) as connection:
        expected = gold(connection, days)
    period = {"kind": "last", "n": days, "unit": "day"}
    assert cells(found(TOOL, demo, period=period), "users") == expected
    told = found(TOOL, demo, period=period, steps=["view", "cart", "order", "purchase"])
    assert cells(told, "users") == expected  # an order and a payment are steps by their events


def brute(events: list[Event], steps: tuple[str, ...], within: int | None) -> list[int]:
    """The funnel one user after another, by its definition."""
    reached = [0] * len(steps)
    for user in {each.user for each in events}:
        own = sorted((datetime.datetime.fromisoformat(e.at), e.type) for e in events if e.user == user)
        since, began = datetime.datetime(2026, 1, 1), None  # noqa: DTZ001
        for at, step in enumerate(steps):
            times = [time for time, kind in own if kind == step and time >= since]
            if began is not None and within is not None:
                times = [time for time in times if time <= began + datetime.timedelta(within)]
            if not times:
                break
            since = min(times)
            began = began or since
            reached[at] += 1
    return reached


@pytest.mark.parametrize("seed", range(4))
def test_any_order_of_steps_by_brute_force(tmp_path: Path, seed: int) -> None:
    draws = random.Random(seed)  # noqa: S311
    kinds = ["view", "cart", "favorite", "search", "order"]
    start = datetime.datetime(2026, 6, 1)  # noqa: DTZ001 - the shop's times have no zone
    events = [
        Event(
            draws.randrange(1, 60),
            str(start + datetime.timedelta(hours=draws.randrange(0, 24 * 20))),
            draws.choice(kinds),
        )
        for _ in range(600)
    ]
    users = [User(number) for number in range(1, 60)]
    with made(tmp_path / "shop.duckdb", users, events).reading() as reading:
        for length, within in ((2, None), (3, 3), (4, None), (5, 6)):
            steps = tuple(draws.sample(kinds, length))
            result = found(TOOL, reading, steps=list(steps), within=within)
            assert [users for (users,) in cells(result, "users")] == brute(events, steps, within), (steps, within)


def planted(path: Path, chances: Mapping[str, tuple[float, ...]], size: int, seed: int) -> Warehouse:
    """Groups, by gender, of so many users each, who go on from each step with the chances told."""
    draws = random.Random(seed)  # noqa: S311
    users: list[User] = []
    events: list[Event] = []
    for gender, goes_on in chances.items():
        for _ in range(size):
            number = len(users) + 1
            users.append(User(number, gender=gender))
            for at, step in enumerate(STEPS):
                if at and draws.random() >= goes_on[at - 1]:
                    break
                events.append(Event(number, f"2026-06-0{at + 1} 10:00:00", step))
    return made(path, users, events)


COMPARED = {"dimension": "gender", "first": "女", "second": "男"}


def test_a_planted_difference_is_found_where_it_is(tmp_path: Path) -> None:
    chances = {"女": (0.5, 0.6, 0.9), "男": (0.5, 0.4, 0.9)}
    with planted(tmp_path / "shop.duckdb", chances, 3_000, 1).reading() as reading:
        result = found(TOOL, reading, period=JUNE, compare=COMPARED)
    verify(result)
    assert "差异显著" in said(result)
    assert "差别最大的一步是加购→下单" in said(result)
    sure = [p is not None and float(str(p)) < 0.05 for (p,) in cells(result, "p_value")]
    assert sure == [False, False, True, False, *[False] * 4]


def test_a_difference_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    """Two random halves of one kind: at most 5% of 20 of them differ at any step, give or take the chance of it."""
    alarms = 0
    for seed in range(20):
        chances = {"女": (0.5, 0.5, 0.9), "男": (0.5, 0.5, 0.9)}
        with planted(tmp_path / f"{seed}.duckdb", chances, 300, 100 + seed).reading() as reading:
            alarms += "没有一步有真正的差别" not in said(found(TOOL, reading, period=JUNE, compare=COMPARED))
    assert alarms <= 4  # of 20 at 5%, five or more would come about once in four hundred times


def test_where_most_are_lost_is_told_only_as_surely_as_it_is(tmp_path: Path) -> None:
    with planted(tmp_path / "sure.duckdb", {"女": (0.9, 0.4, 0.9)}, 2_000, 2).reading() as reading:
        assert "流失最多的是加购→下单" in said(found(TOOL, reading, period=JUNE))
    with planted(tmp_path / "unsure.duckdb", {"女": (0.75, 0.667, 1.0)}, 400, 4).reading() as reading:
        assert "和第二多的一步看不出真正的差别" in said(found(TOOL, reading, period=JUNE))


def test_customers_of_two_segments_are_compared(demo: Reading) -> None:
    compare = {"dimension": "customer_type", "first": "新客", "second": "老客"}
    result = found(TOOL, demo, period=THIRTY, compare=compare)
    for name, segment in (("新客", "new_customers"), ("老客", "returning_customers")):
        where = [{"segment": segment, "period": THIRTY}]
        alone = cells(found(TOOL, demo, period=THIRTY, where=where), "users")
        assert [users for group, users in cells(result, "group", "users") if group == name] == [n for (n,) in alone]


def test_thin_data_and_untied_dimensions_are_refused(reading: Reading, tmp_path: Path) -> None:
    with pytest.raises(NotEnoughData, match="nobody took the first step"):
        found(TOOL, reading, period={"kind": "part", "unit": "month", "number": 2, "year": 2026})
    with pytest.raises(NotEnoughData, match="鸿蒙"):
        found(TOOL, reading, period=JUNE, compare={"dimension": "device", "first": "iOS", "second": "鸿蒙"})
    for name in ("platform", "day_type"):
        with pytest.raises(NoJoinPath):
            found(TOOL, reading, period=JUNE, by=name)
    with pytest.raises(QueryError):
        found(TOOL, reading, period=JUNE, by="age")
    with pytest.raises(QueryError, match="takes no grouping"):
        found(TOOL, reading, period=JUNE, by="gender", compare={"period": "previous"})
    with pytest.raises(QueryError, match="No period is told"):
        found(TOOL, reading, compare={"period": "previous"})
    with pytest.raises(UnknownName):
        found(TOOL, reading, steps=["view", "nothing"])
    with gym(tmp_path).reading() as other, pytest.raises(ModelError, match="event"):
        found(TOOL, other)


@pytest.mark.parametrize(
    "told",
    [
        {"steps": ["view"]},
        {"steps": ["view", "cart", "view"]},
        {"within": 0},
        {"by": "city", "compare": COMPARED},
    ],
)
def test_arguments_that_do_not_go_together_are_declined(told: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="FunnelArgs"):
        FunnelArgs.model_validate(told)


def test_what_is_exported_and_drawn_are_the_rows(reading: Reading) -> None:
    args = FunnelArgs.model_validate({"period": JUNE, "by": "gender"})
    context = Context(reading, 3, Stop(), "zh")
    result = TOOL.run(args, context)
    assert result.table is not None
    assert result.table.truncated
    verify(result)
    exported = [row for batch in TOOL.export(args, context).batches for row in batch]
    assert len(exported) == 8
    assert result.chart is not None
    assert (result.chart.type, result.chart.series) == ("funnel", "gender")
    assert result.chart.data is not None
    assert len(result.chart.data.rows) == 8


def test_a_plan_says_itself(reading: Reading) -> None:
    for told in ({}, {"period": JUNE, "within": 7, "by": "city"}, {"steps": ["cart", "favorite", "purchase"]}):
        args = FunnelArgs.model_validate(told)
        assert FunnelArgs.model_validate(args.model_dump(mode="json")) == args
        words = TOOL.say(args, reading)
        assert all("漏斗" in words.zh and "funnel" in words.en for _ in LANGUAGES)
    steps = TOOL.say(FunnelArgs.model_validate({"steps": ["cart", "favorite", "purchase"]}), reading)
    assert (steps.zh, steps.en) == ("加购、收藏、支付的漏斗", "the funnel of added to cart, favorited, bought")


def test_shares_fall_from_step_to_step(demo: Reading) -> None:
    for by in ("city", "source_channel", "gender"):
        result = found(TOOL, demo, period=THIRTY, by=by)
        verify(result)
        users = [int(str(n)) for (n,) in cells(result, "users")]
        for at in range(0, len(users), 4):
            assert all(before >= after for before, after in pairwise(users[at : at + 4]))
        whole = [int(str(n)) for (n,) in cells(found(TOOL, demo, period=THIRTY), "users")]
        assert [sum(users[at::4]) for at in range(4)] == whole
