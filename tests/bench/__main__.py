"""Run the benchmarks, or those named: `python -m tests.bench [NAME …]`. Each runs in a process of its own."""

import subprocess
import sys
from pathlib import Path


def main(wanted: list[str]) -> int:
    """Run them one after another; 1 where any failed or missed its target, 2 for a name that is not there."""
    names = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    if unknown := set(wanted) - set(names):
        print(f"No benchmark {', '.join(sorted(unknown))}. There are: {', '.join(names)}.", file=sys.stderr)
        return 2
    failed = False
    for name in wanted or names:
        print(f"== {name}", flush=True)
        run = subprocess.run([sys.executable, "-m", f"tests.bench.{name}"], check=False)
        failed = failed or run.returncode != 0
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
