"""Rows as numbers: 订单最多的城市, 订单今年有多少, average order value of Tmall orders."""

from agent.understand.grammar.counts import of_rows, rows_counted
from agent.understand.grammar.node import Choice, Node, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.times_done import of_height
from agent.understand.mentions import Deed, Dimension, Measure, People, Rows, When, Word
from warehouse.model import Behaviour, Metric

OF_NUMBERS = (
    "most",
    "charts",
    "trend",
    "share",
    "part_of",
)  # what only numbers have: rows before it are counted


def counted(phrase: Phrase, place: int) -> bool:
    """Rows that are ranked, counted or listed beside metrics are their number: 订单最多的城市, 多少趟, 付款趟和里程."""
    rows = phrase.part(place)
    if not isinstance(rows, Rows):
        return False
    behaviour = _of_what_was_done(phrase, place, rows)
    first = place if behaviour is None else phrase.before(place)
    listed = behaviour is not None and (_listed(phrase, first, place) or _cut(phrase))
    after = phrase.after(place)
    numbered = any(phrase.word(after, kind) for kind in OF_NUMBERS) and not of_height(phrase, after)
    ranked = numbered or phrase.word(first - 1, "how_many")
    if not (ranked or _how_many_follows(phrase, place) or listed):
        return False
    counts = [each.name for each in phrase.model.metrics.values() if _counts(each, rows.source, behaviour)]
    if not counts:
        return False
    phrase.join(first, place, Measure(counts[0]))
    return True


def shared(phrase: Phrase, place: int) -> bool:
    """A value that is called by its rows' own name, of which a share is asked for: 返修趟占比."""
    choice, after = phrase.part(place), phrase.after(place)
    if not isinstance(choice, Choice) or not (phrase.word(after, "share") or phrase.word(after, "part_of")):
        return False
    source = phrase.model.sources.get(phrase.dimension(choice.dimension).source)
    row = source.row if source is not None else None
    others = any(isinstance(node.part, Measure | Rows | People | Deed) for node in phrase.nodes)
    if source is None or row is None or others or not phrase.told(place).endswith(row.zh):
        return False
    counts = [each.name for each in phrase.model.metrics.values() if _counts(each, source.name, None)]
    if not counts:
        return False
    end = phrase.nodes[place].end
    phrase.nodes.insert(place + 1, Node(end, end, Measure(counts[0])))
    return True


def done_behind(phrase: Phrase, place: int) -> bool:
    """English rows of which what was done to them is told behind: orders paid, orders that were paid."""
    part, at = phrase.part(place), phrase.after(place, over=("whose", "aux"))
    deed = phrase.part(at)
    if not isinstance(part, Measure) or not isinstance(deed, Deed) or not phrase.english(place):
        return False
    behaviour, metrics = phrase.model.behaviour(deed.behaviour), phrase.model.metrics
    people = phrase.has("who", "share") or any(isinstance(node.part, People) for node in phrase.nodes)
    rows = rows_counted(metrics[part.metric])
    if people or deed.negated or deed.bare or behaviour.source != rows or not _counts(metrics[part.metric], rows, None):
        return False
    counts = [each.name for each in metrics.values() if _counts(each, rows, behaviour)]
    if len(counts) != 1:
        return False
    phrase.join(place, at, Measure(counts[0]))
    return True


def of_a_kind(phrase: Phrase, place: int) -> bool:
    """Rows told by a value of theirs, and counted: how many text messages were sent."""
    choice = phrase.part(place)
    if not isinstance(choice, Choice) or not phrase.word(phrase.before(place), "how_many"):
        return False
    others = any(isinstance(node.part, Measure | Rows | People | Deed) for node in phrase.nodes)
    verb = next((at for at in range(place + 1, len(phrase.nodes)) if phrase.word(at, "came_to")), None)
    source = phrase.dimension(choice.dimension).source
    if others or verb is None or source == phrase.model.customer.source or not phrase.english(place):
        return False
    counts = [each.name for each in phrase.model.metrics.values() if _counts(each, source, None)]
    if len(counts) != 1:
        return False
    end = phrase.nodes[place].end
    phrase.nodes.insert(place + 1, Node(end, end, Measure(counts[0])))
    return True


def _counts(metric: Metric, source: str, behaviour: Behaviour | None) -> bool:
    """Whether a metric counts all rows, or those of what was done by their time."""
    if rows_counted(metric) != source:
        return False
    return metric.routes[0].where is None if behaviour is None else of_rows(metric, behaviour) is not None


def _of_what_was_done(phrase: Phrase, place: int, rows: Rows) -> Behaviour | None:
    """What was done that its rows are told by: 付款的趟."""
    deed = phrase.part(phrase.before(place))
    if not isinstance(deed, Deed) or deed.negated or phrase.english(place):
        return None
    behaviour = phrase.model.behaviour(deed.behaviour)
    return behaviour if behaviour.source == rows.source else None


def _cut(phrase: Phrase) -> bool:
    """Whether something is cut or put in a trend, and neither people nor a metric are told."""
    told = any(isinstance(node.part, People | Measure) for node in phrase.nodes) or phrase.has("who", "headcount")
    cut = any(isinstance(node.part, Dimension) for node in phrase.nodes) or phrase.has("grains", "trend")
    return cut and not told


def _listed(phrase: Phrase, first: int, last: int) -> bool:
    """Whether they stand in a list with a metric."""
    after = last + 1
    joint = after if any(phrase.word(after, kind) for kind in ("and", "pause")) else first - 1
    other = phrase.after(joint) if joint == after else phrase.before(joint)
    listing = any(phrase.word(joint, kind) for kind in ("and", "pause"))
    return listing and isinstance(phrase.part(other), Measure)


def _how_many_follows(phrase: Phrase, place: int) -> bool:
    """Whether how many there are is asked behind rows, days between them at most, and of nothing named after it."""
    at = phrase.after(place, over=("aux",))
    while isinstance(phrase.part(at), When):
        at = phrase.after(at, over=("aux",))
    asked = phrase.word(at, "how_many") is not None and not phrase.english(place)
    return asked and isinstance(phrase.part(phrase.after(at)), Word | When | None)


def named(phrase: Phrase, place: int) -> bool:
    """A count that only names the rows that another metric is of: average order value of Tmall orders."""
    part, value = phrase.part(place), phrase.before(place)
    of = phrase.before(value)
    owner = phrase.part(phrase.before(of))
    if not (isinstance(part, Measure) and isinstance(owner, Measure) and phrase.told(of) == "of"):
        return False
    source = rows_counted(phrase.model.metric(part.metric))
    row = phrase.model.sources[source].row if source is not None else None
    if source is None or row is None or phrase.told(place) not in row.en:
        return False
    if not isinstance(phrase.part(value), Choice | Test):
        return False
    phrase.put(place, Rows(source))
    return True
