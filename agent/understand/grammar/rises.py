"""Groups that a metric rose or fell in: 哪些平台里程环比下降, 里程同比增长超过20%的品牌."""

from agent.understand.grammar.frame import Frame
from agent.understand.grammar.node import Bounded, Comparing, Contrast, Cut, Ranking, Shown, Sorting
from agent.understand.grammar.phrase import Phrase
from agent.understand.mentions import Deed, Dimension, When
from agent.understand.quantities import Quantity
from warehouse.period import Period, Relative, Year
from warehouse.query import Against, Bounds, Group, Measure

RATIO = "ratio"
ENDS = {"at_least": "at_most", "more_than": "less_than", "at_most": "at_least", "less_than": "more_than"}


def read(phrase: Phrase) -> list[Bounded]:
    """The bounds on the growth of the one metric compared, and its groups; none where nothing rose or fell."""
    measures = [part.measure for _, part in phrase.of(Shown)]
    moved = [at for at in range(len(phrase.nodes)) if phrase.word(at, "rising") or phrase.word(at, "falling")]
    told = moved or [at for at in range(len(phrase.nodes)) if phrase.word(at, "growth")]
    compared = any(True for _ in phrase.of(Comparing))
    if len(measures) != 1 or len(told) != 1 or not compared or phrase.word(told[0], "against"):
        return []
    return _bounded(phrase, told[0], measures[0], known=bool(moved))


def rose(phrase: Phrase, place: int) -> bool:
    """Whether, or by how much, a metric rose in a period: against the period before."""
    asked = phrase.has("whether", "how_many") and phrase.word(place, "growth")
    others = any(isinstance(node.part, Comparing | Contrast | Deed) for node in phrase.nodes)
    told = sum(1 for _ in phrase.of(When)) == sum(1 for _ in phrase.of(Shown)) == 1
    if not asked or others or not told or phrase.has("than", "trend"):
        return False
    phrase.put(place, Comparing(Against(period="previous")))
    return True


def against_untold(phrase: Phrase, frame: Frame, period: Period | None) -> None:
    """Growth against nothing that was told is against the period before, or against a year earlier: both are tried.

    Of a year they are one.
    """
    places = phrase.places("growth")
    moved = any(not phrase.word(place, "in_percent") for place in places)  # how large a part is no change by itself
    if moved and frame.compare is None:
        year = isinstance(period, Year) or (isinstance(period, Relative) and period.unit == "year")
        earlier = not year and phrase.fork("a year earlier")
        frame.compare = Comparing(Against(period="year_earlier" if earlier else "previous"))
        phrase.take(*places)


def _bounded(phrase: Phrase, place: int, measure: Measure, *, known: bool) -> list[Bounded]:
    at = phrase.after(place)
    quantity = phrase.part(at)
    numbered = isinstance(quantity, Quantity) and not quantity.bare and quantity.unit == RATIO
    last = at if numbered else place
    noun = phrase.after(last)
    group = phrase.part(noun)
    owned = isinstance(group, Dimension) and phrase.tied(last, noun)
    ordered = any(isinstance(node.part, Ranking | Sorting) for node in phrase.nodes)
    asked = any(cut.which for _, cut in phrase.of(Cut))
    if not (owned or asked) or not (numbered or (known and not ordered)):
        return []
    bounds = quantity.bounds if numbered and isinstance(quantity, Quantity) else Bounds(more_than=0)
    if owned and isinstance(group, Dimension):
        phrase.put(noun, Cut((Group(dimension=group.name),), which="some"))
    phrase.take(place, last)
    return [Bounded(measure, _below(bounds) if phrase.word(place, "falling") else bounds, "_growth")]


def _below(bounds: Bounds) -> Bounds:
    """The growth of what fell by so much."""
    told = bounds.model_dump(exclude_none=True)
    return Bounds.model_validate({ENDS[end]: -number or 0 for end, number in told.items()})
