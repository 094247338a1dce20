"""The three experiments, judged as an analyst judges them, in the shop and in others of other seeds."""

from collections.abc import Iterator
from itertools import combinations
from math import exp, log, sqrt
from pathlib import Path

import duckdb
import pytest
from scipy.stats import chisquare

from tests.warehouse.demo.conftest import AS_OF, SEED, USERS
from warehouse.demo.build import build

SHOPS = (
    (USERS, SEED),
    (20_000, 1),
    (20_000, 2),
    pytest.param((50_000, 42), marks=pytest.mark.soak),
    pytest.param((50_000, 3), marks=pytest.mark.soak),
)


@pytest.fixture(scope="module", params=SHOPS, ids=str)
def tried(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    users, seed = request.param
    if (users, seed) == (USERS, SEED):
        path: Path = request.getfixturevalue("shop_file")
    else:
        path = tmp_path_factory.mktemp("tried") / "shop.duckdb"
        build(path, as_of=AS_OF, users=users, seed=seed)
    with duckdb.connect(str(path), read_only=True) as connection:
        yield connection


def groups(shop: duckdb.DuckDBPyConnection, name: str) -> dict[str, tuple[int, int]]:
    """Of each group its size, and how many paid between their assignment and the experiment's end."""
    rows = shop.execute(
        """
        SELECT variant, count(*), count(*) FILTER (WHERE EXISTS (FROM orders o
          WHERE o.user_id = e.user_id AND o.paid_at >= e.assigned_at AND o.paid_at < end_date + 1))
        FROM experiment_users e JOIN experiments USING (experiment_id) WHERE experiment_name = ?
        GROUP BY variant
        """,
        [name],
    ).fetchall()
    return {variant: (size, paid) for variant, size, paid in rows}


def z_of(one: tuple[int, int], other: tuple[int, int]) -> float:
    """The two-proportion z statistic."""
    (n, paid), (m, bought) = one, other
    pooled = (paid + bought) / (n + m)
    return (bought / m - paid / n) / sqrt(pooled * (1 - pooled) * (1 / n + 1 / m))


def lift_between(one: tuple[int, int], other: tuple[int, int]) -> tuple[float, float]:
    """The 95% interval of the second's relative lift over the first, on the scale of logarithms."""
    (n, paid), (m, bought) = one, other
    middle = log(bought / m) - log(paid / n)
    error = sqrt(1 / bought - 1 / m + 1 / paid - 1 / n)
    return exp(middle - 1.96 * error) - 1, exp(middle + 1.96 * error) - 1


def test_detail_page_experiment_has_its_effect(tried: duckdb.DuckDBPyConnection) -> None:
    arms = groups(tried, "详情页尺寸对比")
    low, high = lift_between(arms["control"], arms["treatment"])
    assert 0 < low < 0.12 < high


def test_coupon_experiment_has_none(tried: duckdb.DuckDBPyConnection) -> None:
    arms = groups(tried, "满减券面额")
    assert set(arms) == {"control", "A", "B"}
    for one, other in combinations(arms.values(), 2):
        assert abs(z_of(one, other)) < 3
        assert one[1] / one[0] != other[1] / other[0]  # chance shows


def test_ranking_experiment_has_a_broken_split_and_the_others_none(tried: duckdb.DuckDBPyConnection) -> None:
    for name, broken in (("搜索排序新算法", True), ("详情页尺寸对比", False), ("满减券面额", False)):
        sizes = [size for size, _ in groups(tried, name).values()]
        assert (chisquare(sizes).pvalue < 0.001) == broken, name
