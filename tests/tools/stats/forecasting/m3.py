"""The M3 competition's series, read from ../shared/data; nothing of them is kept here."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import duckdb
import numpy as np

from tools.stats.forecasting.forecast import forecast
from tools.stats.forecasting.panel import plain
from tools.stats.forecasting.smoothing import Floats

ROOT = Path(__file__).parents[4]
FOLDER = Path(os.environ.get("WENSHU_EVAL_DATA", ROOT.parent / "shared")) / "data" / "m3"
SEASONS = {"YEARLY": 1, "QUARTERLY": 4, "MONTHLY": 12, "OTHER": 1}
LEAST = {"YEARLY": 8, "QUARTERLY": 12, "MONTHLY": 28, "OTHER": 8}  # values to fit to, from two seasons on


class Series(NamedTuple):
    """One series: what was told, and what came."""

    name: str
    told: Floats
    came: Floats


def series() -> Mapping[str, list[Series]]:
    """By kind, in the order of their names."""
    rows = duckdb.execute(
        "SELECT period, sn, list(y ORDER BY t) FILTER (split = 'train'), list(y ORDER BY t) FILTER (split = 'test') "
        "FROM read_parquet(?) GROUP BY ALL ORDER BY sn",
        [str(FOLDER / "m3.parquet")],
    ).fetchall()
    found: dict[str, list[Series]] = {kind: [] for kind in SEASONS}
    for kind, name, told, came in rows:
        found[kind].append(Series(name, np.array(told), np.array(came)))
    return found


def forecasts(chosen: list[Series], kind: str) -> Floats:
    """Ours, as the tool makes them where no calendar is known."""
    horizon = len(chosen[0].came)
    return forecast(plain([each.told for each in chosen], SEASONS[kind]), horizon, least=LEAST[kind]).point


def published(method: str) -> Mapping[str, Floats]:
    """A competitor's forecasts, by the series' names."""
    rows = duckdb.execute(
        "SELECT sn, list(yhat ORDER BY h) FROM read_parquet(?) WHERE method = ? GROUP BY sn",
        [str(FOLDER / "m3_forecasts.parquet"), method],
    ).fetchall()
    return {name: np.array(told) for name, told in rows}


def smape(forecast: Floats, came: Floats) -> Floats:
    """By series, in percent, as the competition measured it."""
    return np.asarray(200 * (np.abs(forecast - came) / (np.abs(forecast) + np.abs(came))).mean(axis=-1))
