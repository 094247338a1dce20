"""300 daily series of 800 days, 30 days ahead, with a calendar: the seconds of the whole forecast, backtest and all.

Target: 90 s on two cores. Candidates left out for time are named.
"""

import datetime
import time

import numpy as np

from tools.forecast.known_days import known_days
from tools.stats.forecasting.forecast import forecast
from tools.stats.forecasting.panel import Panel
from warehouse.load import DEMO, load

SERIES, DAYS, AHEAD, SECONDS = 300, 800, 30, 90.0
LAST = datetime.date(2026, 6, 30)


def main() -> int:
    """Measure and print; 1 where the target is missed."""
    drawn = np.random.default_rng(1)
    week = drawn.uniform(0.7, 1.3, (SERIES, 7))[:, np.arange(DAYS) % 7]
    year = 1 + 0.2 * np.sin(np.arange(DAYS) * 2 * np.pi / 365 + drawn.uniform(0, 6, (SERIES, 1)))
    values = drawn.lognormal(4, 1, (SERIES, 1)) * week * year * drawn.lognormal(0, 0.2, (SERIES, DAYS))
    past = [LAST - datetime.timedelta(each) for each in reversed(range(DAYS))]
    ahead = [LAST + datetime.timedelta(each) for each in range(1, AHEAD + 1)]
    begun, cpu = time.perf_counter(), time.process_time()
    known = known_days(past, ahead, "day", load(DEMO).calendar)
    panel = Panel(values, np.zeros(SERIES, dtype=np.int64), 7, known.rows, known.penalties, year=365)
    found = forecast(panel, AHEAD, least=28)
    seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
    print(
        f"{SERIES} series of {DAYS} days, {found.windows} windows: {seconds:.1f} s "
        f"({cpu:.1f} s CPU; target {SECONDS:g} s)"
    )
    print(f"tried: {', '.join(found.shares)}; left out for time: {', '.join(found.left_out) or 'none'}")
    print(f"MASE {found.errors.mase.mean():.3f}, seasonal naive {found.naive_errors.mase.mean():.3f}")
    return int(seconds > SECONDS)


if __name__ == "__main__":
    raise SystemExit(main())
