"""RFM on the tiny shop, worked out by hand, and against SQL written from the glossary on the demo shop."""

import itertools
from collections import Counter
from pathlib import Path

import duckdb
import pytest

from agent.analyst import Analyst
from tests.asking import ask
from tests.conftest import AS_OF
from tools.rfm.segments import SEGMENTS

GLOSSARY = """
WITH bought AS (
  SELECT user_id, date_diff('day', max(paid_at)::DATE, $day) AS recency, count(*) AS frequency, sum(pay_amount) AS paid
  FROM orders WHERE paid_at < $day::DATE + 1 AND user_id IN (SELECT user_id FROM users WHERE {people}) GROUP BY user_id
), scored AS (
  SELECT *,
    1 + floor(5 * (SELECT count(*) FROM bought w WHERE w.recency > b.recency) / (SELECT count(*) FROM bought)) AS r,
    1 + floor(5 * (SELECT count(*) FROM bought w WHERE w.frequency < b.frequency) / (SELECT count(*) FROM bought)) AS f,
    1 + floor(5 * (SELECT count(*) FROM bought w WHERE w.paid < b.paid) / (SELECT count(*) FROM bought)) AS m
  FROM bought b
)
SELECT
  CASE WHEN m > (SELECT avg(m) FROM scored) THEN '重要' ELSE '一般' END || CASE
    WHEN r > (SELECT avg(r) FROM scored) AND f > (SELECT avg(f) FROM scored) THEN '价值'
    WHEN r > (SELECT avg(r) FROM scored) THEN '发展'
    WHEN f > (SELECT avg(f) FROM scored) THEN '保持' ELSE '挽留' END || '客户' AS segment,
  user_id, recency, frequency, paid, r, f, m
FROM scored
"""


def glossary(shop: Path, people: str = "true", day: object = AS_OF) -> list[tuple[object, ...]]:
    """Every buyer with segment and scores, by the glossary's words: the share of buyers strictly worse, counted."""
    with duckdb.connect(str(shop), read_only=True) as connection:
        return connection.execute(GLOSSARY.format(people=people), {"day": day}).fetchall()


@pytest.mark.parametrize(
    ("question", "people"),
    [
        ("用RFM给客户分个层，每层各多少人", "true"),
        ("RFM analysis of women in Shanghai", "gender = '女' AND city = '上海'"),
    ],
)
def test_the_segments_are_those_of_the_glossary(analyst: Analyst, shop: Path, question: str, people: str) -> None:
    found = ask(analyst, question).json()
    buyers = glossary(shop, people)
    assert found["tool"] == "rfm"
    assert [row[0] for row in found["rows"]] == [each.name.zh for each in SEGMENTS]
    for name, people_in, share, amount, amount_share, recency, frequency, advice in found["rows"]:
        own = [each for each in buyers if each[0] == name]
        assert people_in == len(own)
        assert share == pytest.approx(len(own) / len(buyers))
        assert amount == pytest.approx(sum(float(str(each[4])) for each in own))
        assert amount_share == pytest.approx(amount / sum(float(str(each[4])) for each in buyers))
        assert (recency is None) == (not own)
        assert advice
        if own:
            assert recency == pytest.approx(sum(int(str(each[2])) for each in own) / len(own))
            assert frequency == pytest.approx(sum(int(str(each[3])) for each in own) / len(own))


@pytest.mark.parametrize(
    ("question", "people", "groups"),
    [
        ("RFM分析，按性别", "true", {"女", "男", "未知"}),
        ("RFM by gender", "true", {"女", "男", "未知"}),
        ("男女用户的RFM对比", "true", {"女", "男"}),
        ("上海用户的RFM，按性别", "city = '上海'", {"女", "男", "未知"}),
    ],
)
def test_the_segments_by_a_dimension_have_the_scores_of_all(
    analyst: Analyst, shop: Path, question: str, people: str, groups: set[str]
) -> None:
    answer = ask(analyst, question)
    assert answer.table is not None
    with duckdb.connect(str(shop), read_only=True) as connection:
        genders = dict(connection.execute("SELECT user_id, gender FROM users").fetchall())
    told = Counter((genders[each[1]], each[0]) for each in glossary(shop, people) if genders[each[1]] in groups)
    sizes = Counter(dict.fromkeys(groups, 0))
    for (gender, _), number in told.items():
        sizes[gender] += number
    assert {(row[0], row[1]): row[2] for row in answer.table.rows} == dict(told)
    for row in answer.table.rows:
        assert row[3] == pytest.approx(int(str(row[2])) / sizes[str(row[0])])
    again = ask(analyst, answer.understood).plan
    assert answer.plan is not None
    assert again == answer.plan


def test_what_customers_do_not_have_cuts_no_segments(analyst: Analyst) -> None:
    for question in ("各平台的RFM", "RFM各层迁移情况，按性别", "RFM by city and gender"):
        assert ask(analyst, question).status == "refuse", question


def test_a_customers_scores(analyst: Analyst, shop: Path) -> None:
    buyer = glossary(shop)[0]
    found = ask(analyst, f"用户ID{buyer[1]}的RFM得分").json()
    told = dict(zip([each["name"] for each in found["columns"]], found["rows"][0], strict=True))
    assert told["segment"] == buyer[0]
    assert [told[each] for each in "rfm"] == [int(float(str(each))) for each in buyer[5:]]


def test_who_moved_is_told_from_the_day_before_the_period(analyst: Analyst, shop: Path) -> None:
    found = ask(analyst, "RFM analysis, this month, moves between segments").json()
    then = {each[1]: each[0] for each in glossary(shop, day="2026-05-31")}
    now = {each[1]: each[0] for each in glossary(shop)}
    pairs = [(then.get(who), segment) for who, segment in now.items()]
    names = {each.name.zh for each in SEGMENTS}
    told = {(row[0] if row[0] in names else None, row[1]): row[2] for row in found["rows"]}
    assert told == {pair: pairs.count(pair) for pair in set(pairs)}
    moved = sum(count for (before, after), count in told.items() if before is not None and before != after)
    assert f"{moved} buyers moved" in found["text"]


@pytest.mark.parametrize("question", ["RFM分析，R×F热力图", "RFM analysis, R × F heat map"])
def test_the_heat_map_counts_every_buyer_once(analyst: Analyst, shop: Path, question: str) -> None:
    answer = ask(analyst, question)
    assert answer.chart is not None
    assert answer.chart.type == "heatmap"
    assert answer.table is not None
    cells = {(r, f): people for r, f, people in answer.table.rows}
    buyers = [(int(float(str(each[5]))), int(float(str(each[6])))) for each in glossary(shop)]
    assert cells == {pair: buyers.count(pair) for pair in itertools.product(range(1, 6), repeat=2) if pair in buyers}


def test_too_few_buyers_are_not_ranked(tiny_analyst: Analyst) -> None:
    found = ask(tiny_analyst, "RFM分析").json()
    assert found["status"] == "refuse"
    assert "至少要" in found["text"]
