"""What something was done to: values, a keyword, conditions in brackets, what was named before."""

from collections.abc import Sequence
from dataclasses import replace

from agent.understand.grammar.amounts import TIMES
from agent.understand.grammar.done import Done
from agent.understand.grammar.node import Choice, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Dimension, Quoted, Unknown, When, Word
from agent.understand.quantities import Quantity
from warehouse.query import Attribute, Bounds, Condition, Filter

ONE = Bounds(at_least=1, at_most=1)

INDEFINITE = frozenset({"a", "an", "any", "some"})
MARKS = '“”"「」'  # quotes around what was looked for


class Objects:
    """Finds what things were done to. Values told before their verb wait for it: 在红下单."""

    def __init__(self, phrase: Phrase) -> None:
        self._phrase = phrase
        self._waiting: list[tuple[int, Choice | Attribute]] = []

    def wait(self, place: int, told: Choice | Attribute) -> None:
        """Keep what is no one's own for the verb behind it."""
        self._waiting.append((place, told))

    def parted(self, place: int) -> None:
        """What waits is not for a verb behind words that part the two: 红但未下单; red, only those who ordered."""
        only = self._phrase.word(place, "only") and self._phrase.word(place - 1, "comma")
        if self._phrase.word(place, "but") or self._phrase.word(place, "pause") or only:
            self._waiting = []

    def before(self, done: Done) -> None:
        """What was told before the verb."""
        for place, told in self._waiting:
            if self.reaches(done, told.dimension) and not _told_otherwise(done, told):
                self._add(done, told)
                self._phrase.take(place)
        self._waiting = []

    def behind(self, done: Done, place: int) -> int:
        """What is told right behind the verb; the place where it ends."""
        while (last := self._one(done, place, _past_small(self._phrase, place))) is not None:
            place = last + 1
        return place

    def _one(self, done: Done, place: int, at: int) -> int | None:
        """One more part of it at a place, and where that ends; None where there is none."""
        phrase, part = self._phrase, self._phrase.part(at)
        if named_before(phrase, at):
            done.that = at
            return at
        if phrase.word(at, "anything"):
            return self._anything(done, at)
        if phrase.word(at, "open"):
            return self.in_brackets(done, at)
        if self._keyword(done, at):
            return at
        any_one = all(phrase.told(each) in INDEFINITE for each in range(place, at))
        if isinstance(part, Dimension) and any_one and self.reaches(done, part.name):
            return self._any_of_them(done, at)
        told = part if isinstance(part, Choice) else part.condition if isinstance(part, Test) else None
        if not isinstance(told, Choice | Attribute) or phrase.about_people(told.dimension):
            return None
        if not self.reaches(done, told.dimension) or _told_otherwise(done, told):
            return None
        self._add(done, told)
        phrase.take(at)
        return at

    def _anything(self, done: Done, at: int) -> int:
        """Anything at all: 东西, 任何一条."""
        number = self._phrase.part(at + 1)
        one = isinstance(number, Quantity) and number.bounds == ONE and number.unit not in TIMES
        done.anything = True
        self._phrase.take(at, at + 1) if one and not self._phrase.english(at) else self._phrase.take(at)
        return at

    def _any_of_them(self, done: Done, at: int) -> int:
        """Any of the kind: 收藏过商品, viewed this product."""
        if done.that is not None:
            self._phrase.take(done.that)
            done.that, done.anything = None, True
        self._phrase.take(at)
        return at

    def _add(self, done: Done, told: Choice | Attribute) -> None:
        """Values: any of them, or each where that is asked; where it is not clear both are tried."""
        if not isinstance(told, Choice):
            done.where.append(told)
            return
        done.where.append(Filter(dimension=told.dimension, values=told.values))
        if told.link in {"and", "listed"} and not done.negated:
            together = self._phrase.has("all_of")
            self._phrase.take(*self._phrase.places("all_of"))
            if together or self._phrase.fork("each of them"):
                done.each = told

    def _keyword(self, done: Done, at: int) -> bool:
        """The text that was looked for, whatever else it may name."""
        about, part = done.behaviour.about if done.behaviour is not None else None, self._phrase.part(at)
        if about is None or any(each.dimension == about for each in done.where):
            return False
        if not isinstance(part, Choice | Quoted | Unknown):
            return False
        node = self._phrase.nodes[at]
        text = self._phrase.words.told(node.start, node.end).strip(MARKS) if isinstance(part, Choice) else part.text
        done.where.append(Filter(dimension=about, op="contains", values=(text,)))
        self._phrase.take(at)
        return True

    def reaches(self, done: Done, dimension: str) -> bool:
        """Whether the rows of what was done have a dimension."""
        model, asked = self._phrase.model, self._phrase.dimension(dimension)
        if done.total is not None:
            return self._phrase.reading.resolver.tied([model.metric(done.total)], asked)
        if done.behaviour is None:
            return False
        homes = [done.behaviour.source, *([done.behaviour.otherwise.source] if done.behaviour.otherwise else [])]
        return any(not asked.source or model.path(home, asked.source) is not None for home in homes)

    def in_brackets(self, done: Done, place: int) -> int | None:
        """Conditions in brackets right behind the verb; the place of the closing bracket."""
        close = closing(self._phrase, place)
        inner = [self._phrase.part(at) for at in range(place + 1, close)]
        told = [_condition(each) for each in inner if isinstance(each, Test | Choice)]
        closed = self._phrase.word(close, "close") is not None
        if not told or not closed or not all(isinstance(each, Test | Choice | Word) for each in inner):
            return None
        fitting = [each for each in told if isinstance(each, Attribute) and self.reaches(done, each.dimension)]
        if len(fitting) < len(told):
            return None
        done.where.extend(fitting)
        self._phrase.take(*range(place, close + 1))
        return close

    def lend(self, done: Done, before: Done | None) -> None:
        """Two verbs in a row have what the second was done to: viewed or bought lipstick, 看了但没买红的."""
        phrase = self._phrase
        if before is None or before.behaviour is None or before.where or before.anything:
            return
        between = range(before.place + 1, done.place)
        if not phrase.english(done.place):
            near = not any(isinstance(phrase.part(at), When) or phrase.word(at, "comma") for at in between)
            if near and before.behaviour.where is not None and done.negated and self._looked_not_bought(done, before):
                before.where.extend(each for each in done.where if self.reaches(before, each.dimension))
            return
        if not done.where or not all(
            phrase.light(at) or phrase.word(at, "or") or phrase.word(at, "and") for at in between
        ):
            return
        if before.behaviour.about is not None:
            phrase.drop(before.place)  # searched or bought lipstick: what was looked for is not told
        elif before.each is None and done.each is None:
            before.where.extend(each for each in done.where if self.reaches(before, each.dimension))

    def carry(self, done: Done, before: Done | None) -> None:
        """What was named for the one before, where it is meant for this one, too: 看过红色却没买的."""
        if done.that is not None:
            meant = self._meant(before) if not done.where else []
            done.where.extend(each for each in meant if self.reaches(done, each.dimension))
            if done.where or (before is not None and not meant):
                self._phrase.take(done.that)
            elif before is None:
                self._unknown(done.that)
        elif before is not None and self._shares(done, before):
            done.where.extend(each for each in before.where if self.reaches(done, each.dimension))

    def _unknown(self, place: int) -> None:
        """A word for what nobody named, which the plan does not carry."""
        node = self._phrase.nodes[place]
        self._phrase.nodes[place] = replace(node, part=Unknown(self._phrase.words.told(node.start, node.end)))

    def _meant(self, before: Done | None) -> Sequence[Attribute]:
        """What it stands for: what the one before was done to, in this question or else in the one before it."""
        return before.where if before is not None else self._phrase.done_to

    def _shares(self, done: Done, before: Done) -> bool:
        """The first and not the second: looked and did not buy, or not done with what was told of the same rows."""
        then, first, roles = done.behaviour, before.behaviour, self._phrase.model.roles
        if done.where or done.anything or not done.negated or before.negated or then is None or first is None:
            return False
        if self._looked_not_bought(done, before) or first.source != then.source:
            return self._looked_not_bought(done, before)
        looked = "event" in roles and first.source == roles["event"].source
        others = [each for each in self._phrase.model.behaviours.values() if each.source == then.source]
        among = then.where is not None and any(each.where is None and each.time == then.time for each in others)
        return first.time != then.time or (among and not looked)

    def _looked_not_bought(self, done: Done, before: Done) -> bool:
        """Whether the first is an event, and the second a purchase."""
        roles, then, first = self._phrase.model.roles, done.behaviour, before.behaviour
        if then is None or first is None or not {"event", "purchase"} <= set(roles) or before.negated:
            return False
        return first.source == roles["event"].source and then.source == roles["purchase"].source


