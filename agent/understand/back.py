"""What is said back where no one call carries a question: why not, or which of several is meant."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from agent.examples import examples, said
from agent.planner import Ask, Call, Finish, Refusal
from agent.understand import turns
from agent.understand.completing import completed
from agent.understand.cover import Cover
from agent.understand.grammar.analyses import Lacking
from agent.understand.grammar.node import Node
from agent.understand.turns import Before
from agent.understand.words import Words
from tools.help.sentences import can_ask
from tools.registry import NAMED
from warehouse.errors import QueryError
from warehouse.text import Text
from warehouse.warehouse import Reading

NOTHING_BEFORE = Text(
    "这一句要接着上一个问题，但前面还没有答案。请把问题说全。",
    "This goes on from a question before, and there is no answer yet. Ask it whole.",
)
EITHER = Text(
    "这一句可以接着上一个问题理解，也可以是新的问题，请选一个：",
    "This may go on from the question before, or be a new one. Choose:",
)


@dataclass(frozen=True)
class Read:
    """One reading of a question: its call, what no part of it carries, and why the model cannot give it."""

    call: Call | None
    unused: tuple[str, ...]
    error: QueryError | None = None
    parts: int = 0
    follows: bool = False
    forks: frozenset[str] = frozenset()
    lacking: Lacking | None = None


class Back:
    """Says back about questions on one reading of the data."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading

    def declined(self, reads: Sequence[Read], covered: Cover, before: Before | None) -> Finish | Ask:
        """Why no reading is whole, or what it lacks; raises the `QueryError` of one that the model cannot give."""
        errors = [each for each in reads if each.error is not None and not each.unused]
        if errors and errors[0].error is not None:
            raise errors[0].error
        lacking = next((each.lacking for each in reads if each.lacking is not None and not each.unused), None)
        if lacking is not None and lacking.words.needed is not None:
            plan = None if before is None else before.plan
            return Ask(lacking.words.needed, tuple(completed(lacking, plan, self._reading)))
        unused = min((each.unused for each in reads), key=lambda each: len("".join(each)), default=())
        if all(each.follows for each in reads) and turns.may_lean([Node(*each[0]) for each in covered.stretches]):
            return Finish(
                Refusal(NOTHING_BEFORE) if before is None else _not_carried(unused, before.call, self._reading)
            )
        return Finish(self._refusal(unused))

    @cached_property
    def can_ask(self) -> tuple[Text, tuple[Text, ...]]:
        """What can be asked, in a sentence and in examples."""
        return can_ask(self._reading.model), examples(self._reading)[:3]

    def _refusal(self, in_the_way: tuple[str, ...]) -> Refusal:
        known, instead = self.can_ask
        if in_the_way:
            named = Text("、".join(f"「{each}」" for each in in_the_way), ", ".join(f"“{each}”" for each in in_the_way))
            why = Text(f"还不会回答这个问题：{named.zh}在这里用不上。", f"Not yet: {named.en} cannot be used here.")
        else:
            why = Text(
                "还不会回答这个问题：没有看出要问哪个指标或哪些人。",
                "Not yet: no metric and no group of people that is known stands in the question.",
            )
        return Refusal(Text(f"{why.zh}{known.zh}", f"{why.en} {known.en}"), in_the_way, instead)

    def choice(self, words: Words, covered: Cover, calls: Sequence[Call]) -> Ask:
        """The whole question in each of its readings, or with each choice that it does not make."""
        options = tuple(said(call, self._reading) for call in calls)
        if (untold := _needed(calls)) is not None:
            return Ask(untold, options)
        unclear = tuple(words.told(each[0].start, each[0].end) for each in covered.stretches if len(each) > 1)
        named = Text("、".join(f"「{each}」" for each in unclear), ", ".join(f"“{each}”" for each in unclear))
        why = Text(
            f"{named.zh or '这一句'}有不同的理解，请选一个：",
            f"{named.en or 'This'} can be read in more ways than one. Choose:",
        )
        return Ask(
            EITHER if len({bool(each.notes) for each in calls}) > 1 and not unclear else why,
            options,
            unused=unclear,
        )


def _needed(calls: Sequence[Call]) -> Text | None:
    """What is asked back where the calls are of one tool, each with another choice of what it needs to be told."""
    if len({each.tool for each in calls}) > 1 or calls[0].tool not in NAMED:
        return None
    for name, words in NAMED[calls[0].tool].asked.arguments.items():
        if (
            words.kind == "choice"
            and words.needed is not None
            and {each.args.get(name) for each in calls} == set(words.choices)
        ):
            return words.needed
    return None


def _not_carried(in_the_way: tuple[str, ...], before: Call, reading: Reading) -> Refusal:
    """That a question cannot be asked as a change of the one before, and that one whole, to be asked anew."""
    whole = said(before, reading)
    named = Text("、".join(f"「{each}」" for each in in_the_way), ", ".join(f"“{each}”" for each in in_the_way))
    why = Text(
        f"{named.zh}在这里用不上" if in_the_way else "它不改变上一个问题的任何一项，或上一个问题不能这样改",
        f"{named.en} cannot be used here" if in_the_way else "it changes nothing in it that could be changed so",
    )
    return Refusal(
        Text(
            f"没法接着上一个问题回答：{why.zh}。请把问题说全，比如「{whole.zh}」这样。",
            f"This cannot be asked as a change of the question before: {why.en}. Ask it whole, as in “{whole.en}”.",
        ),
        in_the_way,
        (whole,),
    )
