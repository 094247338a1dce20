"""The planted truths about customers, found again in the shop."""

import duckdb
import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import betaln, gammaln
from sklearn.cluster import KMeans
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import StandardScaler

# Of each kind: the platform it keeps to, and the habit by which it leads the other four.
LEADS = {
    "price": ("pdd", "off"),
    "novelty": ("douyin", "novel"),
    "loyalty": ("mini", "orders"),
    "season": ("tmall", "festival"),
    "lapse": ("jd", "days_since"),
}


@pytest.mark.parametrize("kind", LEADS)
def test_each_kind_leads_in_its_own_habit(kind: str, seen: duckdb.DuckDBPyConnection) -> None:
    for habit in LEADS[kind]:
        means = dict(seen.sql(f"SELECT kind, avg({habit}) FROM habits GROUP BY kind").fetchall())
        assert len(means) == len(LEADS)
        assert means[kind] > 1.3 * max(mean for other, mean in means.items() if other != kind), habit


def test_kinds_differ_in_basket(seen: duckdb.DuckDBPyConnection) -> None:
    lines = dict(seen.sql("SELECT kind, avg(lines) FROM habits GROUP BY kind").fetchall())
    breadth = dict(seen.sql("SELECT kind, avg(breadth) FROM habits GROUP BY kind").fetchall())
    assert lines["season"] > 1.5 * max(lines[kind] for kind in LEADS if kind != "season")
    assert breadth["loyalty"] < 0.75 * min(breadth[kind] for kind in LEADS if kind not in {"loyalty", "lapse"})


def test_kmeans_finds_the_five_kinds(seen: duckdb.DuckDBPyConnection) -> None:
    rows = seen.sql("SELECT * EXCLUDE (user_id, rate, dropout) FROM habits ORDER BY user_id").df()
    features = StandardScaler().fit_transform(
        rows.drop(columns="kind").fillna(0).clip(upper=rows.drop(columns="kind").quantile(0.99), axis=1)
    )
    found = KMeans(n_clusters=5, n_init=5, random_state=0).fit_predict(features)
    assert adjusted_rand_score(rows["kind"], found) > 0.6


def test_purchases_follow_gamma_poisson_with_dropout(seen: duckdb.DuckDBPyConnection) -> None:
    """The BG/NBD likelihood, written out here, is highest near the planted gamma(0.5, 2.5 weeks) and beta(1, 7)."""
    lives = seen.sql(
        """
        WITH lives AS (SELECT user_id, count(*) - 1 AS x, epoch(max(paid_at) - min(paid_at)) / 604800 AS last,
          epoch(getvariable('as_of') + INTERVAL 1 DAY - min(paid_at)) / 604800 AS age
        FROM paid JOIN users USING (user_id) WHERE registered_at >= (SELECT min(ordered_at) FROM orders)
        GROUP BY user_id) FROM lives ORDER BY user_id
        """
    ).fetchnumpy()
    x, last, age = (np.asarray(lives[name], dtype=float) for name in ("x", "last", "age"))

    def loss(logs: np.ndarray) -> float:
        r, alpha, a, b = np.exp(logs)
        buying = gammaln(r + x) - gammaln(r) + r * np.log(alpha) + betaln(a, b + x) - betaln(a, b)
        alive = -(r + x) * np.log(alpha + age)
        gone = np.log(a) - np.log(b + np.maximum(x, 1) - 1) - (r + x) * np.log(alpha + last)
        return -float(np.sum(buying + np.where(x > 0, np.logaddexp(alive, gone), alive)))

    fit = minimize(loss, np.zeros(4), method="Nelder-Mead", options={"maxiter": 2000})
    r, alpha, a, b = np.exp(fit.x)
    assert r == pytest.approx(0.5, rel=0.2)
    assert alpha == pytest.approx(2.5 / 0.93, rel=0.25)  # seven orders in a hundred are never paid
    assert a / (a + b) == pytest.approx(1 / 8, rel=0.25)


def test_counts_spread_wider_than_poisson(seen: duckdb.DuckDBPyConnection) -> None:
    [(mean, variance)] = seen.sql(
        "SELECT avg(n), var_samp(n) FROM (SELECT count(*) AS n FROM paid GROUP BY user_id)"
    ).fetchall()
    assert variance > 3 * mean


def test_recall_works_on_the_lapsed_alone(seen: duckdb.DuckDBPyConnection) -> None:
    rows = seen.sql(
        """
        WITH recalls AS (FROM campaigns
        WHERE campaign_type = '召回' AND end_date <= getvariable('as_of')), before AS (SELECT r.campaign_id,
          start_date, user_id, max(ordered_at) < start_date - 60 AS lapsed
        FROM recalls r JOIN paid ON ordered_at < start_date
        GROUP BY r.campaign_id, start_date, user_id), judged AS (SELECT lapsed, campaign_id, user_id, EXISTS
          (FROM messages m
        WHERE m.campaign_id = b.campaign_id AND m.user_id = b.user_id) AS written, EXISTS (FROM paid p
        WHERE p.user_id = b.user_id AND p.paid_at >= start_date AND p.paid_at < start_date + 14) AS bought
        FROM before b) SELECT lapsed, written, avg(bought::INTEGER) FROM judged GROUP BY lapsed, written
        """
    ).fetchall()
    bought = {(lapsed, written): share for lapsed, written, share in rows}
    assert bought[True, True] > 1.4 * bought[True, False]
    assert bought[False, True] == pytest.approx(bought[False, False], rel=0.12)


def test_channels_differ(seen: duckdb.DuckDBPyConnection) -> None:
    rows = seen.sql(
        "SELECT channel, count(opened_at) / count(*), count(unsubscribed_at) / count(*) FROM messages GROUP BY channel"
    ).fetchall()
    opened = {channel: rate for channel, rate, _ in rows}
    left = {channel: rate for channel, _, rate in rows}
    assert opened["微信"] > opened["短信"] > opened["APP推送"] > opened["邮件"]
    assert left["短信"] == max(left.values())


def test_page_of_new_products_converts_two_fifths_better_than_search(seen: duckdb.DuckDBPyConnection) -> None:
    [(new, search)] = seen.sql(
        """
        WITH sessions AS (SELECT bool_or(page = '新品频道') AS new, bool_or(page = '搜索结果') AS search,
          bool_or(event_type = 'order') AS ordered
        FROM events GROUP BY session_id)
        SELECT avg(ordered::INTEGER) FILTER (WHERE new), avg(ordered::INTEGER) FILTER (WHERE search)
        FROM sessions
        """
    ).fetchall()
    assert new / search == pytest.approx(1.4, rel=0.05)