def named_before(phrase: Phrase, place: int) -> bool:
    """Whether a word stands there for what was named before: 它, this one."""
    return any(phrase.word(place, kind) is not None for kind in ("it", "that"))


def closing(phrase: Phrase, place: int) -> int:
    """Where the bracket that opens at a place closes; the last place where it does not."""
    depth = 0
    for at in range(place, len(phrase.nodes)):
        depth += 1 if phrase.word(at, "open") else -1 if phrase.word(at, "close") else 0
        if depth == 0:
            return at
    return len(phrase.nodes) - 1


def _told_otherwise(done: Done, told: Choice | Attribute) -> bool:
    """Whether what was done is told already with other values of the same dimension: both hold of no row."""
    values = getattr(told, "values", ())
    same = [each for each in done.where if isinstance(each, Filter) and each.dimension == told.dimension]
    return any(values and each.op == "in" and set(values).isdisjoint(each.values) for each in same)


def opening(phrase: Phrase, place: int) -> int:
    """Where the bracket opens that closes at a place; the first place where it does not."""
    return next((at for at in range(place, -1, -1) if phrase.word(at, "open") and closing(phrase, at) == place), 0)


def _condition(part: Test | Choice) -> Condition:
    return part.condition if isinstance(part, Test) else Filter(dimension=part.dimension, values=part.values)


def _past_small(phrase: Phrase, place: int) -> int:
    """Past the words that a verb and what it is done to may have between them."""
    while _small(phrase, place):
        place += 1
    return place


def _small(phrase: Phrase, place: int) -> bool:
    if named_before(phrase, place) or phrase.word(place, "tie"):
        return False
    if phrase.english(place) and (phrase.word(place, "all_of") or phrase.word(place, "only") == "alone"):
        return True
    return phrase.light(place) or phrase.word(place, "at") is not None or phrase.word(place, "aux") is not None
