"""The scores as tables: right, silently wrong, declined and other by kind, and how many charts are as wanted."""

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence

from tests.eval.asked import Judged

VERDICTS = ("right", "silently wrong", "declined", "other")
QUERIES = frozenset({"query", "audience", "help"})  # what the rules answer; the rest are tools still to come
FEWEST = 2
HEAD = f"| kind | items | {' | '.join(VERDICTS)} | charts |\n| --- | ---: |{' ---: |' * len(VERDICTS)} ---: |"


def table(found: Sequence[Judged]) -> str:
    """A Markdown table: all, those of the tools that are there, each tool, each language and turn, each kind."""
    return "\n".join([HEAD, *(_row(kind, items) for kind, items in _kinds(found) if items)])


def spent(found: Sequence[Judged]) -> str:
    """What a language model took for them."""
    calls = Counter(each.calls for each in found)
    sent = ", ".join(f"{count} questions of {number} requests" for number, count in sorted(calls.items()))
    asked = [each for each in found if each.calls]
    if not asked:
        return sent
    tokens, seconds = (statistics.median(values) for values in ([e.tokens for e in asked], [e.seconds for e in asked]))
    total = sum(each.tokens for each in found)
    return f"{sent}; of those asked {tokens:,.0f} tokens and {seconds:.1f} s at the median, {total:,} tokens in all"


def headline(found: Sequence[Judged]) -> str:
    """The three figures that count, over the questions of the tools that are there."""
    known = of_tools(found, QUERIES)
    counts = Counter(each.verdict for each in known)
    charts = [each.chart for each in known if each.chart is not None]
    return (
        f"right {_share(counts['right'], len(known))}, silently wrong {counts['silently wrong']}, "
        f"charts as wanted {_share(sum(charts), len(charts))}"
    )


def of_tools(found: Sequence[Judged], tools: frozenset[str]) -> list[Judged]:
    """The questions of these tools, and those that are to be asked back or refused."""
    return [each for each in found if each.tool is None or each.tool in tools]


def _kinds(found: Sequence[Judged]) -> Iterator[tuple[str, list[Judged]]]:
    """The rows, in order; of tags those that tell a kind (grouped, trend), not a name (metric:GMV)."""
    yield "**all**", list(found)
    yield f"**of {', '.join(sorted(QUERIES))}**", of_tools(found, QUERIES)
    tools = {each.tool: None for each in found if each.tool is not None}
    yield from ((f"tool {tool}", [each for each in found if each.tool == tool]) for tool in tools)
    for expect in ("clarify", "refuse"):
        yield f"to {expect}", [each for each in found if each.question["expect"] == expect]
    for language in ("zh", "en"):
        yield f"in {language}", [each for each in found if each.question["lang"] == language]
    yield "several turns", [each for each in found if len(each.question["turns"]) > 1]
    tags = sorted({tag for each in found for tag in each.question["tags"] if ":" not in tag})
    for tag in tags:
        items = [each for each in found if tag in each.question["tags"]]
        if len(items) >= FEWEST:
            yield tag, items


def _row(kind: str, items: Sequence[Judged]) -> str:
    counts = Counter(each.verdict for each in items)
    scored = len(items) - counts["unscored"]
    charts = [each.chart for each in items if each.chart is not None]
    shares = (_share(counts[verdict], scored) if counts[verdict] else "0" for verdict in VERDICTS)
    drawn = f"{sum(charts)} of {len(charts)}" if charts else ""
    return f"| {kind} | {len(items)} | {' | '.join(shares)} | {drawn} |"


def _share(part: int, whole: int) -> str:
    return f"{part} ({part / whole:.1%})" if whole else "0"
