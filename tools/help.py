"""What can be asked, and what the words mean."""

from typing import ClassVar

from pydantic import BaseModel, ConfigDict

from tools.tool import Context, Defined, Result, Sentence
from warehouse.model import SemanticModel
from warehouse.saying import BY_GRAIN, join
from warehouse.table import Column, Table
from warehouse.text import Text
from warehouse.warehouse import Reading

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
    answers: ClassVar[Text] = Text("能问什么、词是什么意思", "what can be asked, what a word means")
    Args: ClassVar[type[BaseModel]] = HelpArgs

    def run(self, args: HelpArgs, context: Context) -> Result:  # noqa: ARG002
        """The metrics, what each means and how it can be cut."""
        reading = context.reading
        metrics = reading.model.metrics.values()
        cuts = [_cuts(each.name, reading) for each in metrics]
        rows = [
            tuple(f"{text.zh} / {text.en}" for text in (each.words.label, each.definition, cut))
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
    """What the model can answer, in one sentence."""
    metrics = join([each.words.label for each in model.metrics.values()], Text("、", ", "))
    cuts = join([*BY_GRAIN.values(), *(each.words.label for each in model.groupings)], Text("、", ", "))
    people = model.customer.words.label
    deeds = join([each.words.label for each in model.behaviours.values()], Text("、", ", "))
    return Text(
        f"现在可以问：{metrics.zh}（可以{cuts.zh}），以及{deeds.zh}或没有{deeds.zh}的{people.zh}。",
        f"What can be asked: {metrics.en} ({cuts.en}), and {people.en}s who {deeds.en}, or did not.",
    )


def _cuts(metric: str, reading: Reading) -> Text:
    tied = [each for each in reading.model.groupings if reading.resolver.tied([reading.model.metric(metric)], each)]
    return join([each.words.label for each in tied], Text("、", ", "))
