"""Reviews whose words agree with their stars."""

import csv
import re
from pathlib import Path

import duckdb

DATA = Path(__file__).parents[3] / "warehouse" / "demo" / "data"

GOOD = "满意|很好|喜欢|放心|划算|舒服|给力|惊人|超出预期|点赞|值了|没有色差|很快|超快|合适|稳定"
BAD = "太差|失望|差评|粗糙|太慢|敷衍|恶劣|不合身|过敏|退货|离谱|虚标|不符|次品|糟心|不敢"


def rows_of(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_remarks_are_a_few_hundred_and_most_have_slots() -> None:
    remarks = [row["remark"] for row in rows_of("remarks.csv")]
    slots = {slot for remark in remarks for slot in re.findall(r"\{(\w+)\}", remark)}
    assert len(set(remarks)) >= 300
    assert sum("{" in remark for remark in remarks) > 0.8 * len(remarks)
    assert sum("{" in remark.replace("{item}", "") for remark in remarks) > 0.4 * len(remarks)
    assert slots == {row["slot"] for row in rows_of("slots.csv")} | {"item"}


def test_no_remark_has_words_of_the_other_side() -> None:
    for row in rows_of("remarks.csv"):
        assert row["tone"] == "好" or not re.search(GOOD, row["remark"]), row
        assert row["tone"] == "差" or not re.search(BAD, row["remark"]), row


def test_no_review_repeats_its_sentence(shop: duckdb.DuckDBPyConnection) -> None:
    repeating = shop.sql(
        """
        WITH said AS (
          SELECT content, string_split_regex(rtrim(content, '。！～'), '，不过|，') AS parts FROM reviews
        )
        SELECT content FROM said WHERE len(list_distinct(parts)) < len(parts)
        """
    ).fetchall()
    assert repeating == []


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
    assert min(bad[1], bad[2]) > 0.6
    assert min(good[4], good[5]) > 0.2


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
