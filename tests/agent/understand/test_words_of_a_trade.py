"""A model names each thing in a form or two: the other forms are read, too. A gym, worked out by hand (gym.sql)."""

import re
from pathlib import Path
from typing import Any

import pytest

from agent.analyst import Analyst
from agent.settings import Settings
from agent.wiring import connect
from tests.agent.laws.shops import OTHERS
from tests.asking import ask, rows
from tests.warehouse.shops import MODELS
from warehouse.load import load


def at(shop: str, folder: Path) -> Analyst:
    OTHERS[shop](folder)
    data, model = folder / f"{shop}.duckdb", MODELS / f"{shop}.yml"
    return connect(Settings(WENSHU_WAREHOUSE=data, WENSHU_MODEL=model, WENSHU_PLANNER="rules", _env_file=None))


@pytest.fixture(scope="module")
def at_the_gym(tmp_path_factory: pytest.TempPathFactory) -> Analyst:
    return at("gym", tmp_path_factory.mktemp("gym"))


@pytest.fixture(scope="module")
def at_the_hotel(tmp_path_factory: pytest.TempPathFactory) -> Analyst:
    return at("hotel", tmp_path_factory.mktemp("hotel"))


PEOPLE: list[tuple[str, list[int]]] = [
    ("从来没上过课的会员", [6]),
    ("上过Boxing课的会员有谁", [1]),
    ("付过款而且没退过款的会员名单", [1, 2, 4]),
    ("members who have never taken a class", [6]),
    ("members who took a Boxing class", [1]),
    ("Members who paid this year but did not visit in the last 60 days", [2]),
    ("members who have not paid since March", [3, 4, 6]),
    ("members who took at least 2 different classes this year", [1]),
    ("women who have come at least twice this year", [1, 3, 5]),
    ("people over 30", [1, 2, 5]),
    ("women under 30 who visited in April", [6]),
    ("最近30天没来过的人都有谁", [2, 3, 4]),
]


@pytest.mark.parametrize(("question", "members"), PEOPLE)
def test_people_by_what_they_did_in_another_form(at_the_gym: Analyst, question: str, members: list[int]) -> None:
    assert sorted(row[0] for row in rows(at_the_gym, question)) == members


def test_what_was_not_done_needs_no_words_of_its_own(tmp_path: Path) -> None:
    """What the label makes of it is read, and said: the answer's own words are read as the same people."""
    OTHERS["gym"](tmp_path)
    model = tmp_path / "gym.yml"
    told = (MODELS / "gym.yml").read_text("utf-8")
    model.write_text(re.sub(r"\n    negated: .*", "", told), "utf-8")
    settings = Settings(
        WENSHU_WAREHOUSE=tmp_path / "gym.duckdb", WENSHU_MODEL=model, WENSHU_PLANNER="rules", _env_file=None
    )
    gym = connect(settings)
    for question, members in PEOPLE:
        assert sorted(row[0] for row in rows(gym, question)) == members, question
    [behaviour] = [each for each in load(model).behaviours.values() if each.words.label.en.startswith("took")]
    assert behaviour.negated.label == (f"没{behaviour.words.label.zh}", "have not taken a class")
    never = [f"{behaviour.negated.label.zh}的会员", f"members who {behaviour.negated.label.en}"]
    assert [sorted(row[0] for row in rows(gym, each)) for each in never] == [[6], [6]]


NUMBERS: list[tuple[str, list[list[Any]]]] = [
    ("三月份有多少会员到过店", [[2]]),
    ("流失会员有多少人", [[3]]),
    ("上个月付了多少笔款", [[2]]),
    ("今年会员一共到过几次店", [[18]]),
    ("how many times did members visit in March", [[3]]),
    ("how many members over 30 came in March", [[2]]),
    ("今年North会员的到店次数", [[11]]),
    ("收入最高的月份是哪个", [["2024-01-01", 1100]]),
    ("rank branches by income", [["North", 2230], ["South", 320]]),
    ("top 2 branches by number of visits", [["North", 11], ["South", 5]]),
    ("minutes per visit of senior trainers", [[60]]),
    ("时长至少1小时的到店次数", [[6]]),
    ("which branches had more than 1,000 in income", [["North", 2230]]),
    ("今年每个月收入的变化", [["2024-01-01", 1100], ["2024-02-01", 320], ["2024-03-01", 1000], ["2024-04-01", 130]]),
]


@pytest.mark.parametrize(("question", "expected"), NUMBERS)
def test_numbers_asked_in_another_form(at_the_gym: Analyst, question: str, expected: list[list[Any]]) -> None:
    assert rows(at_the_gym, question) == expected


def test_groups_asked_each_by_itself_are_no_sum(at_the_gym: Analyst) -> None:
    found = rows(at_the_gym, "到过店的North和South会员各有多少人")
    assert sorted(row[:2] for row in found) == [["North", 3], ["South", 3]]


@pytest.mark.parametrize(
    ("question", "done"),
    [
        ("guests who cancelled at least 2 bookings", "cancel"),  # not: who cancelled, and booked twice
        ("guests who used at least 2 services", "use_service"),
    ],
)
def test_what_is_counted_behind_a_verb_is_its_own_object(at_the_hotel: Analyst, question: str, done: str) -> None:
    plan = ask(at_the_hotel, question).plan
    assert plan is not None
    assert plan["args"] == {"where": [{"behaviour": done, "times": {"at_least": 2}}]}


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("三月份有多少会员跑步", "跑步"),  # of 会员跑 one character is another's than of 会员数
        ("入会人数有哪些", "有哪些"),
        ("members over 30 visits in March who smiled", "smiled"),
        ("上过Boxing操的会员", "操"),
    ],
)
def test_what_is_no_other_form_is_named(at_the_gym: Analyst, question: str, word: str) -> None:
    answer = ask(at_the_gym, question)
    assert answer.status in {"refuse", "clarify"}
    assert word in " ".join(answer.unused)
