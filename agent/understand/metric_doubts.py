"""What a question for a number would allow by its grammar, and may yet mean something else."""

from sqlglot import exp

from agent.understand.draft import Draft
from agent.understand.mentions import Born, Bucket, Group, Measure, Value, When, Word
from warehouse.model import SemanticModel
from warehouse.warehouse import Reading

START = "start"
RUNNING = "累计"


def undated(draft: Draft, model: SemanticModel) -> tuple[int, ...]:
    """Values and groups that mean something only within a period, where none is told: who is new, and since when."""
    if any(True for _ in draft.all(When)) or draft.has("all_time"):
        return ()
    told = [(place, value.dimension) for place, value in draft.all(Value)]
    told += [(place, group.dimension) for place, group in draft.all(Group)]
    return tuple(place for place, dimension in told if _of_the_period(dimension, model))


def running(draft: Draft) -> tuple[int, ...]:
    """A running total: what tells it, where the question is cut by time; else it is the total of all time."""
    cut = draft.has("trend") or any(True for _ in draft.all(Bucket)) or any(each.per for _, each in draft.all(Measure))
    places = [place for place, word in draft.all(Word) if word.kind == "all_time" and RUNNING in draft.told(place)]
    return tuple(places) if cut else ()


def after_a_mark(draft: Draft) -> tuple[int, ...]:
    """Values that only a comma parts from the metric before them: they may be asked for beside it."""

    def listed(place: int) -> bool:
        mark = draft.beside(place, -1)
        return (
            draft.meaning(mark) == Word("join")
            and draft.mark(mark)
            and isinstance(draft.meaning(draft.beside(mark, -1)), Measure)
        )

    return tuple(place for kind in (Value, Born) for place, _ in draft.all(kind) if listed(place))


def of_products(draft: Draft, reading: Reading) -> tuple[int, ...]:
    """Values of people right beside values of products: women's shoes, or shoes that women bought."""
    model = reading.model
    if "product" not in model.roles:
        return ()
    source = model.role("product").source

    def side(place: int) -> str | None:
        value = draft.meaning(place)
        if not isinstance(value, Value):
            return None
        dimension = model.dimension(value.dimension)
        if dimension.source == source:
            return "product"
        return "people" if reading.resolver.about_people(dimension) else None

    pairs = [(place, draft.beside(place, 1)) for place, _ in draft.all(Value)]
    return tuple(place for pair in pairs if {side(pair[0]), side(pair[1])} == {"people", "product"} for place in pair)


def _of_the_period(name: str, model: SemanticModel) -> bool:
    return any(each.name == START for each in model.dimension(name).expression.find_all(exp.Placeholder))
