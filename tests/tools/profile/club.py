"""A made club of 3,000: what its red members are like is planted, and twenty lots that each drew mean nothing."""

import datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import yaml

from warehouse.engines.duckdb import DuckDbEngine
from warehouse.load import load
from warehouse.warehouse import Warehouse

MEMBERS, LOTS, DRAWS = 3_000, 20, 10
AS_OF = datetime.date(2024, 3, 31)
JOINED, BOUGHT = datetime.date(2023, 1, 1), datetime.date(2024, 3, 1)


def club(folder: Path) -> Warehouse:
    """Of red members 30% are gold and 60% took a lesson, of the others 10% and 40%; they pay half as much again a time.

    Size and calls have nothing to do with colour. Everybody who took a lesson put on the shoes for it.
    """
    drawn = np.random.default_rng(11)
    keys = np.arange(1, MEMBERS + 1)
    red = drawn.random(MEMBERS) < 0.2
    members = pd.DataFrame({
        "member": keys,
        "colour": np.where(red, "red", drawn.choice(["blue", "green"], MEMBERS)),
        "tier": np.where(drawn.random(MEMBERS) < np.where(red, 0.3, 0.1), "gold", "plain"),
        "size": drawn.choice(["S", "M", "L"], MEMBERS),
        "joined": pd.Timestamp(JOINED),
        **{f"lot_{at}": drawn.integers(0, DRAWS, MEMBERS).astype(str) for at in range(LOTS)},
    })  # fmt: skip
    lesson = drawn.random(MEMBERS) < np.where(red, 0.6, 0.4)
    call = drawn.random(MEMBERS) < 0.5
    deeds = pd.concat([
        pd.DataFrame({"member": keys[who], "deed": deed, "day": pd.Timestamp(BOUGHT)})
        for deed, who in (("lesson", lesson), ("shoes", lesson), ("call", call))
    ])  # fmt: skip
    buyer = np.repeat(keys, drawn.poisson(1.5, MEMBERS))
    amounts = drawn.lognormal(3, 0.7, len(buyer)) * np.where(red[buyer - 1], 1.5, 1)
    sales = pd.DataFrame({"sale": np.arange(len(buyer)), "member": buyer, "amount": amounts})
    sales["day"] = pd.Timestamp(BOUGHT)
    path = folder / "club.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name, frame in (("members", members), ("deeds", deeds), ("sales", sales)):
            connection.register("given", frame)
            connection.execute(f"CREATE TABLE {name} AS SELECT * REPLACE ({_day(name)}) FROM given")
    model = folder / "club.yml"
    model.write_text(yaml.safe_dump(_model(), allow_unicode=True), "utf-8")
    return Warehouse(DuckDbEngine(path), load(model), AS_OF)


def _day(name: str) -> str:
    return "joined::DATE AS joined" if name == "members" else "day::DATE AS day"


def _model() -> dict[str, Any]:
    lots = {f"lot_{at}": {"source": "members", "zh": [f"第{at}签"], "en": [f"lot {at}"]} for at in range(LOTS)}
    return {
        "name": {"zh": "俱乐部", "en": "Club"},
        "calendar": {"country": "GB"},
        "complete": [{"source": "sales", "column": "day"}],
        "sources": {
            "members": {"table": "members", "key": "member", "days": ["joined"]},
            "deeds": {"table": "deeds", "joins": {"members": "member"}, "days": ["day"]},
            "sales": {"table": "sales", "key": "sale", "joins": {"members": "member"}, "days": ["day"]},
        },
        "roles": {
            "customer": {
                "source": "members", "key": "member", "since": "joined", "zh": ["会员"], "en": ["member", "members"],
                "listed": ["member_id"], "breakdown": "colour",
            },
            "purchase": {"source": "sales", "parts": {
                "key": "sale", "customer": "member", "time": "day", "amount": "amount",
            }},
        },
        "dimensions": {
            "member_id": {
                "source": "members", "expression": "member", "kind": "attribute", "type": "integer", "zh": ["会员号"],
                "en": ["member id"],
            },
            "colour": {"source": "members", "zh": ["颜色"], "en": ["colour"]},
            "tier": {"source": "members", "zh": ["级别"], "en": ["tier"]},
            "size": {"source": "members", "zh": ["尺码"], "en": ["size"]},
            **lots,
        },
        "metrics": {
            "takings": {
                "zh": ["进账"], "en": ["takings"], "definition": {"zh": "金额之和", "en": "sum of amounts"},
                "routes": [{"of": "sales", "sum": "amount", "at": "day"}], "unit": "GBP",
            },
        },
        "behaviours": {
            name: {
                "zh": [zh], "en": [en], "negated": {"zh": [f"未{zh}"], "en": [f"not {en}"]},
                "definition": {"zh": zh, "en": en}, "source": source, "customer": "member", "time": "day",
                "counted": {"zh": ["次"], "en": ["time", "times"]}, **where,
            }
            for name, zh, en, source, where in (
                ("lesson", "听课", "took a lesson", "deeds", {"where": "deed = 'lesson'"}),
                ("shoes", "换鞋", "changed shoes", "deeds", {"where": "deed = 'shoes'"}),
                ("call", "来电", "called", "deeds", {"where": "deed = 'call'"}),
                ("buy", "买单", "bought", "sales", {}),
            )
        },
    }  # fmt: skip
