"""The M3 competition, all 3,003 series of it: as good as its winner."""

import pytest

from tests.bench import forecast_m3
from tests.tools.stats.forecasting import m3
from tests.warehouse.evaluation import evaluation_data


def test_the_bars_of_the_competition_are_held(capsys: pytest.CaptureFixture[str]) -> None:
    evaluation_data("data/m3")
    missed = forecast_m3.main()
    assert missed == 0, capsys.readouterr().out


def test_errors_are_measured_as_the_competition_did() -> None:
    # The published sMAPE of Theta over all series is 12.76, of Naive2 monthly 16.89 (Makridakis and Hibon 2000).
    evaluation_data("data/m3")
    theta, naive = m3.published("THETA"), m3.published("NAIVE2")
    found = m3.series()
    every = [float(m3.smape(theta[each.name], each.came)) for chosen in found.values() for each in chosen]
    monthly = [float(m3.smape(naive[each.name], each.came)) for each in found["MONTHLY"]]
    assert round(sum(every) / len(every), 2) == pytest.approx(12.76, abs=0.011)
    assert round(sum(monthly) / len(monthly), 2) == pytest.approx(16.89, abs=0.011)
