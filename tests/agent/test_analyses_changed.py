"""A question after an analysis that takes people away from it, or puts some beside them."""

from typing import Any

import pytest

from agent.analyst import Analyst
from tests.asking import args, assert_stopped

WOMEN = {"dimension": "gender", "values": ["女"]}
SHANGHAI = {"dimension": "city", "values": ["上海"]}


@pytest.mark.parametrize(
    ("turns", "where"),
    [
        (("上海女用户的RFM", "不要上海"), [WOMEN]),
        (("上海女用户的漏斗", "去掉上海"), [WOMEN]),
        (("RFM analysis of women in Shanghai", "without Shanghai"), [WOMEN]),
        (("女用户的漏斗", "不看上海"), [WOMEN, {"not": SHANGHAI}]),
        (("女用户的漏斗", "排除上海"), [WOMEN, {"not": SHANGHAI}]),
        (("首购用户的留存", "不要女性"), [{"not": WOMEN}]),
        (("北京和上海用户的RFM", "不要北京"), [SHANGHAI]),
        (("上海用户的RFM", "再加上北京"), [{"dimension": "city", "values": ["上海", "北京"]}]),
    ],
)
def test_who_is_taken_away_or_put_beside(analyst: Analyst, turns: tuple[str, ...], where: list[Any]) -> None:
    assert args(analyst, *turns)["where"] == where


def test_the_last_condition_is_taken_away(analyst: Analyst) -> None:
    assert "where" not in args(analyst, "上海用户的RFM", "不要上海")


def test_what_it_cannot_take_away_is_not_kept_in_silence(analyst: Analyst) -> None:
    for turns in (("最近30天的漏斗", "不要最近30天"), ("各城市的漏斗", "不要按城市"), ("上海用户的RFM", "排除上海")):
        assert_stopped(analyst, *turns)
