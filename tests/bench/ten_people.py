"""Ten people asking at once over the page's API, ten questions each. Target: 2 s at the 95th percentile.

Asks the warehouse that the settings name, else the demo shop.
"""

import statistics
import sys
import time
from concurrent.futures import ThreadPoolExecutor

from gradio_client import Client

from tests.server import serving

QUESTION = "最近7天活跃但未下单的95后女性有哪些？"
PEOPLE = 10
QUESTIONS_EACH = 10
TARGET_SECONDS = 2.0


def ask_often(client: Client) -> list[float]:
    """Seconds that each of one person's questions took."""
    seconds = []
    for _ in range(QUESTIONS_EACH):
        begun = time.perf_counter()
        client.predict(QUESTION, api_name="/ask")
        seconds.append(time.perf_counter() - begun)
    return seconds


def main() -> int:
    """Print the percentiles; 1 where the target was missed."""
    with serving() as url, ThreadPoolExecutor(PEOPLE) as people:
        clients = [Client(url, verbose=False) for _ in range(PEOPLE)]
        seconds = [each for asked in people.map(ask_often, clients) for each in asked]
    percentiles = statistics.quantiles(seconds, n=20, method="inclusive")
    print(
        f"{PEOPLE} people at once, {len(seconds)} questions: p50 {percentiles[9]:.2f} s, p95 {percentiles[18]:.2f} s, "
        f"max {max(seconds):.2f} s (target p95 {TARGET_SECONDS:.0f} s)"
    )
    return int(percentiles[18] > TARGET_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
