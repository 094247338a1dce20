"""Tests of what a dimension is called: what its text holds, that it is missing, values that stand in quotes."""

from agent.understand.closed_class import surfaces
from agent.understand.grammar.node import Choice, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Dimension, Quoted
from agent.understand.words import normal
from warehouse.query import Condition, Filter, Not

TEXT_TESTS = {"contains": ("contains", False), "uncontained": ("contains", True)}
MISSING = {"missing": False, "untold": False, "present": True}


def texts(phrase: Phrase, place: int) -> bool:
    """Tests of a dimension's text: 商品包含“灯”, 品牌以“云”开头, city missing."""
    dimension = phrase.part(place)
    if not isinstance(dimension, Dimension):
        return False
    told = phrase.after(place)
    for kind, negated in MISSING.items():
        if phrase.word(told, kind):
            return _test(phrase, place, told, _missing(phrase, kind, dimension.name), negated=negated)
    if phrase.word(place - 1, "untold"):
        return _test(phrase, place - 1, place, _missing(phrase, "untold", dimension.name), negated=False)
    negated = phrase.word(told, "negation") is not None
    told = told + 1 if negated else told
    for kind, (op, not_) in TEXT_TESTS.items():
        if phrase.word(told, kind):
            values, last = _quoted(phrase, told + 1)
            if values:
                asked = Filter.model_validate({"dimension": dimension.name, "op": op, "values": values})
                return _test(phrase, place, last, asked, negated=negated != not_)
    return _ends(phrase, place, told, dimension.name, negated=negated)


def _missing(phrase: Phrase, kind: str, dimension: str) -> Filter:
    """The test for what is missing; what was not told may be a value of its own that is called so: 未知."""
    known = phrase.reading.values.get(dimension, ()) if kind == "untold" else ()
    values = [each for each in known if normal(each) in surfaces("untold")]
    told = {"values": tuple(values)} if values else {"op": "missing"}
    return Filter.model_validate({"dimension": dimension, **told})


def _ends(phrase: Phrase, place: int, told: int, dimension: str, *, negated: bool) -> bool:
    """Tests of how a text begins or ends, whose words may stand around it."""
    start = told + 1 if phrase.word(told, "ends_around") else told
    op = phrase.word(told, "edge")
    start = told + 1 if op else start
    values, last = _quoted(phrase, start)
    if values and op is None:
        op = phrase.word(last + 1, "edge")
        last += 1
    if not values or op is None:
        return False
    return _test(
        phrase,
        place,
        last,
        Filter.model_validate({"dimension": dimension, "op": op, "values": values}),
        negated=negated,
    )


def _quoted(phrase: Phrase, place: int) -> tuple[list[str], int]:
    """Texts in quotes, one or several joined by "or", and the place of the last."""
    values: list[str] = []
    last = place
    while isinstance(text := phrase.part(place), Quoted):
        values.append(text.text)
        last = place
        place = place + 2 if phrase.word(place + 1, "or") else place + 1
        if place != last + 2:
            break
    return list(dict.fromkeys(values)), last


def _test(phrase: Phrase, first: int, last: int, condition: Condition, *, negated: bool) -> bool:
    phrase.join(first, last, Test(Not(not_=condition) if negated else condition))
    return True


def quoted_values(phrase: Phrase, place: int) -> bool:
    """A dimension's name and values in quotes, which the data may not have: 商品：“云感灯”."""
    dimension = phrase.part(place)
    if not isinstance(dimension, Dimension):
        return False
    told = phrase.after(place, over=("colon", "belonging"))
    values, last = _quoted(phrase, told)
    if not values:
        return False
    phrase.join(place, last, Choice(dimension.name, tuple(values), "or" if len(values) > 1 else "one"))
    return True
