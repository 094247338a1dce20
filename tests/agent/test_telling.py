"""Work that tells how far it is: what is told comes while the work goes on, and its end is never lost."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from agent.planner import Conversation
from agent.steps import Step
from agent.telling import telling
from agent.wiring import connect
from tests.conftest import settings

WAIT = 30


def test_what_is_told_comes_before_the_work_is_done() -> None:
    heard = threading.Event()

    def work(tell: Callable[[str], None]) -> int:
        tell("half")
        assert heard.wait(WAIT), "nobody heard it while the work went on"
        tell("nearly")
        return 7

    made = telling(work, lambda: None)
    assert next(made) == "half"
    heard.set()
    assert next(made) == "nearly"
    with pytest.raises(StopIteration) as end:
        next(made)
    assert end.value.value == 7


def test_what_the_work_raises_is_raised_where_it_is_waited_for() -> None:
    def work(tell: Callable[[str], None]) -> None:
        tell("half")
        raise LookupError("lost")

    made = telling(work, lambda: None)
    assert next(made) == "half"
    with pytest.raises(LookupError, match="lost"):
        next(made)


def test_where_nobody_waits_any_more_the_work_is_ended() -> None:
    given_up, ended = threading.Event(), threading.Event()

    def work(tell: Callable[[str], None]) -> None:
        tell("half")
        assert given_up.wait(WAIT)
        ended.set()

    made = telling(work, given_up.set)
    next(made)
    made.close()
    assert ended.is_set()


@pytest.mark.parametrize(
    ("question", "first", "last"),
    [
        ("聚类", "读取每个人的特征", "画决策树"),
        ("预测未来7天的销售额", "读取历史", "回测 100%"),
        ("最近30天活跃的女性用户画像", "数各项取值", "读取每个人做过什么"),
    ],
)
def test_long_work_is_told_on_the_way(shop: Path, question: str, first: str, last: str) -> None:
    events = list(connect(settings(shop)).ask(question, Conversation()))
    told = [each.doing.zh for each in events if isinstance(each, Step) and each.doing is not None]
    assert told[0] == first
    assert told[-1] == last
    shares = [int(each.removeprefix("回测 ").removesuffix("%")) for each in told if each.startswith("回测")]
    assert shares == sorted(shares)
