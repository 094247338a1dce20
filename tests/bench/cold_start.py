"""Cold start of one question in the terminal: median of five processes. Target: 3 s of wall time.

Asks the warehouse that the settings name, else the demo shop, which a first, uncounted run builds where it is missing.
"""

import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
QUESTION = "最近7天活跃但未下单的95后女性有哪些？"
RUNS = 5
TARGET_SECONDS = 3.0


def cpu_seconds() -> float:
    """CPU time of the child processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measured() -> tuple[float, float]:
    """Wall and CPU seconds of one question."""
    cpu, begun = cpu_seconds(), time.perf_counter()
    command = [sys.executable, "app.py", "ask", "--json", QUESTION]
    subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begun, cpu_seconds() - cpu


def main() -> int:
    """Print the medians; 1 where the target was missed."""
    measured()
    runs = [measured() for _ in range(RUNS)]
    wall, cpu = (statistics.median(seconds) for seconds in zip(*runs, strict=True))
    print(f"cold start: median of {RUNS}: {wall:.2f} s wall, {cpu:.2f} s CPU (target {TARGET_SECONDS:.0f} s wall)")
    return int(wall > TARGET_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
