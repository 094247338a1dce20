"""What grammar would allow, and may yet mean something else: the places that a plan does not carry for that reason."""

from agent.understand.draft import Draft
from agent.understand.mentions import Born, Bucket, Deed, Group, Measure, Member, People, Value, When, Word
from warehouse.model import Behaviour, Metric, SemanticModel
from warehouse.period import Last
from warehouse.query import Query
from warehouse.resolved import Measurement
from warehouse.warehouse import Reading

A_DAY = Last(n=1, unit="day")


def bare_verbs(draft: Draft) -> tuple[int, ...]:
    """The verbs that could be nouns and stand after no auxiliary or negation."""
    leads = {"aux", "negation", "never"}

    def led(place: int) -> bool:
        before = draft.meaning(draft.beside(place, -1))
        return isinstance(before, Word) and before.kind in leads

    return tuple(place for place, deed in draft.all(Deed) if deed.bare and not led(place))


def amid_measures(draft: Draft) -> tuple[int, ...]:
    """What stands between two metrics and would hold for one of them alone."""
    places = [place for place, _ in draft.all(Measure)]
    kinds = (Value, Born, When, Bucket, Group)
    return tuple(
        place
        for place in range(places[0] + 1, places[-1])
        if isinstance(draft.meaning(place), kinds) or draft.meaning(place) in {Word("by"), Word("total")}
    )


def scattered(draft: Draft) -> tuple[int, ...]:
    """Values told in two clauses that each have a behaviour: which hold for which is not clear."""
    deeds = {draft.clause(place) for place, _ in draft.all(Deed)}
    values = [place for kind in (Value, Born) for place, _ in draft.all(kind) if draft.clause(place) in deeds]
    return tuple(values) if len({draft.clause(place) for place in values}) > 1 else ()


def of_measures(draft: Draft) -> tuple[int, ...]:
    """People, or values, that a metric before them describes: users who have it are people, no number."""
    last = max(place for place, _ in draft.all(Measure))
    kinds = (People, Value, Born)
    return tuple(
        place
        for place in range(last + 1, len(draft.mentions))
        if isinstance(draft.meaning(place), kinds) and "的" in draft.between(last, place)
    )


def objects(draft: Draft) -> tuple[int, ...]:
    """Values that are the object of an English verb: visited Shanghai."""
    return tuple(
        after
        for place, _ in draft.all(Deed)
        if draft.told(place).isascii() and isinstance(draft.meaning(after := draft.beside(place, 1)), Value)
    )


def cut_apart(draft: Draft) -> bool:
    """Whether one metric is cut one way and another one another way."""
    words = list(draft.words_left("by"))
    return any(words[0] < place < words[-1] for place, _ in draft.all(Measure)) if words else False


def done_to_values(draft: Draft) -> tuple[int, ...]:
    """Values right after a Chinese verb and before 的: they may be what it was done to, or how."""
    return tuple(
        after
        for place, _ in draft.all(Deed)
        if isinstance(draft.meaning(after := draft.beside(place, 1)), Value)
        and not draft.told(place).isascii()
        and not draft.between(place, after).strip()
        and draft.text_after(after).startswith("的")
    )


def before_their_window(draft: Draft) -> tuple[int, ...]:
    """Chinese verbs before the only window of their clause, where another verb stands after it."""
    deeds = [place for place, _ in draft.all(Deed)]
    windows = [place for place, _ in draft.all(When)]
    return tuple(
        place
        for place in deeds
        for window in windows
        if draft.clause(place) == draft.clause(window) and not draft.told(place).isascii()
        if place < window and any(other > window and draft.clause(other) == draft.clause(window) for other in deeds)
    )


def of_one_row(draft: Draft, model: SemanticModel) -> tuple[int, ...]:
    """Two things done, told of one kind of rows by different times, where the model knows rows that were both.

    Received and not opened: the message that was received, or any.
    """
    told = [(place, model.behaviour(deed.behaviour)) for place, deed in draft.all(Deed)]
    return tuple(
        place
        for place, deed in told
        if any(_may_be_one(deed, other, model) or _may_be_one(other, deed, model) for _, other in told)
    )


def lasting(draft: Draft, model: SemanticModel) -> tuple[int, ...]:
    """What is true once and for ever, such as having registered, beside a deed that shares its window."""
    told = [(place, model.behaviour(deed.behaviour)) for place, deed in draft.all(Deed)]
    once = any(deed.source == model.customer.source for _, deed in told)
    clauses = [draft.clause(place) for place, _ in told]
    dated = {draft.clause(place) for place, _ in draft.all(When)}
    dated |= {draft.clause(place) for place, word in draft.all(Word) if word.kind == "all_time"}
    ever = {draft.clause(place) for place, deed in draft.all(Deed) if deed.ever}
    if not once or len(told) == 1 or (len(set(clauses)) == len(clauses) and set(clauses) <= dated | ever):
        return ()
    return tuple(place for place, _ in told)


def undated_members(draft: Draft, model: SemanticModel, *, dated: bool) -> tuple[int, ...]:
    """Segments that mean something only within a period, where none is told for them."""
    return tuple(
        place for place, member in draft.all(Member) if not dated and model.segment(member.segment).taken == "within"
    )


def timeless(draft: Draft, bound: Measurement) -> tuple[int, ...]:
    """A time told of a metric that has none."""
    if all(any(leaf.route.at is not None for leaf in each.leaves) for each in bound.shown):
        return ()
    dated = bound.window.period is not None
    return tuple(
        place
        for place, each in enumerate(draft.mentions)
        if isinstance(each.meaning, Bucket)
        or each.meaning == Word("trend")
        or (dated and isinstance(each.meaning, When))
    )


def half_named(draft: Draft, metrics: tuple[str, ...], reading: Reading) -> tuple[int, ...]:
    """A metric whose name is the tail of another's, beside one reckoned from that other's rows."""
    told = [(place, reading.model.metric(each.metric)) for place, each in draft.all(Measure) if each.metric in metrics]
    sources = {name: _sources(reading.model.metric(name), reading) for name in metrics}
    return tuple(
        place
        for place, metric in told
        for other in reading.model.metrics.values()
        if other.name not in metrics and _tail(draft.told(place), other)
        if any(
            sources[name] & _sources(other, reading) and not sources[name] & sources[metric.name] for name in sources
        )
    )


def _may_be_one(first: Behaviour, then: Behaviour, model: SemanticModel) -> bool:
    if first.source != then.source or first.time == then.time:
        return False
    return any(
        each.name not in {first.name, then.name} and each.source == first.source and each.time == first.time
        for each in model.behaviours.values()
        if each.where is not None
    )


def _tail(name: str, metric: Metric) -> bool:
    word = name.lower()
    return any(each.lower().endswith(word) and each.lower() != word for each in (*metric.words.zh, *metric.words.en))


def _sources(metric: Metric, reading: Reading) -> frozenset[str]:
    bound = reading.resolver.query(Query.model_validate({"metrics": [metric.name], "period": A_DAY}))
    return frozenset(leaf.route.source for shown in bound.shown for leaf in shown.leaves)
