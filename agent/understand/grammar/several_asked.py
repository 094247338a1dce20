"""Several numbers asked for in one question: of people told one after the other, of people and a metric beside."""

from collections.abc import Iterator

from agent.understand.grammar.asked import asked
from agent.understand.grammar.conditions import is_filter
from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Choice, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.grammar.plan import counting
from agent.understand.mentions import Deed, Member, People
from warehouse.query import Condition, Did, Segment

JOINTS = ("pause", "and")


def each_counted(phrase: Phrase, frame: Frame) -> bool:
    """Whether several kinds of people are counted, each by itself: 熟人和生人各有多少, new and lost ones by city."""
    own = frame.each_own and frame.counted and not frame.by and frame.several is None and len(_done(frame)) > 1
    numbers = frame.counted or frame.by or frame.grain or frame.trend or frame.compare is not None
    return frame.people and (own or bool(numbers and _listed(phrase)))


def listed_people(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """Kinds of people in a list, where not each has a number: no condition says that they are of any of them."""
    counted = each_counted(phrase, frame)
    if not frame.people or (counted and all(_has_number(phrase, each) for each in _done(frame))):
        return
    yield from _listed(phrase) or ([place for place, _ in phrase.of(Deed)] if counted else [])


def _done(frame: Frame) -> list[Condition]:
    return [each for each in frame.where if not is_filter(each)]


def _has_number(phrase: Phrase, done: Condition) -> bool:
    return isinstance(done, Did | Segment) and counting(done, phrase.model) is not None


def counted_beside(phrase: Phrase, frame: Frame) -> Iterator[int]:
    """A number of people that is asked for beside a metric, which does not tell it: 女性有多少，里程多少."""
    if frame.people or not asked(phrase):
        return
    for place in range(len(phrase.nodes)):
        if not phrase.word(place, "how_many") or phrase.english(place):
            continue
        before, after = phrase.before(place, over=("aux",)), phrase.after(place, over=("aux",))
        behind = _tells_people(phrase, before) and not isinstance(phrase.part(after), Shown)
        if behind or (place < min(asked(phrase)) and _people_behind(phrase, after)):
            yield place


def _tells_people(phrase: Phrase, place: int) -> bool:
    part = phrase.part(place)
    if isinstance(part, Test | Choice):
        name = part.dimension if isinstance(part, Choice) else getattr(part.condition, "dimension", None)
        return name is not None and phrase.about_people(name)
    return isinstance(part, People | Member | Deed)


def _people_behind(phrase: Phrase, place: int) -> bool:
    """Whether people are told there, and all else in a clause behind them."""
    while isinstance(phrase.part(place), Test | Choice):
        place = phrase.after(place)
    return isinstance(phrase.part(place), People) and phrase.word(phrase.after(place), "comma") is not None


def _listed(phrase: Phrase) -> list[int]:
    """Where the second and later ones of people stand that are told one after the other: 熟人和生人."""
    return [
        place
        for place, _ in phrase.of(Member)
        if isinstance(phrase.part(phrase.before(place, over=JOINTS)), Member)
        and any(_lists(phrase, at) for at in range(phrase.before(place, over=JOINTS), place))
    ]


def _lists(phrase: Phrase, place: int) -> bool:
    """Whether a word joins what is listed: one for both at once, which is an adverb or needs a clause, does not."""
    plain = phrase.english(place) or phrase.word(place, "joining_names") is not None
    return phrase.word(place, "pause") is not None or (plain and phrase.word(place, "and") is not None)
