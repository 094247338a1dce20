"""Reviews whose words agree with their stars."""

import duckdb

GOOD = "满意|很好|喜欢|放心|划算|舒服|给力|惊人|超出预期|点赞|值了|没有色差|很快|超快|合适|稳定"
BAD = "太差|失望|差评|粗糙|太慢|敷衍|恶劣|不合身|过敏|退货|离谱|虚标|不符|次品|糟心|不敢"


def test_words_agree_with_stars(shop: duckdb.DuckDBPyConnection) -> None:
    rows = shop.execute(
        """
        SELECT rating, avg(regexp_matches(content, ?)::INTEGER), avg(regexp_matches(content, ?)::INTEGER)
        FROM reviews GROUP BY rating
        """,
        [GOOD, BAD],
    ).fetchall()
    good = {rating: share for rating, share, _ in rows}
    bad = {rating: share for rating, _, share in rows}
    assert set(good) == {1, 2, 3, 4, 5}
    assert min(good[4], good[5]) > 5 * max(good[1], good[2])
    assert min(bad[1], bad[2]) > 5 * max(bad[4], bad[5])
    assert bad[5] < bad[3] < bad[1]


def test_reviews_are_many_and_short_and_whole(shop: duckdb.DuckDBPyConnection) -> None:
    [(different, longest, unfilled)] = shop.sql(
        """
        SELECT count(DISTINCT content), max(length(content)), count(*) FILTER (WHERE contains(content, '{'))
        FROM reviews
        """
    ).fetchall()
    assert different > 5_000
    assert longest < 80
    assert unfilled == 0


def test_what_came_back_has_fewer_stars(shop: duckdb.DuckDBPyConnection) -> None:
    [(kept, returned)] = shop.sql(
        """
        SELECT avg(rating) FILTER (WHERE r.order_id IS NULL), avg(rating) FILTER (WHERE r.order_id IS NOT NULL)
        FROM reviews v LEFT JOIN refunds r ON r.order_id = v.order_id AND r.product_id = v.product_id
        """
    ).fetchall()
    assert kept > returned + 1.5
