"""Shares by themselves: of the metrics told elsewhere, of the customers; and ratios that the model names so."""

from collections.abc import Collection

from sqlglot import exp

from agent.understand.closed_class import holds
from agent.understand.grammar.counts import number_of_customers
from agent.understand.grammar.node import Choice, Cut, Node, Shown, Test
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension, Measure, Member, People, Word
from agent.understand.words import normal
from warehouse import query
from warehouse.query import Show

COUNTED = ("", "数", "人数")


def share_kind(kind: str) -> Show:
    """How a metric is shown whose share is asked for: of the total, or of the group that its group is in."""
    return "share_of_parent" if kind == "parent" else "share"


def ratio(phrase: Phrase, numerators: Collection[str], whole: str) -> str | None:
    """The metric that the model names as one of these over another one of the same unit."""
    unit = phrase.model.metric(whole).unit
    over = {_reckoned(phrase, each) for each in numerators if phrase.model.metric(each).unit == unit}
    for metric in phrase.model.metrics.values():
        formula = metric.formula
        parts = (formula.this.unnest(), formula.expression.unnest()) if isinstance(formula, exp.Div) else (None, None)
        if parts[0] in over and parts[1] == _reckoned(phrase, whole):
            return metric.name
    return None


def counting(phrase: Phrase, place: int) -> set[str]:
    """The metrics that count those of a name."""
    if not isinstance(phrase.part(place), Choice | Test | Member):
        return set()
    names = {phrase.told(place) + end for end in COUNTED}
    return {each.name for each in phrase.model.metrics.values() if names & set(each.words.zh)}


def _reckoned(phrase: Phrase, name: str) -> exp.Expr:
    """A metric as formulas have it: one with a formula of its own stands in them as that."""
    return (phrase.model.metric(name).formula or exp.column(name)).unnest()


def share_of_groups(phrase: Phrase, place: int, measure: Measure) -> bool:
    """A metric called a share of another may be each group's where groups are asked for; in a pie it is."""
    lead, _, of = phrase.told(place).partition(" of ")
    pie = any(node.word("charts") == "pie" for node in phrase.nodes)
    grouped = pie or any(isinstance(node.part, Dimension) for node in phrase.nodes)
    if not (of and grouped and phrase.english(place) and holds("share", lead)):
        return False
    others = (each for each in phrase.model.metrics.values() if each.name != measure.metric)
    named = [each.name for each in others if of in map(normal, each.words.en)]
    if len(named) != 1 or not (pie or phrase.fork("of the groups")):
        return False
    phrase.put(place, Shown(query.Measure(metric=named[0], show="share")))
    return True


def of_whole(phrase: Phrase, place: int) -> bool:
    """A share told with what it is a share of: 占全国的比例, 占总体多少."""
    whole = phrase.after(place)
    named = phrase.word(place, "part_of") is not None and phrase.word(whole, "total") is not None
    at = phrase.after(whole) if named else whole
    asked = phrase.word(at, "share") == "total" or (named and phrase.word(at, "how_many"))
    if not asked or not (named or phrase.word(place, "share") == "total") or phrase.english(place):
        return False
    phrase.join(place, at, Word((("share", "total"),)))
    return True


def share_alone(phrase: Phrase, place: int) -> bool:
    """A share of the metrics told elsewhere, 各平台里程，占比多少: one that the model names, else the groups'.

    Behind what it cuts by it is the groups' in any case: 里程按平台的占比.
    """
    kind = phrase.word(place, "share")
    told = [part.measure for _, part in phrase.of(Shown)]
    if not kind or not told or any(each.show != "value" for each in told):
        return False
    groups = isinstance(phrase.part(phrase.before(place)), Cut)
    nodes = [Shown(_share_of(phrase, each, kind, groups=groups)) for each in told]
    start, end = phrase.nodes[place].start, phrase.nodes[place].end
    phrase.nodes[place : place + 1] = [Node(start, end, each) for each in nodes]
    return True


def share_of_counted(phrase: Phrase, place: int) -> bool:
    """The share of customers of a kind, by the name that the model has for it: 熟人占多少."""
    kind, subject = phrase.word(place, "share"), phrase.before(place)
    if not kind or any(isinstance(node.part, Shown | People) for node in phrase.nodes):
        return False
    for metric in sorted(counting(phrase, subject)):
        named = _share_of(phrase, query.Measure(metric=metric), kind, groups=False)
        if named.show == "value":
            phrase.join(subject, place, Shown(named))
            return True
    return False


def share_of_people(phrase: Phrase, place: int) -> bool:
    """A share of the customers, where nothing else is shared: 女性用户占比, among those who ordered, too."""
    kind = phrase.word(place, "share")
    values = [at for at, _ in phrase.of(Choice)]
    if not kind or phrase.follows or len(values) != 1 or any(True for _ in phrase.of(Shown)):
        return False
    done = [at for at, part in enumerate(phrase.nodes) if isinstance(part.part, Deed | Member)]
    among = all(any(phrase.word(at, "of_each") for at in range(each, values[0])) for each in done)
    people = any(isinstance(node.part, People) for node in phrase.nodes) or phrase.about_people(_dimension(phrase))
    counted = number_of_customers(phrase.model)
    if not (people and among and counted) or phrase.has("part_of"):
        return False
    phrase.put(place, Shown(query.Measure(metric=counted, show=share_kind(kind))))
    return True


def _dimension(phrase: Phrase) -> str:
    return next(choice.dimension for _, choice in phrase.of(Choice))


def _share_of(phrase: Phrase, measure: query.Measure, kind: str, *, groups: bool) -> query.Measure:
    """The metric that the model names as the share of this one, else, or if they are meant, the groups' share."""
    for metric in () if groups else phrase.model.metrics.values():
        formula = metric.formula
        numerator = formula.this.unnest() if isinstance(formula, exp.Div) else None
        if numerator == _reckoned(phrase, measure.metric) and holds("share", metric.words.label.zh):
            return query.Measure(metric=metric.name)
    return query.Measure(metric=measure.metric, show=share_kind(kind))
