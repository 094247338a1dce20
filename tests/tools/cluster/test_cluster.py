"""Clusters of the demo shop: the kinds that were planted found again, firm, named, told by rules and counted right."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import adjusted_rand_score
from sklearn.model_selection import cross_val_predict

from agent.verify import verify
from tests.conftest import AS_OF, SEED
from tests.tools.profile.club import club
from tests.warehouse.demo.truth import plant
from tests.warehouse.shops import gym
from tools.cluster.fitting import Fitted, fitted
from tools.cluster.naming import names
from tools.cluster.tool import ClusterArgs, ClusterTool
from tools.tool import Context, Result
from warehouse.engines.duckdb import DuckDbEngine
from warehouse.errors import ModelError, NotEnoughData, UnknownName
from warehouse.load import DEMO, load
from warehouse.stop import Stop
from warehouse.text import LANGUAGES, Language
from warehouse.warehouse import Reading, Warehouse

FIVE_TIMES: dict[str, Any] = {"behaviour": "purchase", "times": {"at_least": 5}}


@pytest.fixture(scope="module")
def reading(shop: Path) -> Iterator[Reading]:
    with Warehouse(DuckDbEngine(shop), load(DEMO), AS_OF).reading() as reading:
        yield reading


def context(reading: Reading, language: Language = "zh") -> Context:
    return Context(reading, 1_000, Stop(), language)


def clustered(reading: Reading, language: Language = "zh", **args: Any) -> Result:
    result = ClusterTool().run(ClusterArgs.model_validate(args), context(reading, language))
    verify(result)
    return result


@pytest.fixture(scope="module")
def everybody(reading: Reading) -> Result:
    return clustered(reading)


@pytest.fixture(scope="module")
def frequent(reading: Reading) -> Fitted:
    args = ClusterArgs.model_validate({"where": [FIVE_TIMES], "clusters": 5})
    return fitted(args, 5, context(reading))


def column(result: Result, name: str) -> list[Any]:
    assert result.table is not None
    return list(result.table.column(name))


def firm(result: Result) -> dict[str, Any]:
    (whole,) = result.witnesses
    return dict(zip([each.name for each in whole.columns], whole.rows[0], strict=True))


def test_the_planted_kinds_are_found_almost_as_well_as_by_who_knows_them(frequent: Fitted, shop: Path) -> None:
    with duckdb.connect(str(shop), read_only=True) as connection:
        plant(connection, seed=SEED)
        kinds = dict(connection.execute("SELECT user_id, kind FROM true_kinds").fetchall())
    truth = np.array([kinds[int(key)] for key in frequent.customers])
    assert len(set(truth)) == 5
    known = np.nan_to_num(frequent.columns)
    forest = RandomForestClassifier(200, random_state=0, n_jobs=2)
    best = adjusted_rand_score(truth, cross_val_predict(forest, known, truth, cv=5))
    found = adjusted_rand_score(truth, frequent.clusters.labels)
    assert best > 0.8
    assert found >= 0.7 * best


def test_other_seeds_find_the_same_clusters_and_it_is_said(everybody: Result, frequent: Fitted) -> None:
    assert frequent.clusters.stability >= 0.9
    assert firm(everybody)["stability"] >= 0.9
    assert 2 <= firm(everybody)["clusters"] <= 8


def test_features_are_those_of_sql_written_by_hand(frequent: Fitted, shop: Path) -> None:
    with duckdb.connect(str(shop), read_only=True) as connection:
        rows = connection.execute(
            """
            WITH paid AS (SELECT * FROM orders WHERE paid_at IS NOT NULL),
            bought AS (
              SELECT user_id, count(*) AS n, avg(pay_amount) AS mean, sum(discount_amount)
                / sum(discount_amount + pay_amount) AS off, avg((platform = '京东')::INT) AS jd,
                date_diff('day', max(paid_at)::DATE, DATE '2026-06-30') AS recency FROM paid GROUP BY user_id),
            lines AS (
              SELECT user_id, sum(quantity) / count(DISTINCT order_id) AS pieces,
                sum(line_amount) FILTER (WHERE category = '美妆') / sum(line_amount) AS beauty
              FROM paid JOIN order_items USING (order_id) JOIN products USING (product_id) GROUP BY user_id),
            days AS (
              SELECT user_id, count(DISTINCT event_at::DATE) AS days,
                count(*) FILTER (WHERE event_type = 'cart') AS carts
              FROM events GROUP BY user_id)
            SELECT n, mean, off, recency, jd, pieces, coalesce(beauty, 0), coalesce(days, 0), coalesce(carts, 0)
            FROM bought JOIN lines USING (user_id) LEFT JOIN days USING (user_id) WHERE n >= 5 ORDER BY user_id
            """
        ).fetchall()
    told = [each.label.zh for each in frequent.features]
    labels = (
        "购买次数", "每次购买金额", "优惠占比", "距上次购买天数", "京东购买占比", "每次购买数量", "美妆金额占比",
        "活跃天数", "加购",
    )  # fmt: skip
    expected = np.array([[float(cell) for cell in row] for row in rows])
    assert len(expected) == len(frequent.customers)
    for at, label in enumerate(labels):
        assert frequent.columns[:, told.index(label)] == pytest.approx(expected[:, at]), label


def test_a_row_is_a_cluster_with_its_size_share_means_and_rule(everybody: Result, reading: Reading) -> None:
    sizes = column(everybody, "users")
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) == firm(everybody)["customers"]
    assert sum(column(everybody, "share")) == pytest.approx(1)
    called = column(everybody, "name")
    assert len(set(called)) == len(called)
    assert sum(each is not None for each in column(everybody, "rule")) >= len(called) - 1
    assert firm(everybody)["accuracy"] > 1.5 * firm(everybody)["baseline"]


def test_names_are_by_what_sets_a_cluster_apart_in_both_languages(frequent: Fitted) -> None:
    for at, name in enumerate(names(frequent)):
        means = frequent.standardised[frequent.clusters.labels == at].mean(axis=0)
        best = int(abs(means).argmax())
        leaning = frequent.features[best].leaning(up=bool(means[best] > 0))
        assert leaning.zh in name.zh
        assert leaning.en in name.en


def test_everybody_is_exported_with_the_cluster_that_the_table_counts(everybody: Result, reading: Reading) -> None:
    export = ClusterTool().export(ClusterArgs(), context(reading))
    assert [each.name for each in export.columns] == ["user_id", "cluster", "name"]
    rows = [row for batch in export.batches for row in batch]
    assert len({key for key, _, _ in rows}) == len(rows)
    counted = [sum(each == at + 1 for _, each, _ in rows) for at in range(firm(everybody)["clusters"])]
    assert counted == column(everybody, "users")


def test_the_engine_finds_the_customers_of_a_cluster_by_itself(reading: Reading) -> None:
    args, tool = ClusterArgs(clusters=4), ClusterTool()
    rows = [row for batch in tool.export(args, context(reading)).batches for row in batch]
    assert list(tool.groups(args, reading)) == ["1", "2", "3", "4"]
    for group in tool.groups(args, reading):
        found = reading.read(tool.members(args, group, reading), limit=None, stop=Stop()).table
        assert {each for (each,) in found.rows} == {key for key, each, _ in rows if each == int(group)}
    with pytest.raises(UnknownName, match="no group 5"):
        tool.members(args, "5", reading)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_tells_its_method_its_data_and_draws_each_cluster(reading: Reading, language: Language) -> None:
    result = clustered(reading, language, clusters=3)
    assert firm(result)["clusters"] == 3
    assert any("K" in note.said(language) for note in result.notes)
    assert any(str(AS_OF) in note.said(language) for note in result.notes)
    assert result.chart is not None
    assert result.chart.data is not None
    assert result.chart.facet == "name"
    assert len(set(result.chart.data.column("name"))) == 3


def test_the_same_again_is_the_same(everybody: Result, reading: Reading) -> None:
    assert clustered(reading) == everybody


def test_too_few_who_bought_are_refused_with_what_there_is(reading: Reading) -> None:
    few: dict[str, Any] = {"behaviour": "purchase", "times": {"at_least": 60}}
    with pytest.raises(NotEnoughData, match="at least 100 people"):
        clustered(reading, where=[few])


def test_roles_that_are_not_filled_leave_their_features_out_and_are_named(tmp_path: Path) -> None:
    with club(tmp_path).reading() as reading:
        result = clustered(reading, "en", clusters=3)
    assert any("no role line, product, event, message, coupon" in note.en for note in result.notes)
    assert "K-means on 3 features" in result.notes[0].en


def test_a_model_without_purchases_is_told_so(tmp_path: Path) -> None:
    with gym(tmp_path).reading() as reading, pytest.raises(ModelError, match="no role purchase"):
        clustered(reading)
