"""What a reader of a query's numbers should know besides them."""

from warehouse.days import unit_start
from warehouse.labels import GRAIN_NAMES
from warehouse.model import Dimension
from warehouse.query import Filter
from warehouse.resolved import Measurement, Test
from warehouse.text import Text
from warehouse.timepart import of_clock
from warehouse.warehouse import Reading


def notes(asked: Measurement, reading: Reading) -> tuple[Text, ...]:
    """A first bucket that is short, days asked for that have no data, and rows that are in no group."""
    return (*_partial(asked), *_outside_the_data(asked, reading), *_in_no_group(asked, reading))


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


def _in_no_group(asked: Measurement, reading: Reading) -> tuple[Text, ...]:
    """A note where rows may lack what they are grouped by: the groups need not sum to the whole."""
    had = {each.dimension.source for each in asked.where if isinstance(each, Test) and _has_its_row(each)}
    dimensions = (each.dimension for each in asked.by if each.dimension.source not in had)
    told = [each.words.label for each in dimensions if _may_lack(each, asked, reading)]
    if not told:
        return ()
    zh, en = "或".join(each.zh for each in told), " or ".join(each.en for each in told)
    return (Text(f"没有{zh}的记录不在任何一组里。", f"Records without {en} are in no group."),)


def _has_its_row(test: Test) -> bool:
    """Whether a condition holds for rows alone that have the row of its dimension's source."""
    return not (isinstance(test.asked, Filter) and test.asked.op == "missing")


def _may_lack(dimension: Dimension, asked: Measurement, reading: Reading) -> bool:
    """Whether rows of any of the metrics may have no row of the dimension's source."""
    sources = {leaf.route.source for shown in asked.shown for leaf in shown.leaves}
    paths = [] if of_clock(dimension) else [reading.model.path(each, dimension.source) or () for each in sources]
    return any(not step.always for path in paths for step in path)
