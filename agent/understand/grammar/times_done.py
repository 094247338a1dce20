"""What was done, told by its number or only by its object: 修了多少次车, how many times did they visit, 做过红色."""

from agent.understand.closed_class import holds
from agent.understand.grammar.counts import counts_times
from agent.understand.grammar.node import Choice, Nobody
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Born, Deed, Measure, People, Rows
from agent.understand.quantities import Quantity
from warehouse.model import Behaviour

OF_PEOPLE = ("who", "headcount", "them", "how_it_is")
OF_NUMBERS = ("how_many", "than", "gap", "growth", "most", "share", "grains", "trend", "which_bucket")


def times_done(phrase: Phrase, place: int) -> bool:
    """A word that asks for the number of times something was done: the metric that counts them."""
    if not (phrase.word(place, "how_many") or phrase.word(place, "times_noun")):
        return False
    at = _deed(phrase, place)
    at = _behind(phrase, place) if at is None else at
    deed = phrase.part(at) if at is not None else None
    if at is None or not isinstance(deed, Deed) or deed.negated or _denied(phrase, at):
        return False
    behaviour = phrase.model.behaviour(deed.behaviour)
    noun = _noun(phrase, place, behaviour)
    metric = next((each for each in phrase.model.metrics.values() if counts_times(each, behaviour)), None)
    if noun is None or metric is None:
        return False
    if noun != place:
        phrase.put(noun, Nobody())
        phrase.take(noun)
    named = phrase.word(place, "times_noun") is not None or at > place
    phrase.join(min(at, place) if named else at, max(at, place) if named else at, Measure(metric.name))
    return True


def _behind(phrase: Phrase, place: int) -> int | None:
    """Where the verb stands in Chinese that is told of so many rows: 多少趟跑了."""
    if phrase.english(place) or not phrase.word(place, "how_many"):
        return None
    at = phrase.after(place)
    at = phrase.after(at) if isinstance(phrase.part(at), Rows) else at
    return at if isinstance(phrase.part(at), Deed) and phrase.after(at) >= len(phrase.nodes) else None


def noun_of_metric(phrase: Phrase, place: int) -> bool:
    """What was done, told for how often, where one metric alone is named so: 每天的预约 of 预约数."""
    deed, told = phrase.part(place), phrase.told(place)
    if not isinstance(deed, Deed) or deed.negated or phrase.english(place) or _denied(phrase, place):
        return False
    others = [node.part for node in phrase.nodes if isinstance(node.part, People | Measure | Deed | Quantity | Born)]
    if others != [deed] or phrase.has(*OF_PEOPLE) or not phrase.has(*OF_NUMBERS):
        return False
    metrics = phrase.model.metrics.values()
    alike = {metric.name for metric in metrics if any(name.startswith(told) for name in metric.words.zh)}
    only = phrase.model.metric(alike.pop()) if len(alike) == 1 else None
    if only is None or not counts_times(only, phrase.model.behaviour(deed.behaviour)):
        return False
    if any(of_height(phrase, at) for at in range(len(phrase.nodes))):
        return False
    phrase.put(place, Measure(only.name))
    return True


def of_height(phrase: Phrase, place: int) -> bool:
    """Whether a word tells how high or good, not how many: 评价最高 is no number of them."""
    compares = any(phrase.word(place, kind) for kind in ("most", "tall", "gap", "growth", "judged"))
    return compares and holds("height", phrase.told(place))


def light_verbs(phrase: Phrase, place: int) -> bool:
    """A verb that says nothing by itself before a value: what leaves the rows that have it, where that is one thing."""
    at = phrase.after(place)
    told = phrase.part(at)
    if not phrase.word(place, "light_verb") or not isinstance(told, Choice):
        return False
    if any(isinstance(node.part, Measure) for node in phrase.nodes):
        return False
    source = phrase.dimension(told.dimension).source
    deeds = [each for each in phrase.model.behaviours.values() if each.source == source and each.where is None]
    if len(deeds) != 1:
        return False
    phrase.put(place, Deed(deeds[0].name))
    return True


def _deed(phrase: Phrase, place: int) -> int | None:
    """Where the verb stands: right before the word in Chinese, behind it in English."""
    if not phrase.english(place):
        at = phrase.before(place, over=("aux", "total", "at"))
        return at if isinstance(phrase.part(at), Deed) else None
    behind = range(place + 1, len(phrase.nodes))
    return next((at for at in behind if isinstance(phrase.part(at), Deed)), None)


def _denied(phrase: Phrase, place: int) -> bool:
    before = phrase.before(place, over=("aux", "at"))
    return bool(phrase.word(before, "negation") or phrase.word(before, "never"))


def _noun(phrase: Phrase, place: int, behaviour: Behaviour) -> int | None:
    """Where it is told what one time is called: 多少次, how many times."""
    if phrase.word(place, "times_noun"):
        return place
    if not phrase.english(place):
        if phrase.told(place).endswith(tuple(behaviour.counted.zh)):
            return place
        rows = phrase.part(place + 1)
        done = {each.source for each in (behaviour, behaviour.otherwise) if each is not None}
        called = phrase.told(place + 1) in behaviour.counted.zh or (isinstance(rows, Rows) and rows.source in done)
        return place + 1 if called else None
    return place + 1 if phrase.told(place + 1) in behaviour.counted.en else None
