"""What can be asked, and what the words mean."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from pydantic import BaseModel

from tools.definitions import of_metrics, once
from tools.help.args import HelpArgs, say
from tools.help.asked import Topic, how_asked
from tools.help.sentences import sentences
from tools.help.tables import table
from tools.tool import Asked, Context, Defined, Result, Sentence, Tool, Understood
from warehouse.text import Text
from warehouse.warehouse import Reading

FURTHER: tuple[Topic, ...] = ("metrics", "dimensions", "times")


class HelpTool:
    """What can be asked."""

    name: ClassVar[str] = "help"
    answers: ClassVar[Text] = Text("能问什么、各词的口径", "what can be asked, and what each word means")
    Args: ClassVar[type[BaseModel]] = HelpArgs
    asked: ClassVar[Asked] = how_asked()

    def __init__(self, others: Sequence[Tool]) -> None:
        """`others` are the tools that it tells of."""
        self._others = tuple(others)

    def run(self, args: HelpArgs, context: Context) -> Result:
        """The words that the topic is about, each explained, and a sentence or two."""
        reading = context.reading
        told = table(args, reading, self._others, context.language)
        named = [each.name for each in args.terms if each.kind == "metric"]
        return Result(
            understood=say(args, reading.model),
            sentences=tuple(Sentence((each,)) for each in sentences(args, reading, self._others)),
            table=None if told is None else told.first(context.limit),
            definitions=_definitions(named, reading),
            suggestions=tuple(say(HelpArgs(topic=each), reading.model) for each in _next(args)),
        )

    def say(self, args: HelpArgs, reading: Reading, *, dated: bool = False) -> Text:  # noqa: ARG002
        """The question itself."""
        return say(args, reading.model)

    def pieces(self, args: HelpArgs, reading: Reading) -> tuple[Understood, ...]:  # noqa: ARG002
        """None: it is of one piece."""
        return ()

    def export(self, args: HelpArgs, context: Context) -> None:
        """All of it is on the page."""


def _definitions(metrics: Sequence[str], reading: Reading) -> tuple[Defined, ...]:
    return once(of_metrics((reading.model.metric(each) for each in metrics), reading.model))


def _next(args: HelpArgs) -> Iterator[Topic]:
    return (each for each in FURTHER if each != args.topic)
