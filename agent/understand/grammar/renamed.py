"""What stands right beside a metric's name and only says it again: 跑了多少趟 and what was run."""

from typing import cast

from sqlglot import exp

from agent.understand.closed_class import holds, surfaces
from agent.understand.grammar.measures import sums_pieces
from agent.understand.grammar.node import Shown
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Dimension, Measure


def asks_how_many(phrase: Phrase, place: int) -> bool:
    """Whether a metric's name asks for its number: 跑了多少趟."""
    named = isinstance(phrase.part(place), Measure | Shown) and not phrase.english(place)
    return named and holds("how_many", phrase.told(place))


def what_is_counted(phrase: Phrase, place: int) -> bool:
    """What a metric that asks for its number counts, named right behind it."""
    measure, noun = phrase.part(place), phrase.part(place + 1)
    if not isinstance(measure, Measure) or not asks_how_many(phrase, place) or phrase.told(place + 1) == "":
        return False
    metric = phrase.model.metric(measure.metric)
    touching = not phrase.gap(place, place + 1)
    row = _row(phrase, noun) if isinstance(noun, Dimension) else phrase.word(place + 1, "anything")
    if not touching or metric.unit is not None or not row:
        return False
    phrase.join(place, place + 1, measure)
    return True


def what_is_asked_of(phrase: Phrase, place: int) -> bool:
    """A metric that another one is reckoned from, which is asked for right behind it as a question: 存量够用几天."""
    part, behind = phrase.part(place), phrase.after(place, over=("now", "until_now"))
    asked = phrase.part(behind)
    if not isinstance(part, Measure) or not isinstance(asked, Measure) or not asks_how_many(phrase, behind):
        return False
    formula = phrase.model.metric(asked.metric).formula
    if formula is None or part.metric not in {column.name for column in formula.find_all(exp.Column)}:
        return False
    phrase.join(place, behind, asked)
    return True


def asked_again(phrase: Phrase, place: int) -> bool:
    """A number of pieces, asked for behind the metric that it is: 存量还有几台."""
    part, behind = phrase.part(place), phrase.after(place, over=("and", "aux", "now"))
    asked = isinstance(phrase.part(behind), Measure) and phrase.told(behind).startswith(surfaces("how_many_bare"))
    if not isinstance(part, Measure) or not asked or not sums_pieces(phrase, part):
        return False
    phrase.join(place, behind, part)
    return True


def glossed(phrase: Phrase, place: int) -> bool:
    """A metric with another name of it in brackets."""
    part = phrase.part(place)
    again = isinstance(part, Measure) and phrase.part(place + 2) == part
    if not again or not phrase.word(place + 1, "open") or not phrase.word(place + 3, "close"):
        return False
    phrase.join(place, place + 3, cast("Measure", part))
    return True


def _row(phrase: Phrase, name: Dimension) -> bool:
    """Whether a dimension is called as the rows of its source are: each of them is one."""
    dimension = phrase.dimension(name.name)
    source = phrase.model.sources.get(dimension.source)
    return source is not None and source.row is not None and bool(set(source.row.zh) & set(dimension.words.zh))
