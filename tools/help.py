"""What can be asked, and what the words mean."""

from collections.abc import Sequence
from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from tools.tool import Context, Defined, Result, Sentence
from warehouse.days import Bucket
from warehouse.labels import BY_GRAIN, join
from warehouse.model import SemanticModel
from warehouse.saying import by
from warehouse.table import Column, Table
from warehouse.text import Text
from warehouse.warehouse import Reading

MOST_NAMED = 6
GRAINS: tuple[Bucket, ...] = ("day", "week", "month", "quarter", "year")
ASKED = Text("你能做什么", "what can you do")
COLUMNS = (
    Column("metric", Text("指标", "metric"), "text", "attribute"),
    Column("definition", Text("口径", "definition"), "text", "attribute"),
    Column("groups", Text("可以按", "can be cut by"), "text", "attribute"),
)


class HelpArgs(BaseModel):
    """Nothing to fill in yet."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class HelpTool:
    """What can be asked."""

    name: ClassVar[str] = "help"
    answers: ClassVar[Text] = Text("能问什么、各指标的口径", "what can be asked, and what each metric means")
    Args: ClassVar[type[BaseModel]] = HelpArgs

    def run(self, args: HelpArgs, context: Context) -> Result:  # noqa: ARG002
        """The metrics, what each means and how it can be cut."""
        reading = context.reading
        metrics = reading.model.metrics.values()
        cuts = [_cuts(each.name, reading) for each in metrics]
        rows = [
            tuple(text.said(context.language) for text in (each.words.label, each.definition, cut))
            for each, cut in zip(metrics, cuts, strict=True)
        ]
        return Result(
            understood=ASKED,
            sentences=(Sentence((can_ask(reading.model),)),),
            table=Table(COLUMNS, tuple(rows), len(rows)),
            definitions=tuple(Defined(each.words.label, each.definition) for each in metrics),
        )

    def say(self, args: HelpArgs, reading: Reading, *, dated: bool = False) -> Text:  # noqa: ARG002
        """The question itself."""
        return ASKED

    def export(self, args: HelpArgs, context: Context) -> None:
        """All of it is on the page."""


def can_ask(model: SemanticModel) -> Text:
    """What the model can answer, in one sentence: the first of each kind, and how many there are."""
    metrics = _first([each.words.label for each in model.metrics.values()], Text("个指标", "metrics"))
    cuts = _first([by(each) for each in model.groupings], Text("个维度", "dimensions"))
    grains = join([BY_GRAIN[each] for each in GRAINS], Text("、", ", "))
    people = model.customer.words.label
    deeds = _first([each.words.label for each in model.behaviours.values()], Text("种行为", "behaviours"), " or ")
    return Text(
        f"现在可以问：{metrics.zh}（{grains.zh}、{cuts.zh}），以及某段时间里{deeds.zh}、或没有这样做的{people.zh}。",
        f"What can be asked: {metrics.en} ({grains.en}, {cuts.en}), and {people.en}s who {deeds.en} in some period, or "
        "did not.",
    )


def _first(words: Sequence[Text], kind: Text, mark: str = ", ") -> Text:
    told = join(words[:MOST_NAMED], Text("、", mark))
    if len(words) <= MOST_NAMED:
        return told
    return Text(f"{told.zh}等 {len(words)} {kind.zh}", f"{told.en} … {len(words)} {kind.en}")


def _cuts(metric: str, reading: Reading) -> Text:
    tied = [each for each in reading.model.groupings if reading.resolver.tied([reading.model.metric(metric)], each)]
    return join([each.words.label for each in tied], Text("、", ", "))
