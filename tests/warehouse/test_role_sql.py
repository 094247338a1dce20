"""SQL over roles where it reads other queries beside them: who ever did what, by one scan of the rows that tell it."""

from pathlib import Path

from tests.warehouse.shops import gym
from warehouse.query import People
from warehouse.stop import Stop

ALL = """
SELECT customer.key, coalesce(done.train, 0) AS train, coalesce(done.visit, 0) AS visit,
  CASE WHEN customer.key IN (SELECT customer FROM members) THEN 1 ELSE 0 END AS marked
FROM customer LEFT JOIN done ON customer.key = done.customer ORDER BY customer.key
"""


def test_who_ever_did_what_beside_a_marked_group(tmp_path: Path) -> None:
    """Of the gym: member 6 came once, to no class, 4 and 5 to classes; women are 1, 3, 5 and 6."""
    with gym(tmp_path).reading() as reading:
        women = reading.resolver.people(People.model_validate({"where": [{"dimension": "gender", "values": ["F"]}]}))
        did = reading.compiler.did([reading.model.behaviour(name) for name in ("train", "visit")])
        assert list(did) == [("train", "visit")]
        compiled = reading.compiler.over_roles(ALL, (), members=women, tables={"done": did["train", "visit"]})
        arrays, sql = reading.arrays(compiled, stop=Stop())
    assert {name: column.tolist() for name, column in arrays.items()} == {
        "key": [1, 2, 3, 4, 5, 6],
        "train": [1, 1, 1, 1, 1, 0],
        "visit": [1, 1, 1, 1, 1, 1],
        "marked": [1, 0, 1, 0, 1, 1],
    }
    assert sql.count("FROM visits") == 1


def test_behaviours_of_other_rows_or_other_times_are_told_apart(tmp_path: Path) -> None:
    with gym(tmp_path).reading() as reading:
        names = [reading.model.behaviour(name) for name in ("pay", "get_refund", "visit")]
        assert list(reading.compiler.did(names)) == [("pay",), ("get_refund",), ("visit",)]
