"""What a reader of a query's numbers should know besides them."""

from warehouse.days import unit_start
from warehouse.labels import GRAIN_NAMES
from warehouse.resolved import Measurement
from warehouse.text import Text
from warehouse.warehouse import Reading


def notes(asked: Measurement, reading: Reading) -> tuple[Text, ...]:
    """A first bucket that is short, and days asked for that have no data."""
    return (*_partial(asked), *_outside_the_data(asked, reading))


def _partial(asked: Measurement) -> tuple[Text, ...]:
    """A note where the first bucket begins before the period does, and so is short."""
    start = asked.window.span.start
    if asked.grain is None or asked.grain == "hour" or unit_start(start, asked.grain) == start:
        return ()
    name = GRAIN_NAMES[asked.grain]
    return (Text(f"第一个时段不完整：从 {start} 起算。", f"The first {name.en} is not whole: it counts from {start}."),)


def _outside_the_data(asked: Measurement, reading: Reading) -> tuple[Text, ...]:
    """A note where a period that was told begins before the metrics' first row: what is empty there is not zero."""
    metrics = [leaf.metric for shown in asked.shown for leaf in shown.leaves if leaf.route.at is not None]
    if asked.window.period is None or not metrics:
        return ()
    first, span = min(map(reading.first_day, metrics)), asked.window.span
    if span.end < first:
        return (Text(f"这段时间没有数据：数据从 {first} 开始。", f"This period has no data: they begin on {first}."),)
    earliest = span.start if asked.against is None else min(span.start, asked.against.window.span.start)
    if earliest < first:
        return (Text(f"数据从 {first} 开始，之前没有。", f"The data begin on {first}; before it there are none."),)
    return ()
